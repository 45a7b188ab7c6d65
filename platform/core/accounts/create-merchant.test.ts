import { afterAll, beforeAll, expect, test } from "vitest";
import { makeStore } from "../../testing/make-store.ts";
import type { Store } from "../ports.ts";
import { createMerchant } from "./create-merchant.ts";
import { normaliseEmail } from "./normalise-email.ts";

const now = new Date("2026-11-24T12:00:00.000Z");
let store: Store;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ store, remove } = await makeStore());
});
afterAll(() => remove());

const create = (email: string) =>
  store.transaction((tx) =>
    createMerchant(tx, { email, role: "free", passwordHash: null, isEmailVerified: false, now }),
  );

test.each([
  [" A.sha+shop@GMail.com ", "asha@gmail.com"],
  ["asha@googlemail.com", "asha@gmail.com"],
  ["a.sha+x@outlook.com", "a.sha@outlook.com"],
  ["a.sha+x@shop.example", "a.sha+x@shop.example"],
])("the address %s counts as %s", (email, normalised) => {
  expect(normaliseEmail(email)).toBe(normalised);
});

test("a new account has empty buckets and the default settings", async () => {
  const user = await create("New.Shop@Example.com");
  expect(user).toMatchObject({ email: "new.shop@example.com", credits: 0, daily_free_credits: 0, role: "free" });
  expect(await store.users.findById(user.id)).toEqual(user);
  expect(await store.settings.find(user.id)).toMatchObject({
    photo_retention_hours: 24,
    result_retention_hours: 24,
    allow_garment_bytes: false,
    show_shopper_results: false,
  });
});

test("of 10 sign-ups at once with spellings of one address one is accepted", async () => {
  const spellings = Array.from({ length: 10 }, (_, index) => `one.shop+${index}@gmail.com`);
  const made = await Promise.allSettled(spellings.map(create));
  const refused = made.filter((one) => one.status === "rejected");
  expect(refused).toHaveLength(9);
  expect(refused.every(({ reason }) => reason.code === "conflict")).toBe(true);
});
