import { v7 as uuidv7 } from "uuid";
import { describe, expect, test } from "vitest";
import type { StoreKit } from "./store-kit.ts";
import { fifty } from "./store-kit.ts";

/** The contract of the Store port: what engines cost. */
export function describeEngineCosts(kit: StoreKit) {
  describe("what engines cost", () => {
    const day = "2026-11-24";

    test("50 clients cannot pass the cap of the day, and a cap that is raised counts at once", async () => {
      const engine = uuidv7();
      const reserve = (microUsd: number, cap = 1_000_000) => kit.store.engineCosts.reserve(engine, day, cap, microUsd);
      expect(await kit.store.engineCosts.find(engine, day)).toBeNull();
      expect(await reserve(1_000_001)).toBeNull();
      const reserved = await Promise.all(fifty.map(() => reserve(100_000)));
      expect(reserved.filter(Boolean)).toHaveLength(10);
      expect(await reserve(1)).toBeNull();
      expect(await reserve(5_000_000_000, 6_000_000_000)).toEqual({ spent: 5_001_000_000 });
      expect(await kit.store.engineCosts.reserve(engine, "2026-11-25", 10, 10)).toEqual({ spent: 10 });
    });

    test("what a call really cost takes the place of what was reserved", async () => {
      const engine = uuidv7();
      await kit.store.engineCosts.reserve(engine, day, 100, 100);
      await kit.store.engineCosts.settle(engine, day, -60);
      await kit.store.engineCosts.settle(engine, day, 10);
      expect(await kit.store.engineCosts.find(engine, day)).toEqual({ engine, day, spent_micro_usd: 50, refused: 0 });
      expect(await kit.store.engineCosts.reserve(engine, day, 100, 51)).toBeNull();
      expect(await kit.store.engineCosts.reserve(engine, day, 100, 50)).toEqual({ spent: 100 });
    });

    test("of 50 refusals exactly one is the day's first", async () => {
      const engine = uuidv7();
      const counts = await Promise.all(fifty.map(() => kit.store.engineCosts.noteRefusal(engine, day)));
      expect([...counts].sort((a, b) => a - b)).toEqual(fifty.map((index) => index + 1));
      expect(await kit.store.engineCosts.find(engine, day)).toMatchObject({ spent_micro_usd: 0, refused: 50 });
    });
  });
}
