import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RateLimit, RateLimiter } from "../../../core/ports.ts";
import { recordCalls } from "../../../testing/record-calls.ts";

/** The contract of the RateLimiter port: every implementation passes exactly these. */
export function describeRateLimiter(
  name: string,
  make: () => Promise<{ limiter: RateLimiter; remove: () => Promise<void> }>,
) {
  describe(`rate limiter contract: ${name}`, () => {
    let limiter: RateLimiter;
    let uncalled: () => string[];
    let remove: () => Promise<void>;
    const newLimit = (): RateLimit => ({ name: `limit-${uuidv7()}`, points: 3, windowS: 60 });
    beforeAll(async () => {
      const made = await make();
      const recorded = recordCalls(made.limiter);
      limiter = recorded.target;
      uncalled = recorded.record.uncalled;
      remove = made.remove;
    });
    afterAll(() => remove());

    test("a limit lets exactly its points through, per key", async () => {
      const limit = newLimit();
      const states = await Promise.all([1, 2, 3, 4].map(() => limiter.consume(limit, "1.2.3.4")));
      expect(states.map((state) => state.allowed)).toEqual([true, true, true, false]);
      expect(states[0]).toMatchObject({ limit: 3, remaining: 2 });
      expect(states[3]).toMatchObject({ limit: 3, remaining: 0 });
      expect(states[3]?.resetS).toBeGreaterThan(0);
      expect(states[3]?.resetS).toBeLessThanOrEqual(60);
      expect((await limiter.consume(limit, "5.6.7.8")).allowed).toBe(true);
    });

    test("limits of different names do not share their counts", async () => {
      const limit = newLimit();
      await limiter.consume(limit, "k", 3);
      expect((await limiter.consume(newLimit(), "k")).allowed).toBe(true);
      expect((await limiter.consume(limit, "k")).allowed).toBe(false);
    });

    test("points given back may be used again", async () => {
      const limit = newLimit();
      await limiter.consume(limit, "k", 3);
      await limiter.refund(limit, "k");
      expect((await limiter.consume(limit, "k")).allowed).toBe(true);
      expect((await limiter.consume(limit, "k")).allowed).toBe(false);
    });

    test("of 50 at once exactly as many pass as there are points", async () => {
      const limit = { ...newLimit(), points: 20 };
      const states = await Promise.all(Array.from({ length: 50 }, () => limiter.consume(limit, "k")));
      expect(states.filter((state) => state.allowed)).toHaveLength(20);
    });

    test("the window starts anew when it has passed", async () => {
      const limit = { ...newLimit(), points: 1, windowS: 1 };
      expect((await limiter.consume(limit, "k")).allowed).toBe(true);
      await expect.poll(async () => (await limiter.consume(limit, "k")).allowed, { timeout: 3_000 }).toBe(true);
    });

    test("every method of the port has been called", () => {
      expect(uncalled()).toEqual([]);
    });
  });
}
