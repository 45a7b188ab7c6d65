import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { RedisForTest } from "../../testing/start-redis.ts";
import { hasRedis, startRedis } from "../../testing/start-redis.ts";
import type { RedisLink } from "../redis/connect-redis.ts";
import { connectRedis } from "../redis/connect-redis.ts";
import { describeEventBus } from "./contract/describe-event-bus.ts";
import { createRedisEventBus } from "./create-redis-event-bus.ts";

const silent = { info: () => {}, warn: () => {}, error: () => {} };

describe.skipIf(!hasRedis)("with Redis", () => {
  let redis: RedisForTest;
  const links: RedisLink[] = [];
  const newBus = async (url = redis.url) => {
    const link = await connectRedis({ url, log: silent });
    links.push(link);
    const bus = createRedisEventBus(link);
    await vi.waitFor(() => expect(bus.hearsOthers()).toBe(true));
    return bus;
  };
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    for (const link of links) link.close();
    await redis.remove();
  });

  describeEventBus("redis", async () => ({ bus: await newBus(), remove: async () => {} }));

  test("a change published in one process is heard in the others, once, and in no other database", async () => {
    const [publisher, listener, stranger] = [await newBus(), await newBus(), await newBus(`${redis.url}/1`)];
    const heard: string[] = [];
    publisher.subscribe("job-1", () => heard.push("publisher"));
    listener.subscribe("job-1", () => heard.push("listener"));
    stranger.subscribe("job-1", () => heard.push("stranger"));
    publisher.publish("job-1");
    listener.subscribe("mark", () => heard.push("mark"));
    publisher.publish("mark");
    await expect.poll(() => heard).toContain("mark");
    expect(heard).toEqual(["publisher", "listener", "mark"]);
  });

  test("without Redis listeners here still hear, and say that they hear no others; with Redis back all are woken", async () => {
    const [publisher, listener] = [await newBus(), await newBus()];
    let heard = 0;
    let own = 0;
    listener.subscribe("job-2", () => {
      heard += 1;
    });
    publisher.subscribe("job-2", () => {
      own += 1;
    });
    await redis.kill();
    await expect.poll(listener.hearsOthers).toBe(false);
    publisher.publish("job-2");
    expect([own, heard]).toEqual([1, 0]);
    await redis.start();
    await expect.poll(() => heard, { timeout: 10_000 }).toBeGreaterThan(0);
    await expect.poll(() => own, { timeout: 10_000 }).toBeGreaterThan(1);
    expect([listener.hearsOthers(), publisher.hearsOthers()]).toEqual([true, true]);
    // whether or not the publisher's other connection is back by now
    let later = 0;
    listener.subscribe("job-3", () => {
      later += 1;
    });
    publisher.publish("job-3");
    await expect.poll(() => later, { timeout: 10_000 }).toBeGreaterThan(0);
  });
});
