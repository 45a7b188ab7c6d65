// npm run test:topology: two web, two workers, a scheduler; one of each is killed and Redis restarts in the middle.
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import sharp from "sharp";
import { afterEach, expect, test } from "vitest";
import { createS3ObjectStore } from "../../platform/adapters/objects/s3/create-s3-object-store.ts";
import { dropMongo, hasMongo, newMongoUrl } from "../../platform/testing/make-mongo-store.ts";
import { hasRedis } from "../../platform/testing/start-redis.ts";
import { tryOnForm } from "../jobs/job-client.ts";
import type { Fleet, FleetProcess } from "./start-fleet.ts";
import { startFleet } from "./start-fleet.ts";
import type { Followed } from "./stream-client.ts";
import { followJob } from "./stream-client.ts";

const jobs = 500;
const accounts = 10;
const atOnce = 8;
const streams = 12;
const creditsEach = 200;
/** a lost lease is 30 s old before its job runs again */
const endsWithinMs = 150_000;

const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`;

let fleet: Fleet;
let mongoUrl: string;
afterEach(async () => {
  await fleet.stop();
  await dropMongo(mongoUrl);
});

/** The smallest picture that is taken in: this is not about pictures. */
async function smallJpeg(background: string): Promise<Uint8Array<ArrayBuffer>> {
  const size = { width: 256, height: 384, channels: 3 as const, background };
  return new Uint8Array(await sharp({ create: size }).jpeg().toBuffer());
}

/** Puts every job in, in turn over accounts and web processes, 16 requests at a time. */
async function acceptAll(webs: FleetProcess[]) {
  const [person, top] = [await smallJpeg("#b08060"), await smallJpeg("#3060a0")];
  const accepted: { jobId: string; headers: Record<string, string> }[] = [];
  let next = 0;
  const post = async () => {
    while (next < jobs) {
      const turn = next++;
      const account = fleet.accounts[turn % accounts];
      const web = webs[turn % webs.length];
      if (!account || !web) throw new Error("no such account or process");
      const { headers } = account.at(web.url);
      const answer = await fetch(`${web.url}/api/v1/tryon`, { method: "POST", headers, body: tryOnForm(person, top) });
      expect(answer.status).toBe(202);
      accepted.push({ jobId: ((await answer.json()) as { job_id: string }).job_id, headers });
    }
  };
  await Promise.all(Array.from({ length: 16 }, post));
  return accepted;
}

const count = async (status?: "completed") => {
  const counts = fleet.accounts.map(({ userId }) => fleet.store.tryOnJobs.count(userId, { status }, jobs * 2));
  return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
};

/** Waits until so many jobs are processing, and tells how many. */
async function untilProcessing(least: number): Promise<number> {
  const giveUpAt = Date.now() + 30_000;
  for (;;) {
    const { processing } = await fleet.store.tryOnJobs.countByStatus();
    if (processing >= least || Date.now() > giveUpAt) return processing;
    await wait(20);
  }
}

async function untilCompleted(least: number, withinMs: number) {
  const giveUpAt = Date.now() + withinMs;
  while ((await count("completed")) < least && Date.now() < giveUpAt) await wait(250);
}

/** How often the engine was started for each job, from the workers' logs. */
function startsIn(workers: FleetProcess[]): Map<string, number> {
  const starts = new Map<string, number>();
  for (const { output } of workers) {
    for (const [, jobId = ""] of output().matchAll(/"job_id":"([^"]+)","msg":"stub engine started"/g)) {
      starts.set(jobId, (starts.get(jobId) ?? 0) + 1);
    }
  }
  return starts;
}

/** Each job ended once: one usage row, one credit, nothing given back, and the account's balance is its ledger. */
async function expectLedgerRight() {
  for (const { userId } of fleet.accounts) {
    const ledger = fleet.store.creditTransactions;
    expect(await ledger.count(userId, { type: "usage" }, 1_000)).toBe(jobs / accounts);
    expect(await ledger.count(userId, { type: "refund" }, 1_000)).toBe(0);
    const user = await fleet.store.users.findById(userId);
    const balance = { free: user?.daily_free_credits ?? Number.NaN, paid: user?.credits ?? Number.NaN };
    expect(await ledger.sums(userId)).toEqual(balance);
    const allowance = balance.free + balance.paid + jobs / accounts;
    expect(allowance - creditsEach).toBeLessThanOrEqual(3); // what the day gave for nothing
    expect(await fleet.store.tryOnJobs.totalCreditsUsed(userId)).toBe(jobs / accounts);
  }
}

/** One result in the object store for each job, whatever was tried on the way. */
async function expectOneResultEach() {
  const objects = createS3ObjectStore(fleet.s3.settings);
  for (const { userId } of fleet.accounts) {
    const results = new Map<string, number>();
    let after: string | undefined;
    do {
      const page = await objects.list(`jobs/${userId}/`, after);
      for (const { key } of page.filter(({ key }) => path.basename(key).startsWith("result-"))) {
        results.set(path.dirname(key), (results.get(path.dirname(key)) ?? 0) + 1);
      }
      after = page.at(-1)?.key;
    } while (after !== undefined);
    expect([...results.values()]).toEqual(Array(jobs / accounts).fill(1));
  }
  objects.close();
}

function expectStreamsWhole(followed: Followed[]) {
  expect(followed.map(({ gaps, last }) => ({ gaps: gaps > 0, last }))).toEqual(
    followed.map(() => ({ gaps: true, last: "completed" })),
  );
  for (const { ids } of followed) expect(ids).toEqual([...ids].sort((a, b) => a - b));
}

test.skipIf(!hasMongo() || !hasRedis)(
  "500 jobs complete exactly once though a web and a worker process are killed and Redis restarts",
  { timeout: 240_000 },
  async () => {
    mongoUrl = newMongoUrl();
    const env = { STUB_ENGINE_MS: "200", JOBS_AT_ONCE: String(atOnce), LOG_LEVEL: "info" };
    fleet = await startFleet({ mongoUrl, accounts, creditsEach, env });
    const [first, second] = await Promise.all([fleet.start("web"), fleet.start("web"), fleet.start("scheduler")]);
    const startedAt = performance.now();
    const accepted = await acceptAll([first, second]);
    const acceptedAt = performance.now();
    // the last ones in are still waiting when their stream is cut
    const followed = accepted
      .slice(-streams)
      .map(({ jobId, headers }) => followJob([first.url, second.url], jobId, headers, endsWithinMs));
    const workers = await Promise.all([fleet.start("worker"), fleet.start("worker")]);

    await untilCompleted(jobs / 20, 60_000);
    const processing = await untilProcessing(atOnce + 2);
    workers[0]?.child.kill("SIGKILL");
    first.child.kill("SIGKILL");
    expect(processing).toBeGreaterThanOrEqual(10);
    // what an orchestrator does
    workers.push(await fleet.start("worker"));

    await untilCompleted(jobs / 4, 60_000);
    await fleet.redis.kill();
    await wait(1_000);
    await fleet.redis.start();

    await untilCompleted(jobs, endsWithinMs);
    const endedAt = performance.now();
    expect([await count("completed"), await count()]).toEqual([jobs, jobs]);
    expectStreamsWhole(await Promise.all(followed));
    await expectLedgerRight();
    await expectOneResultEach();

    const starts = startsIn(workers);
    expect(starts.size).toBe(jobs);
    const again = [...starts].filter(([, times]) => times > 1);
    expect(again.length).toBeGreaterThan(0);
    console.info(
      `${jobs} jobs accepted in ${seconds(startedAt, acceptedAt)}, ended ${seconds(acceptedAt, endedAt)} later; ` +
        `${processing} were processing at the kill, ${again.length} ran again; ${streams} streams broke off and went on`,
    );
    for (const [jobId, times] of again) {
      const job = await fleet.store.tryOnJobs.findById(jobId);
      expect(job?.retry_count).toBeGreaterThanOrEqual(times - 1);
    }
  },
);
