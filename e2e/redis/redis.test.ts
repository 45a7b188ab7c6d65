import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RedisForTest } from "../../platform/testing/start-redis.ts";
import { hasRedis, startRedis } from "../../platform/testing/start-redis.ts";
import { createJobClient } from "../jobs/job-client.ts";
import type { Platform } from "../jobs/start-platform.ts";
import { freePort, startPlatform } from "../jobs/start-platform.ts";

const root = path.join(import.meta.dirname, "..", "..");
const holdFile = path.join(import.meta.dirname, `.hold-${process.pid}`);
const soon = { timeout: 15_000, interval: 50 };

describe.skipIf(!hasRedis)("with Redis", () => {
  let redis: RedisForTest;
  let platform: Platform;
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    rmSync(holdFile, { force: true });
    await platform.stop();
    await redis.remove();
  });

  /** One process that answers and one that works, as on two machines. */
  async function startFleet(env: Record<string, string> = {}) {
    platform = await startPlatform({ REDIS_URL: redis.url, STUB_ENGINE_MS: "300", ...env });
    const web = await platform.start("web");
    const workerPort = await freePort();
    const worker = await platform.start("worker,scheduler", { PORT: String(workerPort) });
    return { web, worker, workerPort, client: createJobClient(platform) };
  }

  const readiness = async (url = platform.url) => {
    const answer = await fetch(`${url}/readyz`);
    return { status: answer.status, ...((await answer.json()) as { degraded: string[]; lost: string[] }) };
  };
  const follow = async (jobId: string, headers: Record<string, string>) => {
    const stream = await fetch(`${platform.url}/api/v1/tryon/${jobId}/events`, { headers });
    return stream.text();
  };

  test("a shopper's stream on one process hears of a job run by another, without waiting for a poll", async () => {
    writeFileSync(holdFile, "");
    const { client } = await startFleet({ STUB_ENGINE_HOLD_FILE: holdFile });
    const { job_id } = await client.accepted();
    await client.until(job_id, (job) => job.stage === "fit");
    const events = follow(job_id, client.headers);
    rmSync(holdFile);
    expect(await events).toContain("event: completed");
    const { completed_at } = (await platform.store.tryOnJobs.findById(job_id)) ?? {};
    // a poll of a stream that hears others comes every 5 s
    expect(Date.now() - (completed_at?.getTime() ?? 0)).toBeLessThan(1_000);
  });

  test("the metrics tell how many jobs the queue holds", async () => {
    writeFileSync(holdFile, "");
    const { client } = await startFleet({ STUB_ENGINE_HOLD_FILE: holdFile, JOBS_AT_ONCE: "1" });
    for (let i = 0; i < 3; i += 1) await client.accepted();
    const headers = { authorization: `Bearer ${platform.metricsToken}` };
    const metrics = async () => (await fetch(`${platform.url}/metrics`, { headers })).text();
    await vi.waitFor(async () => {
      const text = await metrics();
      expect(text).toContain('trailroom_queue_depth{state="waiting"} 2');
      expect(text).toContain('trailroom_queue_depth{state="active"} 1');
    }, soon);
    expect(await metrics()).toContain("trailroom_redis_up 1");
    await redis.kill();
    await vi.waitFor(async () => expect(await metrics()).toContain("trailroom_redis_up 0"), soon);
    expect(await metrics()).not.toContain("trailroom_queue_depth{");
  });

  test("Redis gone: jobs are accepted, run and streamed, only /readyz tells; Redis back: all goes on without a restart", async () => {
    const { web, worker, workerPort, client } = await startFleet();
    await redis.kill();
    await vi.waitFor(async () => {
      expect(await readiness()).toMatchObject({ status: 200, lost: [], degraded: ["redis"] });
    }, soon);
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.post()));
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(202));
    const jobs = (await Promise.all(answers.map((answer) => answer.json()))) as { job_id: string }[];
    const streams = await Promise.all(jobs.map(({ job_id }) => follow(job_id, client.headers)));
    for (const stream of streams) expect(stream).toContain("event: completed");

    await redis.start();
    for (const url of [platform.url, `http://127.0.0.1:${workerPort}`]) {
      await vi.waitFor(async () => expect(await readiness(url)).toMatchObject({ status: 200, degraded: [] }), soon);
    }
    const { job_id } = await client.accepted();
    await client.until(job_id, (job) => job.status === "completed");
    for (const { child, output } of [web, worker]) {
      expect(child.exitCode).toBeNull();
      expect(output()).not.toMatch(/unhandled|uncaught/i);
    }
  });

  test("jobs accepted while Redis was away and nobody worked start within 10 s of its return", async () => {
    platform = await startPlatform({ REDIS_URL: redis.url, STUB_ENGINE_MS: "50" });
    await platform.start("web");
    const client = createJobClient(platform);
    await redis.kill();
    const { job_id } = await client.accepted();
    await redis.start();
    const backAt = Date.now();
    await platform.start("worker,scheduler", { PORT: String(await freePort()) });
    await client.until(job_id, (job) => job.status === "completed");
    const { started_at } = (await platform.store.tryOnJobs.findById(job_id)) ?? {};
    expect((started_at?.getTime() ?? Number.POSITIVE_INFINITY) - backAt).toBeLessThan(10_000);
  });

  test.each([
    ["is not there", undefined, /REDIS_URL: .*ECONNREFUSED/],
    ["wants another password", "open-sesame", /REDIS_URL: .*(WRONGPASS|NOAUTH)/],
  ])(
    "a Redis that %s is told within 10 s with the reason, and the process ends with 1",
    async (_name, password, reason) => {
      platform = await startPlatform();
      const other = await startRedis({ password });
      if (!password) await other.kill();
      const REDIS_URL = `redis://:hush-hush@127.0.0.1:${other.port}`;
      const started = performance.now();
      const env = { ...platform.settings, REDIS_URL };
      const child = spawn(process.execPath, ["platform/server/index.ts"], { cwd: root, env });
      const lines: string[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => lines.push(String(text)));
      const [code] = await once(child, "exit");
      await other.remove();
      expect(lines.join("")).toMatch(reason);
      expect(lines.join("")).not.toContain("hush-hush");
      expect(code).toBe(1);
      expect(performance.now() - started).toBeLessThan(10_000);
    },
  );
});
