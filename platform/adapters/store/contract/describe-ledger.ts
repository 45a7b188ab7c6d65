import { v7 as uuidv7 } from "uuid";
import { describe, expect, test } from "vitest";
import { testTime } from "../../../testing/rows.ts";
import type { StoreKit } from "./store-kit.ts";
import { fifty, later } from "./store-kit.ts";

/** The contract of the Store port: the ledger. */
export function describeLedger(kit: StoreKit) {
  describe("ledger", () => {
    const row = (user_id: string, over = {}) => ({
      id: uuidv7(),
      user_id,
      type: "usage" as const,
      credits: -1,
      bucket: "paid" as const,
      balance_after: 4,
      description: "Try-on",
      reference_type: "tryon_job" as const,
      reference_id: uuidv7(),
      metadata: null,
      created_at: testTime,
      ...over,
    });

    test("of 50 rows with one reference exactly one is booked", async () => {
      const userId = uuidv7();
      const same = { reference_id: "job-1", type: "refund" as const, credits: 1 };
      const booked = await Promise.all(fifty.map(() => kit.store.creditTransactions.insertOnce(row(userId, same))));
      expect(booked.filter(Boolean)).toHaveLength(1);
      expect(await kit.store.creditTransactions.sums(userId)).toEqual({ free: 0, paid: 1 });
    });

    test("a booked twin does not spoil the transaction around it", async () => {
      const userId = uuidv7();
      const twin = row(userId, { reference_id: "job-2" });
      await kit.store.creditTransactions.insertOnce(twin);
      const second = await kit.store.transaction(async (tx) => {
        const isNew = await tx.creditTransactions.insertOnce({ ...twin, id: uuidv7() });
        await tx.creditTransactions.insertOnce(row(userId, { bucket: "free" }));
        return isNew;
      });
      expect(second).toBe(false);
      expect(await kit.store.creditTransactions.sums(userId)).toEqual({ free: -1, paid: -1 });
    });

    test("it is listed newest first, by type and by time, with its own user's rows alone", async () => {
      const userId = uuidv7();
      const rows = [0, 1, 2, 3].map((hour) =>
        row(userId, { created_at: later(hour * 3_600_000), type: hour % 2 ? "usage" : "free", metadata: { hour } }),
      );
      for (const one of rows) await kit.store.creditTransactions.insertOnce(one);
      await kit.store.creditTransactions.insertOnce(row(uuidv7()));
      const list = (filter: object, page = { offset: 0, limit: 10 }) =>
        kit.store.creditTransactions.list(userId, filter, page);
      expect(await list({})).toEqual([...rows].reverse());
      expect(await list({ type: "usage" })).toEqual([rows[3], rows[1]]);
      expect(await list({ dateFrom: later(3_600_000), dateTo: later(3 * 3_600_000) })).toEqual([rows[2], rows[1]]);
      expect(await list({}, { offset: 1, limit: 2 })).toEqual([rows[2], rows[1]]);
      const cursor = { createdAt: later(3 * 3_600_000), id: rows[3]?.id ?? "" };
      const next = (filter: object) => kit.store.creditTransactions.list(userId, filter, { limit: 10, after: cursor });
      expect(await next({})).toEqual([rows[2], rows[1], rows[0]]);
      expect(await next({ type: "usage" })).toEqual([rows[1]]);
      expect(await next({ dateFrom: later(3_600_000) })).toEqual([rows[2], rows[1]]);
      expect(await kit.store.creditTransactions.count(userId, {}, 100)).toBe(4);
      expect(await kit.store.creditTransactions.count(userId, {}, 3)).toBe(3);
    });
  });
}
