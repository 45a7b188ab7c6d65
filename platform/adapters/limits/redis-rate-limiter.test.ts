import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RedisForTest } from "../../testing/start-redis.ts";
import { hasRedis, startRedis } from "../../testing/start-redis.ts";
import type { RedisLink } from "../redis/connect-redis.ts";
import { connectRedis } from "../redis/connect-redis.ts";
import { describeRateLimiter } from "./contract/describe-rate-limiter.ts";
import { createRedisRateLimiter } from "./create-redis-rate-limiter.ts";

const silent = { info: () => {}, warn: () => {}, error: () => {} };

describe.skipIf(!hasRedis)("with Redis", () => {
  let redis: RedisForTest;
  const links: RedisLink[] = [];
  const connect = async () => {
    const link = await connectRedis({ url: redis.url, log: silent });
    links.push(link);
    return link;
  };
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    for (const link of links) link.close();
    await redis.remove();
  });

  describeRateLimiter("redis", async () => ({
    limiter: createRedisRateLimiter(await connect()),
    remove: async () => {},
  }));

  test("two processes share a limit: of 200 requests over both exactly the limit passes", async () => {
    const limit = { name: "shared", points: 70, windowS: 60 };
    const limiters = [createRedisRateLimiter(await connect()), createRedisRateLimiter(await connect())];
    const states = await Promise.all(
      Array.from({ length: 200 }, (_, index) => limiters[index % 2]?.consume(limit, "one key")),
    );
    expect(states.filter((state) => state?.allowed)).toHaveLength(70);
  });

  test("without Redis each process counts for itself, at once and within the limit; with Redis back they share again", async () => {
    const limit = { name: "lost", points: 5, windowS: 60 };
    const [first, second] = [await connect(), await connect()];
    const limiters = [createRedisRateLimiter(first), createRedisRateLimiter(second)];
    const passing = async (asked: number) => {
      const states = await Promise.all(
        limiters.flatMap((limiter) => Array.from({ length: asked }, () => limiter.consume(limit, "k"))),
      );
      return states.filter((state) => state.allowed).length;
    };
    await redis.kill();
    const started = performance.now();
    expect(await passing(10)).toBe(10);
    expect(performance.now() - started).toBeLessThan(2_500);
    await redis.start();
    await expect.poll(() => first.isUp() && second.isUp(), { timeout: 10_000 }).toBe(true);
    expect(await passing(10)).toBe(5);
  });

  test("a Redis that no longer answers costs a request two seconds at most, and later ones nothing", async () => {
    const limit = { name: "frozen", points: 100, windowS: 60 };
    const link = await connect();
    const limiter = createRedisRateLimiter(link);
    redis.freeze();
    try {
      const started = performance.now();
      expect((await limiter.consume(limit, "k")).allowed).toBe(true);
      expect(performance.now() - started).toBeLessThan(2_500);
      await expect.poll(() => link.isUp(), { timeout: 5_000 }).toBe(false);
      const later = performance.now();
      expect((await limiter.consume(limit, "k")).allowed).toBe(true);
      expect(performance.now() - later).toBeLessThan(100);
    } finally {
      redis.thaw();
    }
    await expect.poll(() => link.isUp(), { timeout: 10_000 }).toBe(true);
  });
});
