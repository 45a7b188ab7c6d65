import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { createJobClient } from "./job-client.ts";
import type { Platform } from "./start-platform.ts";
import { startPlatform } from "./start-platform.ts";

const holdFile = path.join(import.meta.dirname, `.drain-hold-${process.pid}`);
let platform: Platform;
afterEach(async () => {
  rmSync(holdFile, { force: true });
  await platform.stop();
});

test("on SIGTERM a job in hand finishes, its event stream ends, and the process exits with 0", async () => {
  platform = await startPlatform({ STUB_ENGINE_MS: "1500" });
  const client = createJobClient(platform);
  const { child, exited } = await platform.start();
  const { job_id } = await client.accepted();
  const stream = await fetch(`${platform.url}/api/v1/tryon/${job_id}/events`, { headers: client.headers });
  await client.until(job_id, (job) => job.status === "processing");

  child.kill("SIGTERM");
  await stream.text();
  expect(await exited).toBe(0);
  expect(await platform.store.tryOnJobs.findById(job_id)).toMatchObject({ status: "completed", retry_count: 0 });
});

test("on SIGTERM a job that takes too long is handed back, still paid for, and runs after the restart as the same try", async () => {
  writeFileSync(holdFile, "");
  platform = await startPlatform({ STUB_ENGINE_MS: "100", STUB_ENGINE_HOLD_FILE: holdFile, DRAIN_MS: "300" });
  const client = createJobClient(platform);
  const { child, exited } = await platform.start();
  const { job_id } = await client.accepted();
  await client.until(job_id, (job) => job.stage === "fit");

  child.kill("SIGTERM");
  expect(await exited).toBe(0);
  const handedBack = { status: "queued", retry_count: 0, credits_used: 1, lease_holder: null };
  expect(await platform.store.tryOnJobs.findById(job_id)).toMatchObject(handedBack);

  rmSync(holdFile);
  await platform.start();
  const done = await client.until(job_id, (job) => job.status === "completed");
  expect(done.credits_used).toBe(1);
});
