import { v7 as uuidv7 } from "uuid";
import { describe, expect, test } from "vitest";
import type { IdempotencyRecord } from "../../../core/model.ts";
import { testTime } from "../../../testing/rows.ts";
import type { StoreKit } from "./store-kit.ts";
import { fifty, later } from "./store-kit.ts";

/** The contract of the Store port: idempotency records and sealed values. */
export function describeIdempotency(kit: StoreKit) {
  describe("idempotency records", () => {
    const record = (over: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
      scope: uuidv7(),
      key: "k",
      input_hash: "h",
      state: "in_progress",
      answer: null,
      job_id: null,
      holder: uuidv7(),
      started_at: testTime,
      expires_at: later(1000),
      ...over,
    });

    test("of 50 beginners exactly one wins, the others see its record", async () => {
      const scope = uuidv7();
      const begun = await Promise.all(fifty.map(() => kit.store.idempotency.begin(record({ scope }))));
      const winner = begun.find((one) => one.won);
      expect(begun.filter((one) => one.won)).toHaveLength(1);
      expect(begun.every((one) => one.record.holder === winner?.record.holder)).toBe(true);
    });

    test("only the holder completes or releases, and a done record stays", async () => {
      const mine = record();
      await kit.store.idempotency.begin(mine);
      const { scope, key } = mine;
      expect(await kit.store.idempotency.complete(scope, key, "thief", "a", null, later(5))).toBe(false);
      await kit.store.idempotency.release(scope, key, "thief");
      expect(await kit.store.idempotency.complete(scope, key, mine.holder, "answer", "job", later(5))).toBe(true);
      await kit.store.idempotency.release(scope, key, mine.holder);
      expect(await kit.store.idempotency.find(scope, key)).toEqual({
        ...mine,
        state: "done",
        answer: "answer",
        job_id: "job",
        expires_at: later(5),
      });
    });

    test("a record is taken over once, and the old holder can no longer answer", async () => {
      const old = record();
      await kit.store.idempotency.begin(old);
      const takers = fifty.map(() => ({ ...old, holder: uuidv7(), started_at: later(60_000) }));
      const taken = await Promise.all(takers.map((next) => kit.store.idempotency.takeOver(old, next)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await kit.store.idempotency.complete(old.scope, old.key, old.holder, "late", null, later(5))).toBe(false);
    });

    test("a released key is free again, an expired record is deleted", async () => {
      const first = record();
      await kit.store.idempotency.begin(first);
      await kit.store.idempotency.release(first.scope, first.key, first.holder);
      expect((await kit.store.idempotency.begin(first)).won).toBe(true);
      expect(await kit.store.idempotency.deleteExpired(later(2000), 1000)).toBeGreaterThan(0);
      expect(await kit.store.idempotency.find(first.scope, first.key)).toBeNull();
    });

    test("encrypted values under other keys are listed until they are replaced, each only while it is the one seen", async () => {
      const field = "IdempotencyRecord.answer";
      const put = async (key: string, answer: string) => {
        await kit.store.idempotency.begin(record({ scope: "sealed", key, holder: "h" }));
        await kit.store.idempotency.complete("sealed", key, "h", answer, null, later(1_000));
      };
      const listed = async (skip: number, limit = 10) => {
        const values = await kit.store.sealed.listNotUnder(field, "b%", { skip, limit });
        return values.filter(({ sealed }) => sealed.startsWith("rotate-") || sealed.startsWith("B%"));
      };
      await put("1", "rotate-a.one");
      await put("2", "b%.two");
      await put("3", "B%.three");
      await put("4", "rotate-a.four");
      const seen = await listed(0);
      expect(seen.map(({ sealed }) => sealed).sort()).toEqual(["B%.three", "rotate-a.four", "rotate-a.one"]);
      const all = await kit.store.sealed.listNotUnder(field, "b%", { skip: 0, limit: 100 });
      expect(await kit.store.sealed.listNotUnder(field, "b%", { skip: 1, limit: 1 })).toEqual([all[1]]);

      const first = seen.find(({ sealed }) => sealed === "rotate-a.one");
      if (!first) throw new Error("not listed");
      expect(await kit.store.sealed.replace(field, { ...first, sealed: "rotate-a.other" }, "b%.no")).toBe(false);
      expect(await kit.store.sealed.replace(field, first, "b%.one")).toBe(true);
      expect(await kit.store.sealed.replace(field, first, "b%.again")).toBe(false);
      expect((await kit.store.idempotency.find("sealed", "1"))?.answer).toBe("b%.one");
      expect(await listed(0)).toHaveLength(2);
    });
  });
}
