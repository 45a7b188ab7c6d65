import { v7 as uuidv7 } from "uuid";
import { describe, expect, test } from "vitest";
import { jobRow, testTime } from "../../../testing/rows.ts";
import type { StoreKit } from "./store-kit.ts";
import { fifty, later } from "./store-kit.ts";

/** The contract of the Store port: accounts and their credits. */
export function describeUsers(kit: StoreKit) {
  describe("users", () => {
    test("a user is read back exactly as it was written", async () => {
      const user = await kit.newUser({ first_name: "Asha", last_login: testTime });
      expect(await kit.store.users.findById(user.id)).toEqual(user);
      expect(await kit.store.users.findByEmail(user.email_normalised)).toEqual(user);
      expect(await kit.store.users.findById("nobody")).toBeNull();
    });

    test("of 50 transactions that read the user for update each sees what the one before it did", async () => {
      const user = await kit.newUser({ company: "0" });
      await Promise.all(
        fifty.map(() =>
          kit.store.transaction(async (tx) => {
            const seen = await tx.users.findForUpdate(user.id);
            const jobs = await tx.tryOnJobs.countActive(user.id);
            expect(String(jobs.queued)).toBe(seen?.company);
            await tx.tryOnJobs.insert(jobRow(user.id));
            await tx.users.update(user.id, { company: String(jobs.queued + 1) });
          }),
        ),
      );
      expect(await kit.store.users.findForUpdate(user.id)).toEqual({ ...user, company: "50" });
      expect(await kit.store.users.findForUpdate(uuidv7())).toBeNull();
    });

    test("an update touches only the named fields", async () => {
      const user = await kit.newUser();
      await kit.store.users.update(user.id, { is_suspended: true, updated_at: later(1) });
      expect(await kit.store.users.findById(user.id)).toEqual({ ...user, is_suspended: true, updated_at: later(1) });
    });

    test("credits are taken only in the split that free-first demands", async () => {
      const { id } = await kit.newUser({ credits: 5, daily_free_credits: 1 });
      expect(await kit.store.users.takeCredits(id, { free: 2, paid: 0, total: 2 }, testTime)).toBeNull();
      expect(await kit.store.users.takeCredits(id, { free: 0, paid: 2, total: 2 }, testTime)).toBeNull();
      expect(await kit.store.users.takeCredits(id, { free: 1, paid: 1, total: 2 }, testTime)).toEqual({
        free: 0,
        paid: 4,
      });
      expect(await kit.store.users.takeCredits(id, { free: 0, paid: 5, total: 5 }, testTime)).toBeNull();
    });

    test("50 clients cannot take more than there is", async () => {
      const { id } = await kit.newUser({ credits: 7 });
      const taken = await Promise.all(
        fifty.map(() => kit.store.users.takeCredits(id, { free: 0, paid: 1, total: 1 }, testTime)),
      );
      expect(taken.filter(Boolean)).toHaveLength(7);
      expect((await kit.store.users.findById(id))?.credits).toBe(0);
    });

    test("credits are added, the free bucket never past its cap, the paid one never below 0", async () => {
      const { id } = await kit.newUser({ credits: 2, daily_free_credits: 2 });
      expect(await kit.store.users.addCredits(id, "paid", 3, testTime)).toEqual({ balance: 5, added: 3 });
      expect(await kit.store.users.addCredits(id, "paid", -6, testTime)).toBeNull();
      expect(await kit.store.users.addCredits(id, "free", 2, testTime, 3)).toEqual({ balance: 3, added: 1 });
      expect(await kit.store.users.addCredits("nobody", "free", 1, testTime, 3)).toBeNull();
    });

    test("of 50 renewals of one day exactly one happens", async () => {
      const dayStart = new Date("2026-11-24T00:00:00.000Z");
      const { id } = await kit.newUser({
        daily_free_credits: 1,
        last_free_credit_reset: new Date("2026-11-23T09:00:00Z"),
      });
      const renewals = await Promise.all(fifty.map(() => kit.store.users.renewFreeCredits(id, 3, dayStart, testTime)));
      expect(renewals.filter(Boolean)).toEqual([{ added: 2, balance: 3 }]);
      expect((await kit.store.users.findById(id))?.last_free_credit_reset).toEqual(testTime);
    });

    test("those due for renewal are active, verified and not renewed today, in id order", async () => {
      const dayStart = new Date("2026-11-24T00:00:00.000Z");
      const due = [
        await kit.newUser(),
        await kit.newUser({ last_free_credit_reset: new Date("2026-11-23T23:59:59Z") }),
      ];
      await kit.newUser({ is_email_verified: false });
      await kit.newUser({ is_active: false });
      await kit.newUser({ last_free_credit_reset: testTime });
      const all = await kit.store.users.listDueForRenewal(dayStart, 1000);
      const ids = all.map((user) => user.id);
      expect(ids).toEqual([...ids].sort());
      expect(ids).toEqual(expect.arrayContaining(due.map((user) => user.id)));
      expect(all.every((user) => user.is_active && user.is_email_verified)).toBe(true);
      const rest = await kit.store.users.listDueForRenewal(dayStart, 1000, ids[0]);
      expect(rest.map((user) => user.id)).toEqual(ids.slice(1));
    });

    test("demo accounts are counted", async () => {
      const before = await kit.store.users.countDemo();
      await kit.newUser({ is_demo: true });
      expect(await kit.store.users.countDemo()).toBe(before + 1);
    });
  });
}
