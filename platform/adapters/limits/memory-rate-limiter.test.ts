import { expect, test } from "vitest";
import { createMemoryRateLimiter } from "./create-memory-rate-limiter.ts";

const limit = { name: "ip", points: 3, windowS: 60 };

test("a limit lets exactly its points through, per key", async () => {
  const limiter = createMemoryRateLimiter();
  const states = await Promise.all([1, 2, 3, 4].map(() => limiter.consume(limit, "1.2.3.4")));
  expect(states.map((state) => state.allowed)).toEqual([true, true, true, false]);
  expect(states[0]).toMatchObject({ limit: 3, remaining: 2 });
  expect(states[3]?.resetS).toBeGreaterThan(0);
  expect(states[3]?.resetS).toBeLessThanOrEqual(60);
  expect((await limiter.consume(limit, "5.6.7.8")).allowed).toBe(true);
});

test("limits of different names do not share their counts", async () => {
  const limiter = createMemoryRateLimiter();
  await limiter.consume(limit, "k", 3);
  expect((await limiter.consume({ ...limit, name: "key" }, "k")).allowed).toBe(true);
  expect((await limiter.consume(limit, "k")).allowed).toBe(false);
});

test("points given back may be used again", async () => {
  const limiter = createMemoryRateLimiter();
  await limiter.consume(limit, "k", 3);
  await limiter.refund(limit, "k");
  expect((await limiter.consume(limit, "k")).allowed).toBe(true);
  expect((await limiter.consume(limit, "k")).allowed).toBe(false);
});
