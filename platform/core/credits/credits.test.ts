import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeStore } from "../../testing/make-store.ts";
import { jobRow, userRow } from "../../testing/rows.ts";
import type { TryOnJob, User } from "../model.ts";
import type { Store } from "../ports.ts";
import { adjustCredits } from "./adjust-credits.ts";
import { defaultFreeAllowance as allowance } from "./allowance.ts";
import { getBalance } from "./get-balance.ts";
import { giveBackCredits } from "./give-back-credits.ts";
import { listTransactions } from "./list-transactions.ts";
import { renewAllDue, renewFreeCredits } from "./renew-free-credits.ts";
import { spendCredits } from "./spend-credits.ts";

const noon = new Date("2026-11-24T12:00:00.000Z");
const lateEvening = new Date("2026-11-24T23:59:59.000Z");
const nextDay = new Date("2026-11-25T00:00:01.000Z");
const fifty = Array.from({ length: 50 }, (_, index) => index);

let store: Store;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ store, remove } = await makeStore());
});
afterAll(() => remove());

/** An account whose paid credits came by one booked act, so that its ledger is whole from the start. */
async function newAccount(paid: number, over: Partial<User> = {}): Promise<User> {
  const user = userRow(over);
  await store.users.insert(user);
  if (paid > 0) await adjust(user.id, paid, uuidv7());
  return user;
}

const adjust = (userId: string, credits: number, actionId: string) =>
  store.transaction((tx) => adjustCredits(tx, { userId, credits, reason: "Test", actionId, now: noon }));

const spend = (user: User, credits: number, now = noon, jobId = uuidv7()) =>
  store.transaction((tx) => spendCredits(tx, { user, jobId, credits, allowance, now }));

/** Spends and returns the job row that remembers the split. */
async function acceptedJob(user: User, credits: number, now: Date): Promise<TryOnJob> {
  const id = uuidv7();
  const split = await spend(user, credits, now, id);
  return jobRow(user.id, { id, charged_free: split.free, charged_paid: split.paid, created_at: now });
}

const giveBack = (job: TryOnJob, now: Date) => store.transaction((tx) => giveBackCredits(tx, job, allowance, now));

const balanceOf = async (id: string) => {
  const user = await store.users.findById(id);
  return { free: user?.daily_free_credits, paid: user?.credits };
};

async function expectBalance(id: string, expected: { free: number; paid: number }) {
  expect(await balanceOf(id)).toEqual(expected);
  expect(await store.creditTransactions.sums(id)).toEqual(expected);
}

const rowsOf = (id: string) => store.creditTransactions.list(id, {}, { offset: 0, limit: 100 });

