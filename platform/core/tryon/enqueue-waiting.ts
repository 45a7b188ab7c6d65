import type { TryOnDeps } from "./deps.ts";

const pageSize = 200;
/** Younger ones have just been told to the queue. */
const toldMs = 2_000;

/**
 * Tells the queue of jobs that could run and that it may not know of: it was away when they were accepted, or lost
 * what it knew. What it does know is told twice without harm. Tells how many it told of.
 */
export async function enqueueWaiting({ store, queue, clock, settings }: TryOnDeps): Promise<number> {
  const before = new Date(clock.now().getTime() - toldMs);
  const turns = new Map<string, number>();
  let told = 0;
  for (const id of await store.tryOnJobs.listClaimable(before, pageSize, settings.runningPerAccount)) {
    const job = await store.tryOnJobs.findById(id);
    if (job?.status !== "queued") continue;
    const turn = (turns.get(job.user_id) ?? 0) + 1;
    turns.set(job.user_id, turn);
    try {
      await queue.enqueue(id, job.run_after, turn);
    } catch {
      return told; // still away: the next sweep comes in seconds
    }
    told += 1;
  }
  return told;
}
