import type { JobStage, TryOnJob } from "../model.ts";
import type { TryOnDeps } from "./deps.ts";
import type { Lease } from "./hold-lease.ts";

/** the row is written this often at most while the engine runs */
const minWriteMs = 250;

/**
 * Writes a running job's progress to its row: never backwards, a few times a second at most, and the last word of a
 * burst is not lost. A write that finds the job no longer ours (a cancel, a lost lease) stops the engine at once.
 */
export function createProgressWriter(
  { store, clock, events, holder, log }: TryOnDeps,
  job: TryOnJob,
  lease: Pick<Lease, "lose">,
) {
  let shown = 0;
  let next: { stage: JobStage; progress: number } | null = null;
  let writtenAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async (patch: { stage: JobStage; progress: number }) => {
    try {
      const row = await store.tryOnJobs.transition(job.id, ["processing"], patch, clock.now(), holder);
      if (row) events.publish(job.id);
      else lease.lose();
    } catch (error) {
      log.warn({ job_id: job.id, error: String(error) }, "progress not written");
    }
  };

  const flush = () => {
    const patch = next;
    timer = undefined;
    next = null;
    if (!patch) return;
    writtenAt = performance.now();
    writing = writing.then(() => write(patch));
  };

  return {
    /** `share` is 0-1 of the whole run. */
    note: (stage: JobStage, share: number) => {
      const progress = Math.min(99, Math.round(share * 100));
      if (progress <= shown) return;
      shown = progress;
      next = { stage, progress };
      timer ??= setTimeout(flush, Math.max(0, writtenAt + minWriteMs - performance.now()));
    },
    /** Nothing is written after this: what follows ends the job or puts it back. */
    stop: () => {
      clearTimeout(timer);
      next = null;
      return writing;
    },
  };
}
