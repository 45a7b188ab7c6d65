import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { S3ForTest } from "../../platform/testing/start-s3.ts";
import { startS3 } from "../../platform/testing/start-s3.ts";
import { createJobClient } from "../jobs/job-client.ts";
import type { Platform } from "../jobs/start-platform.ts";
import { startPlatform } from "../jobs/start-platform.ts";

const root = path.join(import.meta.dirname, "..", "..");
const soon = { timeout: 15_000, interval: 50 };
let s3: S3ForTest;
let platform: Platform;
beforeEach(async () => {
  s3 = await startS3();
});
afterEach(async () => {
  await platform.stop();
  await s3.stop();
});

const readiness = async () => {
  const answer = await fetch(`${platform.url}/readyz`);
  return { status: answer.status, ...((await answer.json()) as object) };
};

test("pictures lie in the bucket under tenant and job, and go out through the platform alone", async () => {
  platform = await startPlatform({ ...s3.env, STUB_ENGINE_MS: "100" });
  await platform.start();
  const client = createJobClient(platform);
  const { job_id } = await client.accepted();
  const done = await client.until(job_id, (job) => job.status === "completed");
  const owner = platform.merchant.user.id;
  expect([...s3.bucket.objects.keys()].sort()).toEqual([
    `jobs/${owner}/${job_id}/result-0.jpg`,
    `jobs/${owner}/${job_id}/top.jpg`,
    `photos/${owner}/${job_id}/person.jpg`,
  ]);
  expect(s3.bucket.getLifecycle()).toContain("<Prefix>photos/</Prefix>");
  expect(done.output_image_url).toMatch(new RegExp(`^${platform.url}/`));
  const picture = await fetch(done.output_image_url ?? "");
  expect(picture.headers.get("content-type")).toBe("image/jpeg");
  expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
});

test("the bucket lost: POST answers 503 store_unavailable and takes nothing, /readyz is red; the bucket back: all goes on", async () => {
  platform = await startPlatform({ ...s3.env, STUB_ENGINE_MS: "100" });
  await platform.start();
  const client = createJobClient(platform);
  await s3.stop();
  await vi.waitFor(async () => {
    expect(await readiness()).toMatchObject({ status: 503, lost: ["objects"] });
  }, soon);
  expect((await fetch(`${platform.url}/healthz`)).status).toBe(200);
  const refused = await client.post();
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ error: { code: "store_unavailable", retryable: true } });
  const user = await platform.store.users.findById(platform.merchant.user.id);
  expect(user?.daily_free_credits).toBe(3);
  await s3.restart();
  await vi.waitFor(async () => expect(await readiness()).toMatchObject({ status: 200 }), soon);
  const { job_id } = await client.accepted();
  await client.until(job_id, (job) => job.status === "completed");
});

test("a wrong secret is told at boot within 10 s, and the process ends with 1", async () => {
  platform = await startPlatform();
  const env = { ...platform.settings, ...s3.env, S3_SECRET_ACCESS_KEY: "hush-hush" };
  const started = performance.now();
  const child = spawn(process.execPath, ["platform/server/index.ts"], { cwd: root, env });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => lines.push(String(text)));
  const [code] = await once(child, "exit");
  expect(lines.join("")).toMatch(/S3_SECRET_ACCESS_KEY does not fit/);
  expect(lines.join("")).not.toContain("hush-hush");
  expect(code).toBe(1);
  expect(performance.now() - started).toBeLessThan(10_000);
});
