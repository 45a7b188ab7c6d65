import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { personJpeg, teeJpeg } from "../../e2e/jobs/job-client.ts";
import type { Fleet } from "../../e2e/topology/start-fleet.ts";
import { startFleet } from "../../e2e/topology/start-fleet.ts";
import { createS3ObjectStore } from "../../platform/adapters/objects/s3/create-s3-object-store.ts";
import { createBullmqQueue } from "../../platform/adapters/queue/bullmq/create-bullmq-queue.ts";
import { connectRedis } from "../../platform/adapters/redis/connect-redis.ts";
import { jobRow } from "../../platform/testing/rows.ts";

const accounts = 8;
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const clock = { now: () => new Date() };

/** Writes queued jobs of all accounts, as an accepted request leaves them, and tells the queue. */
async function enqueueJobs(fleet: Fleet, jobs: number) {
  const { store } = fleet;
  const objects = createS3ObjectStore(fleet.s3.settings);
  const [person, top] = ["photos/bench/job/person.jpg", "jobs/bench/job/top.jpg"];
  await objects.put(person, personJpeg, "image/jpeg");
  await objects.put(top, teeJpeg, "image/jpeg");
  const link = await connectRedis({ url: fleet.redis.url, log: silent });
  const queue = createBullmqQueue({ store, clock, log: silent, runningPerAccount: 10, link });
  const ids: string[] = [];
  for (let index = 0; index < jobs; index += 1) {
    const { userId } = fleet.accounts[index % accounts] ?? { userId: "" };
    const images = { person_image: person, person_hash: "p", top_image: top, top_hash: "t" };
    const now = new Date();
    const job = jobRow(userId, { ...images, run_after: now, created_at: now, updated_at: now });
    await store.tryOnJobs.insert(job);
    ids.push(job.id);
  }
  await Promise.all(ids.map((id) => queue.enqueue(id, new Date())));
  objects.close();
  return { ids, close: () => link.close() };
}

/** When each job ended, in ms; throws when one did not complete. */
async function endTimes(fleet: Fleet, ids: string[], withinMs: number): Promise<number[]> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const { queued, processing } = await fleet.store.tryOnJobs.countByStatus();
    if (queued + processing === 0) break;
    if (Date.now() > giveUpAt) throw new Error(`${queued} jobs still wait, ${processing} still run`);
    await wait(500);
  }
  const rows = await Promise.all(ids.map((id) => fleet.store.tryOnJobs.findById(id)));
  const lost = rows.find((job) => job?.status !== "completed");
  if (lost !== undefined) throw new Error(`a job ended ${lost?.status}: ${lost?.error_code}`);
  return rows.map((job) => job?.completed_at?.getTime() ?? Number.NaN).sort((a, b) => a - b);
}

interface WorkerRun {
  mongoUrl: (name: string) => string;
  workers: number;
  jobs: number;
  env: Record<string, string>;
}

/** Jobs per second of so many worker processes, between the first and the last tenth of the jobs to end. */
export async function benchWorkers({ mongoUrl, workers, jobs, env }: WorkerRun): Promise<number> {
  const url = mongoUrl(`workers-${randomUUID()}`);
  const fleet = await startFleet({ mongoUrl: url, accounts, creditsEach: 0, env });
  try {
    await Promise.all(Array.from({ length: workers }, () => fleet.start("worker")));
    const { ids, close } = await enqueueJobs(fleet, jobs);
    const ends = await endTimes(fleet, ids, 180_000);
    close();
    const [from, to] = [Math.floor(jobs * 0.1), Math.ceil(jobs * 0.9) - 1];
    return (to - from) / (((ends[to] ?? Number.NaN) - (ends[from] ?? Number.NaN)) / 1000);
  } finally {
    await fleet.stop();
  }
}
