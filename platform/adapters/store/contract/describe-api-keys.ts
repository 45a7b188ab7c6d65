import { v7 as uuidv7 } from "uuid";
import { describe, expect, test } from "vitest";
import { keyRow } from "../../../testing/rows.ts";
import type { StoreKit } from "./store-kit.ts";
import { fifty, later } from "./store-kit.ts";

/** The contract of the Store port: API keys and their budgets. */
export function describeApiKeys(kit: StoreKit) {
  describe("API keys", () => {
    test("a key is found by hash and by its own account only", async () => {
      const key = keyRow(uuidv7(), { allowed_origins: ["https://a.example"], expires_at: later(1) });
      await kit.store.apiKeys.insert(key);
      expect(await kit.store.apiKeys.findByHash(key.key_hash)).toEqual(key);
      expect(await kit.store.apiKeys.findById(key.user_id, key.id)).toEqual(key);
      expect(await kit.store.apiKeys.findById(uuidv7(), key.id)).toBeNull();
      expect(await kit.store.apiKeys.listByUser(key.user_id)).toEqual([key]);
      expect(await kit.store.apiKeys.update(uuidv7(), key.id, { is_active: false }, later(1))).toBe(false);
      expect(await kit.store.apiKeys.update(key.user_id, key.id, { is_active: false }, later(1))).toBe(true);
      await kit.store.apiKeys.recordUse(key.id, 3, later(2));
      expect(await kit.store.apiKeys.findByHash(key.key_hash)).toMatchObject({
        is_active: false,
        usage_count: 3,
        last_used: later(2),
      });
    });

    test("an origin is known while an active publishable key lists it", async () => {
      const key = keyRow(uuidv7(), { kind: "publishable", allowed_origins: ["https://known.example"] });
      await kit.store.apiKeys.insert(key);
      await kit.store.apiKeys.insert(keyRow(uuidv7(), { allowed_origins: ["https://secret.example"] }));
      const known = (...candidates: string[]) => kit.store.apiKeys.anyActiveWithOrigin(candidates);
      expect(await known("https://other.example", "https://known.example")).toBe(true);
      expect(await known("https://secret.example")).toBe(false);
      expect(await known()).toBe(false);
      await kit.store.apiKeys.update(key.user_id, key.id, { is_active: false }, later(1));
      expect(await known("https://known.example")).toBe(false);
    });

    test("50 clients cannot cross a key's budget of the day", async () => {
      const id = uuidv7();
      const spend = (credits: number, budget = 10) => kit.store.keyBudgets.spend(id, "2026-11-24", budget, credits);
      expect(await kit.store.keyBudgets.find(id, "2026-11-24")).toBeNull();
      expect(await spend(11)).toBeNull();
      const spent = await Promise.all(fifty.map(() => spend(1)));
      expect(spent.filter(Boolean)).toHaveLength(10);
      // the day's first spend has set the budget: a later, higher one does not count
      expect(await spend(1, 99)).toBeNull();
      await kit.store.keyBudgets.giveBack(id, "2026-11-24", 2);
      expect(await spend(2)).toEqual({ before: 8, after: 10, budget: 10 });
      expect(await kit.store.keyBudgets.find(id, "2026-11-24")).toEqual({
        api_key_id: id,
        day: "2026-11-24",
        budget: 10,
        spent: 10,
      });
      await kit.store.keyBudgets.spend(id, "2026-11-25", 10, 4);
      await kit.store.keyBudgets.spend(uuidv7(), "2026-11-25", 10, 3);
      const on = (...days: string[]) => kit.store.keyBudgets.spentOn(id, days);
      expect([
        await on("2026-11-24", "2026-11-25"),
        await on("2026-11-25"),
        await on("2026-11-26"),
        await on(),
      ]).toEqual([14, 4, 0, 0]);
    });
  });
}