describe("spending", () => {
  test("of 50 parallel spends on 7 paid and 3 free credits exactly 10 are accepted, and the ledger is the balance", async () => {
    const user = await newAccount(7);
    const results = await Promise.allSettled(fifty.map(() => spend(user, 1)));
    const refused = results.filter((result) => result.status === "rejected");
    expect(results).toHaveLength(refused.length + 10);
    expect(refused.every(({ reason }) => reason.code === "insufficient_credits")).toBe(true);
    await expectBalance(user.id, { free: 0, paid: 0 });
    const usage = (await rowsOf(user.id)).filter((row) => row.type === "usage");
    expect(usage.filter((row) => row.bucket === "free")).toHaveLength(3);
    expect(
      usage
        .filter((row) => row.bucket === "paid")
        .map((row) => row.balance_after)
        .sort(),
    ).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test("free credits go first, and one job may take from both buckets", async () => {
    const user = await newAccount(5);
    expect(await spend(user, 2)).toEqual({ free: 2, paid: 0 });
    expect(await spend(user, 2)).toEqual({ free: 1, paid: 1 });
    expect(await spend(user, 2)).toEqual({ free: 0, paid: 2 });
    await expectBalance(user.id, { free: 0, paid: 2 });
  });

  test("a job that costs more than is left takes nothing", async () => {
    const user = await newAccount(0);
    await spend(user, 2);
    await expect(spend(user, 2)).rejects.toMatchObject({ code: "insufficient_credits" });
    await expectBalance(user.id, { free: 1, paid: 0 });
  });

  test("an account whose address is not verified has no free credits", async () => {
    const user = await newAccount(1, { is_email_verified: false });
    expect(await spend(user, 1)).toEqual({ free: 0, paid: 1 });
    await expect(spend(user, 1)).rejects.toMatchObject({ code: "insufficient_credits" });
  });

  test("a fault after the credits were taken leaves neither a charge nor a row", async () => {
    const user = await newAccount(4);
    const broken = store.transaction(async (tx) => {
      await spendCredits(tx, { user, jobId: uuidv7(), credits: 2, allowance, now: noon });
      throw new Error("the process died here");
    });
    await expect(broken).rejects.toThrow("died");
    await expectBalance(user.id, { free: 0, paid: 4 });
  });
});

describe("giving back", () => {
  test("each credit returns to the bucket it came from", async () => {
    const user = await newAccount(5);
    await spend(user, 2);
    const job = await acceptedJob(user, 2, noon);
    await giveBack(job, noon);
    await expectBalance(user.id, { free: 1, paid: 5 });
  });

  test("of 50 tries to give one job back exactly one counts", async () => {
    const user = await newAccount(5);
    await spend(user, 2);
    const job = await acceptedJob(user, 2, noon);
    const tries = await Promise.allSettled(fifty.map(() => giveBack(job, noon)));
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    await expectBalance(user.id, { free: 1, paid: 5 });
  });

  test("a free credit given back after the next renewal is a row of 0", async () => {
    const user = await newAccount(0);
    const job = await acceptedJob(user, 1, lateEvening);
    await getBalance(store, user.id, allowance, nextDay);
    await spend(user, 1, nextDay);
    await giveBack(job, nextDay);
    await expectBalance(user.id, { free: 2, paid: 0 });
    const refund = (await rowsOf(user.id)).find((row) => row.type === "refund");
    expect(refund).toMatchObject({ credits: 0, bucket: "free", balance_after: 2 });
  });

  test("a free credit given back past midnight, before any renewal, is swallowed by the renewal", async () => {
    const user = await newAccount(0);
    const job = await acceptedJob(user, 1, lateEvening);
    await giveBack(job, nextDay);
    expect(await getBalance(store, user.id, allowance, nextDay)).toMatchObject({ daily_free_credits: 3 });
    await expectBalance(user.id, { free: 3, paid: 0 });
  });
});

describe("renewal", () => {
  test("when the clock crosses midnight under 50 requests the bucket is renewed once", async () => {
    const user = await newAccount(0);
    await spend(user, 2, lateEvening);
    await Promise.all(fifty.map(() => getBalance(store, user.id, allowance, nextDay)));
    await expectBalance(user.id, { free: 3, paid: 0 });
    const renewals = (await rowsOf(user.id)).filter((row) => row.reference_type === "daily_renewal");
    expect(renewals.map((row) => [row.reference_id, row.credits])).toEqual([
      [`${user.id}:2026-11-25`, 2],
      [`${user.id}:2026-11-24`, 3],
    ]);
  });

  test("the sweep renews each due account once, those renewed lazily not again", async () => {
    await renewAllDue(store, allowance, noon);
    const lazy = await newAccount(0);
    const due = await newAccount(0);
    const unverified = await newAccount(0, { is_email_verified: false });
    await getBalance(store, lazy.id, allowance, noon);
    expect(await renewAllDue(store, allowance, noon)).toBe(1);
    expect(await renewAllDue(store, allowance, noon)).toBe(0);
    await expectBalance(due.id, { free: 3, paid: 0 });
    await expectBalance(unverified.id, { free: 0, paid: 0 });
  });

  test("a role's lowered allowance lowers the bucket by a negative row", async () => {
    const user = await newAccount(0, { role: "free" });
    await getBalance(store, user.id, allowance, noon);
    await store.transaction((tx) => renewFreeCredits(tx, user, { ...allowance, free: 1 }, nextDay));
    await expectBalance(user.id, { free: 1, paid: 0 });
  });
});

test("an admin's act is booked once and never takes the paid bucket below 0", async () => {
  const user = await newAccount(0);
  const acts = await Promise.allSettled(fifty.map(() => adjust(user.id, 5, "one-act")));
  expect(acts.filter((act) => act.status === "fulfilled")).toHaveLength(1);
  await expect(adjust(user.id, -6, "too-much")).rejects.toMatchObject({ code: "insufficient_credits" });
  await expect(adjust(uuidv7(), 1, "nobody")).rejects.toMatchObject({ code: "not_found" });
  await expectBalance(user.id, { free: 0, paid: 5 });
});

test("balance and ledger agree after a random day of spends, refunds, grants and renewals in parallel", async () => {
  const user = await newAccount(20);
  const times = [noon, lateEvening, nextDay];
  const act = async (index: number) => {
    const now = times[Math.floor(index / 17)] ?? nextDay;
    if (index % 5 === 0) return adjust(user.id, (index % 7) - 3, `act-${index}`);
    if (index % 7 === 0) return getBalance(store, user.id, allowance, now);
    const job = await acceptedJob(user, 1 + (index % 2), now);
    return index % 3 === 0 ? giveBack(job, nextDay) : job;
  };
  await Promise.allSettled(fifty.map(act));
  const { free = -1, paid = -1 } = await balanceOf(user.id);
  expect(await store.creditTransactions.sums(user.id)).toEqual({ free, paid });
  expect(Math.min(free, paid)).toBeGreaterThanOrEqual(0);
  expect(free).toBeLessThanOrEqual(allowance.paid);
});

test("the ledger is paged with its total, and a page too deep is refused", async () => {
  const user = await newAccount(3);
  await spend(user, 1);
  const page = await listTransactions(store, user.id, { type: "usage" }, { page: 1, limit: 20 });
  expect(page).toMatchObject({ total: 1, page: 1, limit: 20, transactions: [{ credits: -1, bucket: "free" }] });
  await expect(listTransactions(store, user.id, {}, { page: 101, limit: 100 })).rejects.toMatchObject({
    code: "invalid_request",
  });
});
