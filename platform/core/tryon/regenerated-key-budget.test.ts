import { afterEach, beforeEach, expect, test } from "vitest";
import { secret } from "../../testing/make-auth.ts";
import type { TryOnsForTest } from "../../testing/make-try-ons.ts";
import { makeTryOns } from "../../testing/make-try-ons.ts";
import { settingsRow } from "../../testing/rows.ts";
import { createKeyService } from "../api-keys/create-key-service.ts";
import type { Caller } from "../caller.ts";
import { createKeyRing } from "../crypto/key-ring.ts";
import { AppError } from "../errors.ts";

const client = { ip: "203.0.113.9", userAgent: "test" };
const shopper = { top: { url: "https://shop.example/tee.jpg" }, consentVersion: "2026-11", shopperId: "s1" };

let kit: TryOnsForTest;
let old: Caller;
let fresh: Caller;
let freshest: Caller;

/** The same shop with the key that takes over. */
async function regenerate(from: Caller): Promise<Caller> {
  const keys = createKeyService({ ...kit.deps, ring: createKeyRing([secret]) });
  const { apiKey } = await keys.regenerate(from.user, from.apiKey?.id ?? "", 24, client);
  return { ...from, apiKey };
}

/** How many of so many requests are accepted. */
async function accepted(caller: Caller, count: number) {
  let jobs = 0;
  for (let turn = 0; turn < count; turn += 1) {
    await kit.request(caller, shopper).then(
      () => {
        jobs += 1;
      },
      (error: unknown) => expect(error instanceof AppError && error.code).toBe("budget_reached"),
    );
  }
  return jobs;
}

beforeEach(async () => {
  kit = await makeTryOns();
  old = await kit.seedCaller("publishable", { credits: 500 });
  fresh = await regenerate(old);
  freshest = await regenerate(fresh);
});
afterEach(() => kit.remove());

test("a regenerated key and those before it, alive in their grace, spend one monthly budget together", async () => {
  await kit.store.settings.upsert(settingsRow(old.user.id, { monthly_key_budget: 5 }));
  expect(await accepted(old, 2)).toBe(2);
  expect(await accepted(freshest, 2)).toBe(2);
  expect(await accepted(fresh, 3)).toBe(1);
  expect([await accepted(old, 1), await accepted(freshest, 1)]).toEqual([0, 0]);
});

test("so do they one of a day, and what one gives back the others may spend", async () => {
  await kit.store.settings.upsert(settingsRow(old.user.id, { daily_key_budget: 2 }));
  const { job } = await kit.request(old, shopper);
  expect(await accepted(freshest, 2)).toBe(1);
  await kit.service.cancel(job);
  expect(await accepted(fresh, 2)).toBe(1);
  const listed = await createKeyService({ ...kit.deps, ring: createKeyRing([secret]) }).listWithBudgets(old.user.id);
  const spent = listed.keys.flatMap(({ today }) => (today ? [today.spent] : []));
  expect(spent).toEqual([2, 2, 2]);
});
