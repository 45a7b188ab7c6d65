import { afterEach, beforeEach, expect, test } from "vitest";
import { makeAuth, testClient } from "../../testing/make-auth.ts";
import type { TryOnsForTest } from "../../testing/make-try-ons.ts";
import { makeTryOns } from "../../testing/make-try-ons.ts";
import { deleteOldRows } from "../auth/delete-old-rows.ts";
import { issueEmailToken } from "../auth/issue-email-token.ts";
import { register } from "../auth/register.ts";
import { verifyEmail } from "../auth/verify-email.ts";
import type { EmailTokenPurpose } from "../auth-model.ts";
import { getBalance } from "./get-balance.ts";

const dayMs = 86_400_000;
const password = "four-plain-green-kettles";

let kit: TryOnsForTest;
let auth: ReturnType<typeof makeAuth>;
beforeEach(async () => {
  kit = await makeTryOns();
  auth = makeAuth(kit.deps);
});
afterEach(() => kit.remove());

const free = async (userId: string) => {
  const { daily_free_credits } = await getBalance(kit.store, userId, kit.deps.allowance, kit.clock.now());
  const { free: ledger } = await kit.store.creditTransactions.sums(userId);
  expect(daily_free_credits).toBe(ledger);
  return daily_free_credits;
};

async function prove(userId: string, purpose: Exclude<EmailTokenPurpose, "mfa">, email: string) {
  const token = await issueEmailToken(kit.store, { userId, purpose, email }, kit.clock.now());
  return verifyEmail(auth.authDeps, token, testClient);
}

/** A new account on an address, proven. */
async function open(email: string) {
  const input = { email, password, firstName: "Asha", lastName: "Rao" };
  const { user } = await register(auth.authDeps, input, testClient);
  return prove(user.id, "verify_email", user.email);
}

test("an address that is deleted and registered again has its free credits once a day, and nothing else is kept of it", async () => {
  const first = await open("asha.rao@gmail.com");
  expect(await free(first.id)).toBe(3);
  await auth.accounts.delete(first, testClient);
  const again = await open("asharao+again@gmail.com");
  expect(await free(again.id)).toBe(0);
  kit.clock.move(dayMs);
  expect(await free(again.id)).toBe(3);
  expect((await deleteOldRows(kit)).throttles).toBeGreaterThan(0);
});

test("another address is not held to it, nor one that never had free credits", async () => {
  const first = await open("asha@shop.example");
  await auth.accounts.delete(first, testClient);
  expect(await free((await open("bela@shop.example")).id)).toBe(3);
  const { user } = await register(
    auth.authDeps,
    { email: "chandra@shop.example", password, firstName: "C", lastName: "D" },
    testClient,
  );
  await auth.accounts.delete(user, testClient);
  expect(await free((await open("chandra@shop.example")).id)).toBe(3);
});

test("an address that was left for another is held to it as well", async () => {
  const first = await open("old@shop.example");
  await prove(first.id, "change_email", "new@shop.example");
  expect(await free(first.id)).toBe(3);
  expect(await free((await open("old@shop.example")).id)).toBe(0);
});
