import { v7 as uuidv7 } from "uuid";
import { describe, expect, test } from "vitest";
import { adjustCredits } from "../../../core/credits/adjust-credits.ts";
import { defaultFreeAllowance as allowance } from "../../../core/credits/allowance.ts";
import { giveBackCredits } from "../../../core/credits/give-back-credits.ts";
import { renewFreeCredits } from "../../../core/credits/renew-free-credits.ts";
import { spendCredits } from "../../../core/credits/spend-credits.ts";
import type { User } from "../../../core/model.ts";
import { jobRow, testTime } from "../../../testing/rows.ts";
import type { StoreKit } from "./store-kit.ts";
import { fifty } from "./store-kit.ts";

/** The contract of the Store port: core's transactions on credits, by 50 clients at once. */
export function describeCredits(kit: StoreKit) {
  const adjust = (userId: string, credits: number, actionId: string) =>
    kit.store.transaction((tx) => adjustCredits(tx, { userId, credits, reason: "Test", actionId, now: testTime }));
  const newAccount = async (paid: number) => {
    const user = await kit.newUser();
    if (paid > 0) await adjust(user.id, paid, uuidv7());
    return user;
  };
  const spend = (user: User, credits: number, jobId = uuidv7()) =>
    kit.store.transaction(async (tx) => {
      const seen = await tx.users.findForUpdate(user.id);
      return spendCredits(tx, { user: seen ?? user, jobId, credits, allowance, now: testTime });
    });
  const expectBalance = async (id: string, expected: { free: number; paid: number }) => {
    const user = await kit.store.users.findById(id);
    expect({ free: user?.daily_free_credits, paid: user?.credits }).toEqual(expected);
    expect(await kit.store.creditTransactions.sums(id)).toEqual(expected);
  };
  const codes = (results: PromiseSettledResult<unknown>[]) =>
    results.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));

  describe("50 clients at one account", () => {
    test("spend its 7 paid and 3 free credits and not one more; those refused are told insufficient_credits", async () => {
      const user = await newAccount(7);
      const results = await Promise.allSettled(fifty.map(() => spend(user, 1)));
      expect(codes(results)).toEqual(Array(40).fill("insufficient_credits"));
      await expectBalance(user.id, { free: 0, paid: 0 });
      const usage = await kit.store.creditTransactions.list(user.id, { type: "usage" }, { offset: 0, limit: 100 });
      const balances = (bucket: string) =>
        usage
          .filter((row) => row.bucket === bucket)
          .map((row) => row.balance_after)
          .sort();
      expect([balances("free"), balances("paid")]).toEqual([
        [0, 1, 2],
        [0, 1, 2, 3, 4, 5, 6],
      ]);
    });

    test("all spend when there is enough: contention is never an error", async () => {
      const user = await newAccount(100);
      const results = await Promise.allSettled(fifty.map(() => spend(user, 2)));
      expect(codes(results)).toEqual([]);
      await expectBalance(user.id, { free: 0, paid: 3 });
    });

    test("give one job back once", async () => {
      const user = await newAccount(5);
      const id = uuidv7();
      const split = await spend(user, 5, id);
      const job = jobRow(user.id, { id, charged_free: split.free, charged_paid: split.paid, created_at: testTime });
      const back = await Promise.allSettled(
        fifty.map(() => kit.store.transaction((tx) => giveBackCredits(tx, job, allowance, testTime))),
      );
      expect(back.filter((one) => one.status === "fulfilled")).toHaveLength(1);
      await expectBalance(user.id, { free: 3, paid: 5 });
    });

    test("renew its free credits once a day, with one row in the ledger", async () => {
      const user = await newAccount(0);
      const renewed = await Promise.all(
        fifty.map(() => kit.store.transaction((tx) => renewFreeCredits(tx, user, allowance, testTime))),
      );
      expect(renewed.filter(Boolean)).toHaveLength(1);
      await expectBalance(user.id, { free: 3, paid: 0 });
    });

    test("book one act, and one payment that is told of 50 times, once", async () => {
      const user = await newAccount(0);
      const acts = await Promise.allSettled(fifty.map(() => adjust(user.id, 5, "one act")));
      expect(codes(acts)).toEqual(Array(49).fill("conflict"));
      const grant = () =>
        kit.store.transaction(async (tx) => {
          const seen = await tx.users.findForUpdate(user.id);
          const isNew = await tx.creditTransactions.insertOnce({
            id: uuidv7(),
            user_id: user.id,
            type: "purchase",
            credits: 10,
            bucket: "paid",
            balance_after: (seen?.credits ?? 0) + 10,
            description: "Purchase",
            reference_type: "payment",
            reference_id: "pay_1",
            metadata: null,
            created_at: testTime,
          });
          if (isNew) await tx.users.addCredits(user.id, "paid", 10, testTime);
          return isNew;
        });
      const granted = await Promise.all(fifty.map(grant));
      expect(granted.filter(Boolean)).toHaveLength(1);
      await expectBalance(user.id, { free: 0, paid: 15 });
    });
  });
}
