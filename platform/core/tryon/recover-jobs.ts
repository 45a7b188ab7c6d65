import type { TryOnJob } from "../model.ts";
import type { TryOnDeps } from "./deps.ts";
import { failJob } from "./end-job.ts";

const pageSize = 100;

/** Jobs whose worker died: queued again at once, which counts as a try, or failed after the last one and where a paid call was out. */
export async function recoverExpiredLeases(deps: TryOnDeps): Promise<number> {
  const { store, clock, settings, queue, events, log } = deps;
  const now = clock.now();
  const expired = await store.tryOnJobs.listExpiredLeases(now, pageSize);
  for (const job of expired) {
    const tries = job.retry_count + 1;
    log.warn({ job_id: job.id, try: tries }, "lease expired");
    if (job.sent_at || tries >= settings.maxTries) {
      const stillExpired = (row: TryOnJob) => row.lease_until !== null && row.lease_until < now;
      await failJob(deps, job.id, "engine_failed", { from: ["processing"], onlyIf: stillExpired });
      continue;
    }
    const row = await store.tryOnJobs.requeueExpired(job.id, now);
    if (!row) continue;
    events.publish(job.id);
    await queue.enqueue(job.id, now).catch(() => {}); // the queue's own sweep finds it
  }
  return expired.length;
}

/** Jobs that nobody took for too long end as engine_unavailable with their credits back. */
export async function failStaleJobs(deps: TryOnDeps): Promise<number> {
  const { store, clock, settings } = deps;
  const before = new Date(clock.now().getTime() - settings.maxQueuedMs);
  const stale = await store.tryOnJobs.listStaleQueued(before, pageSize);
  for (const job of stale) await failJob(deps, job.id, "engine_unavailable", { from: ["queued"] });
  return stale.length;
}
