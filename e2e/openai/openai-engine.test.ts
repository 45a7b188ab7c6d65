// The platform as real processes, its OpenAI engine on a stand-in over HTTP.
import { setTimeout as wait } from "node:timers/promises";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { standInModels } from "../../platform/sandbox/openai/models.ts";
import { startOpenAiStandIn } from "../../platform/sandbox/openai/start-openai-stand-in.ts";
import type { JobAnswer } from "../jobs/job-client.ts";
import { createJobClient } from "../jobs/job-client.ts";
import type { Platform } from "../jobs/start-platform.ts";
import { freePort, startPlatform } from "../jobs/start-platform.ts";

const apiKey = "sk-stand-in-e2e";
const leaseMs = 30_000;

let standIn: Awaited<ReturnType<typeof startOpenAiStandIn>>;
let platform: Platform;
beforeEach(async () => {
  standIn = await startOpenAiStandIn({ apiKey });
});
afterEach(async () => {
  await platform.stop();
  await standIn.stop();
});

const start = async (env: Record<string, string> = {}) => {
  platform = await startPlatform({
    ENGINE: "openai",
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: standIn.baseUrl,
    ENGINE_THREADS: "1",
    ...env,
  });
  return createJobClient(platform);
};

/** Both buckets, after a look that the ledger says the same. */
async function balance() {
  const { store, merchant, url } = platform;
  // renews the free credits of the day, if that is due
  await fetch(`${url}/api/v1/credits`, { headers: { "x-api-key": merchant.secretKey } });
  const user = await store.users.findById(merchant.user.id);
  const ledger = await store.creditTransactions.sums(merchant.user.id);
  expect({ free: user?.daily_free_credits, paid: user?.credits }).toEqual(ledger);
  return (user?.credits ?? 0) + (user?.daily_free_credits ?? 0);
}

async function until(isSo: () => boolean | Promise<boolean>, what: string) {
  const giveUpAt = Date.now() + 90_000;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error(`it did not come to this: ${what}`);
    await wait(50);
  }
}

const untilCalled = (calls: number) => until(() => standIn.calls.length >= calls, `${calls} calls`);
async function readMetrics() {
  const headers = { authorization: `Bearer ${platform.metricsToken}` };
  const answer = await fetch(`${platform.url}/metrics`, { headers });
  return { metrics: await answer.text() };
}

/** A process beside the first one. */
const startBeside = async (role: string) => platform.start(role, { PORT: String(await freePort()) });

test("a shopper's photo goes through the local check, out to the vendor and back as a picture", async () => {
  const client = await start();
  await platform.start();
  const before = await balance();
  const { job_id } = await client.accepted();
  const done = await client.until(job_id, (job) => job.status !== "queued" && job.status !== "processing", 60_000);
  expect(done).toMatchObject({ status: "completed", credits_used: 1, error: null });
  const answer = await fetch(done.output_image_url ?? "");
  const picture = await sharp(new Uint8Array(await answer.arrayBuffer())).metadata();
  expect(picture.xmpAsString).toContain("compositeWithTrainedAlgorithmicMedia");
  const row = await platform.store.tryOnJobs.findById(job_id);
  expect(row).toMatchObject({ engine: "openai", prompt_version: 1, outcome_unknown: false });
  expect(row?.prompt_id).not.toBeNull();
  expect(row?.cost_micro_usd).toBeGreaterThan(0);
  expect(standIn.calls).toHaveLength(1);
  expect(await balance()).toBe(before - 1);
  const { metrics } = await readMetrics();
  const usd = /^trailroom_engine_cost_today_usd (\S+)$/m.exec(metrics)?.[1];
  expect(Number(usd) * 1e6).toBeCloseTo(row?.cost_micro_usd ?? 0, 0);
});

test("a worker that is killed while its call is out: no second call, engine_failed with the outcome unknown, the credits back", async () => {
  const client = await start();
  await platform.start("web");
  const before = await balance();
  const worker = await startBeside("worker");
  standIn.hold();
  const { job_id } = await client.accepted();
  await untilCalled(1);
  worker.child.kill("SIGKILL");
  await worker.exited;
  standIn.release();
  expect(await platform.store.tryOnJobs.findById(job_id)).toMatchObject({
    status: "processing",
    sent_at: expect.any(Date),
  });

  await startBeside("worker,scheduler");
  const ended = await client.until(job_id, (job) => job.status === "failed", leaseMs + 20_000);
  expect(ended).toMatchObject({ error: { code: "engine_failed" }, credits_used: 0 });
  const row = await platform.store.tryOnJobs.findById(job_id);
  expect(row).toMatchObject({ outcome_unknown: true, sent_at: null, output_image: null, retry_count: 0 });
  const day = new Date().toISOString().slice(0, 10);
  expect((await platform.store.engineCosts.find("openai", day))?.spent_micro_usd).toBe(row?.cost_micro_usd);
  expect(row?.cost_micro_usd).toBeGreaterThan(0);
  expect(standIn.calls).toHaveLength(1);
  expect(await balance()).toBe(before);
});

test("a stop waits for the answer that is paid for", async () => {
  const client = await start({ LOG_LEVEL: "info" });
  await platform.start("web");
  const worker = await startBeside("worker");
  standIn.hold();
  const { job_id } = await client.accepted();
  await untilCalled(1);
  worker.child.kill("SIGTERM");
  await until(() => worker.output().includes("draining"), "draining");
  standIn.release();
  expect(await worker.exited).toBe(0);
  expect(await client.get(job_id)).toMatchObject({ status: "completed" });
  expect(standIn.calls).toHaveLength(1);
});

test("two worker processes never pass the day's cap together", async () => {
  // a call is estimated at about 0.116
  const client = await start({ OPENAI_DAILY_CAP_USD: "0.3" });
  await platform.start("web");
  const before = await balance();
  standIn.hold();
  const jobs: JobAnswer[] = [];
  for (let i = 0; i < 4; i += 1) jobs.push(await client.accepted());
  await Promise.all([startBeside("worker"), startBeside("worker")]);
  await untilCalled(2);
  const isOver = (job: { status: string }) => job.status === "failed";
  const all = () => Promise.all(jobs.map(({ job_id }) => client.get(job_id)));
  await until(async () => (await all()).filter(isOver).length === 2, "2 of 4 refused while 2 are out");
  standIn.release();
  const ends = await Promise.all(
    jobs.map(({ job_id }) => client.until(job_id, ({ status }) => ["failed", "completed"].includes(status), 30_000)),
  );
  expect(ends.filter(({ status }) => status === "completed")).toHaveLength(2);
  expect(ends.filter(isOver).map(({ error }) => error?.code)).toEqual(Array(2).fill("engine_unavailable"));
  expect(standIn.calls).toHaveLength(2);
  expect(await balance()).toBe(before - 2);
});

test("a scheduler reads the vendor's list and tells of a model that ends soon", async () => {
  await standIn.stop();
  const soon = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const models = standInModels.map((model) => ({ ...model, shutdownDate: soon }));
  standIn = await startOpenAiStandIn({ apiKey, models });
  await start({ OPENAI_BASE_URL: standIn.baseUrl });
  const scheduler = await platform.start("scheduler");
  await until(() => scheduler.output().includes("engine_model_ending"), "the alert");
  const lines = scheduler
    .output()
    .split("\n")
    .filter((line) => line.includes("engine_model_ending"));
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: 50, model: "gpt-image-2.6-flare", shutdown_date: soon });
  const { metrics } = await readMetrics();
  expect(metrics).toMatch(/^trailroom_alerts_total\{kind="engine_model_ending"\} 2$/m);
});
