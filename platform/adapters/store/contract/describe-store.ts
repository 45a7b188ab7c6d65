import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Repositories, Store } from "../../../core/ports.ts";
import type { CallRecord } from "../../../testing/record-calls.ts";
import { recordCalls } from "../../../testing/record-calls.ts";
import { describeApiKeys } from "./describe-api-keys.ts";
import { describeAuthStore } from "./describe-auth-store.ts";
import { describeCredits } from "./describe-credits.ts";
import { describeEngineCosts } from "./describe-engine-costs.ts";
import { describeIdempotency } from "./describe-idempotency.ts";
import { describeLedger } from "./describe-ledger.ts";
import { describeSmallRepositories } from "./describe-small-repositories.ts";
import { describeTryOnJobs } from "./describe-try-on-jobs.ts";
import { describeUsers } from "./describe-users.ts";
import { describeValues } from "./describe-values.ts";
import { describeWholeStore } from "./describe-whole-store.ts";
import type { MakeStore } from "./store-kit.ts";
import { createStoreKit } from "./store-kit.ts";

/** The contract of the Store port: every implementation passes exactly these, and these call every method of it. */
export function describeStore(name: string, make: MakeStore) {
  describe(`store contract: ${name}`, () => {
    let store: Store;
    const called = new Set<string>();
    let record: CallRecord;
    let remove: () => Promise<void>;
    beforeAll(async () => {
      const made = await make();
      const { target, record: all } = recordCalls(made.store, called);
      record = all;
      remove = made.remove;
      store = {
        ...target,
        transaction: (fn) => target.transaction((tx) => fn(recordCalls<Repositories>(tx, called).target)),
      };
    });
    afterAll(() => remove());

    const makeOther: MakeStore = async () => {
      const made = await make();
      return { ...made, store: recordCalls(made.store, called).target };
    };
    const kit = createStoreKit(() => store, makeOther);
    describeUsers(kit);
    describeLedger(kit);
    describeApiKeys(kit);
    describeTryOnJobs(kit);
    describeIdempotency(kit);
    describeEngineCosts(kit);
    describeSmallRepositories(kit);
    describeAuthStore(name, async () => ({ store, remove: async () => {} }));
    describeCredits(kit);
    describeValues(kit);
    describeWholeStore(kit);

    test("every method of the port has been called", () => {
      expect(record.methods().length).toBeGreaterThan(100);
      expect(record.uncalled()).toEqual([]);
    });
  });
}
