import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { enqueueWaiting } from "../../../core/tryon/enqueue-waiting.ts";
import { makeTryOns } from "../../../testing/make-try-ons.ts";
import type { RedisForTest } from "../../../testing/start-redis.ts";
import { hasRedis, startRedis } from "../../../testing/start-redis.ts";
import type { RedisLink } from "../../redis/connect-redis.ts";
import { connectRedis } from "../../redis/connect-redis.ts";
import type { QueueParts } from "../contract/describe-queue.ts";
import { describeQueue } from "../contract/describe-queue.ts";
import { createBullmqQueue } from "./create-bullmq-queue.ts";

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const enough = { timeout: 15_000 };

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
  afterEach(async () => {
    const [link] = links;
    if (link?.isUp()) await link.commands.flushall();
    for (const one of links.splice(0)) one.close();
  });
  afterAll(() => redis.remove());

  describeQueue("bullmq", async (parts: QueueParts) => ({
    queue: createBullmqQueue({ ...parts, link: await connect() }),
    remove: async () => {},
  }));

  /** The services on a queue in Redis, as two processes have them: one that accepts jobs and one that runs them. */
  async function makeFleet() {
    const parts = { runningPerAccount: 10, log: silent, clock: { now: () => new Date() } };
    const web = await connect();
    const kit = await makeTryOns({ clock: parts.clock });
    const webQueue = createBullmqQueue({ ...parts, link: web, store: kit.store });
    const workerQueue = createBullmqQueue({ ...parts, link: await connect(), store: kit.store });
    kit.deps.queue = webQueue;
    const caller = await kit.seedCaller();
    const statusOf = async (jobId: string) => (await kit.store.tryOnJobs.findById(jobId))?.status;
    return {
      ...kit,
      web,
      webQueue,
      workerQueue,
      caller,
      statusOf,
      stop: async () => {
        await workerQueue.stop(5_000);
        await webQueue.stop(0);
        await kit.remove();
      },
    };
  }

  test("a job accepted by one process is run by another", async () => {
    const fleet = await makeFleet();
    fleet.workerQueue.start((jobId) => fleet.service.run(jobId), 2);
    const { job } = await fleet.request(fleet.caller);
    await vi.waitFor(async () => expect(await fleet.statusOf(job.id)).toBe("completed"), enough);
    await fleet.stop();
  });

  test("without Redis a job is accepted in good time and run by a worker that looks into the store", async () => {
    const fleet = await makeFleet();
    fleet.workerQueue.start((jobId) => fleet.service.run(jobId), 2);
    await redis.kill();
    try {
      const started = performance.now();
      const { job } = await fleet.request(fleet.caller);
      expect(performance.now() - started).toBeLessThan(2_000);
      await vi.waitFor(async () => expect(await fleet.statusOf(job.id)).toBe("completed"), enough);
    } finally {
      await redis.start();
    }
    await vi.waitFor(() => expect(fleet.web.isUp()).toBe(true), enough);
    const { job } = await fleet.request(fleet.caller);
    await vi.waitFor(async () => expect(await fleet.statusOf(job.id)).toBe("completed"), enough);
    await fleet.stop();
  });

  test("jobs whose tickets were lost with Redis are told again by the sweep, once each", async () => {
    const fleet = await makeFleet();
    const jobs = [];
    for (let i = 0; i < 3; i += 1) jobs.push((await fleet.request(fleet.caller)).job);
    expect(await fleet.webQueue.depth()).toMatchObject({ waiting: 3 });
    await redis.kill();
    await redis.start();
    await vi.waitFor(() => expect(fleet.web.isUp()).toBe(true), enough);
    expect(await fleet.webQueue.depth()).toMatchObject({ waiting: 0 });
    const later = { ...fleet.deps, clock: { now: () => new Date(Date.now() + 3_000) } };
    expect(await enqueueWaiting(later)).toBe(3);
    expect(await enqueueWaiting(later)).toBe(3);
    expect(await fleet.webQueue.depth()).toMatchObject({ waiting: 3 });
    fleet.workerQueue.start((jobId) => fleet.service.run(jobId), 2);
    for (const { id } of jobs) await vi.waitFor(async () => expect(await fleet.statusOf(id)).toBe("completed"), enough);
    await fleet.stop();
  });

  test("the ticket of a worker that died goes to another", async () => {
    const fleet = await makeFleet();
    const parts = { runningPerAccount: 10, log: silent, clock: { now: () => new Date() }, store: fleet.store };
    const [dying, other] = [await connect(), await connect()];
    const took: string[] = [];
    const { job } = await fleet.request(fleet.caller);
    const holdMs = 1_000;
    createBullmqQueue({ ...parts, link: dying, holdMs }).start((jobId) => {
      took.push(`dying ${jobId}`);
      return new Promise(() => {});
    }, 1);
    await vi.waitFor(() => expect(took).toEqual([`dying ${job.id}`]), enough);
    dying.close();
    const queue = createBullmqQueue({ ...parts, link: other, holdMs });
    queue.start(async (jobId) => {
      took.push(`other ${jobId}`);
      await fleet.service.run(jobId);
    }, 1);
    await vi.waitFor(async () => expect(await fleet.statusOf(job.id)).toBe("completed"), enough);
    expect(took).toEqual([`dying ${job.id}`, `other ${job.id}`]);
    await queue.stop(5_000);
    await fleet.stop();
  });

  test("a queue that was made while Redis did not answer works once it does", async () => {
    const link = await connect();
    const kit = await makeTryOns();
    redis.freeze();
    const parts = { runningPerAccount: 10, log: silent, clock: { now: () => new Date() }, store: kit.store };
    const queue = createBullmqQueue({ ...parts, link });
    await expect(queue.depth()).rejects.toThrow();
    redis.thaw();
    await vi.waitFor(async () => expect(await queue.depth()).toMatchObject({ waiting: 0 }), enough);
    const { job } = await kit.request(await kit.seedCaller());
    await queue.enqueue(job.id, job.run_after);
    expect(await queue.depth()).toMatchObject({ waiting: 1 });
    await kit.remove();
  });

  test("without Redis the sweep gives up quietly", async () => {
    const fleet = await makeFleet();
    await fleet.request(fleet.caller);
    await redis.kill();
    const later = { ...fleet.deps, clock: { now: () => new Date(Date.now() + 3_000) } };
    expect(await enqueueWaiting(later)).toBe(0);
    await redis.start();
    await vi.waitFor(() => expect(fleet.web.isUp()).toBe(true), enough);
    await fleet.stop();
  });
});
