import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { createJobClient } from "./job-client.ts";
import type { Platform } from "./start-platform.ts";
import { freePort, startPlatform } from "./start-platform.ts";

const holdFile = path.join(import.meta.dirname, `.roles-hold-${process.pid}`);
let platform: Platform;
afterEach(async () => {
  rmSync(holdFile, { force: true });
  await platform.stop();
});

/** A process beside the web one, with its health address. */
async function startBeside(role: string) {
  const port = String(await freePort());
  return { ...(await platform.start(role, { PORT: port })), url: `http://127.0.0.1:${port}` };
}

test("a web, a worker and a scheduler process share the work on one machine, and say what they lack past it", async () => {
  platform = await startPlatform({ STUB_ENGINE_MS: "50" });
  const client = createJobClient(platform);
  const web = await platform.start("web");
  const { job_id } = await client.accepted();
  expect((await client.get(job_id)).status).toBe("queued");

  const worker = await startBeside("worker");
  const scheduler = await startBeside("scheduler,webhooks");
  await client.until(job_id, (job) => job.status === "completed");

  for (const { output } of [web, worker, scheduler]) expect(output()).toMatch(/MONGO_URL/);
  const { metricsToken } = platform;
  const metrics = await fetch(`${worker.url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
  expect(await metrics.text()).toMatch(/trailroom_jobs_ended_total\{.*status="completed".*\} 1/);
  for (const process of [worker, scheduler, web]) {
    process.child.kill("SIGTERM");
    expect(await process.exited).toBe(0);
  }
});

test("a process without the web role serves health alone, and answers until its job in hand is done", async () => {
  writeFileSync(holdFile, "");
  platform = await startPlatform({ STUB_ENGINE_MS: "100", STUB_ENGINE_HOLD_FILE: holdFile, LOG_LEVEL: "info" });
  const client = createJobClient(platform);
  await platform.start("web");
  const worker = await startBeside("worker");
  const { job_id } = await client.accepted();
  await client.until(job_id, (job) => job.stage === "fit");

  for (const pathname of ["/", "/api/v1/credits", "/v1/trailroom.js"]) {
    expect((await fetch(`${worker.url}${pathname}`)).status).toBe(404);
  }
  expect((await fetch(`${worker.url}/metrics`)).status).toBe(401);

  worker.child.kill("SIGTERM");
  await expect.poll(() => worker.output()).toMatch(/draining/);
  expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
  rmSync(holdFile);
  expect(await worker.exited).toBe(0);
  expect((await client.get(job_id)).status).toBe("completed");
});

test("the webhooks role alone says that it has nothing to do yet", async () => {
  platform = await startPlatform({ LOG_LEVEL: "info" });
  const { output } = await platform.start("webhooks");
  expect(output()).toMatch(/nothing to do/);
});
