import type { TryOnJob } from "../model.ts";
import type { TryOnDeps } from "./deps.ts";

const terminal = new Set(["completed", "failed", "cancelled"]);
export const isTerminal = (job: TryOnJob) => terminal.has(job.status);

/** Looked at anyway this often: the job may be run by another process whose events do not reach this one. */
const pollMs = 1_000;
/** Where they do reach it, every so many polls are enough: for an event that was lost. */
const pollsPerLook = 5;

/** The job's row now and after each change, newest state only; ends after the terminal one, or when aborted. */
export async function* watchJob(
  { store, events }: Pick<TryOnDeps, "store" | "events">,
  jobId: string,
  signal: AbortSignal,
): AsyncGenerator<TryOnJob> {
  let wake: () => void = () => {};
  let changed = true;
  const notify = () => {
    changed = true;
    wake();
  };
  const unsubscribe = events.subscribe(jobId, notify);
  let polls = 0;
  const poll = () => {
    polls += 1;
    if (!events.hearsOthers() || polls % pollsPerLook === 0) notify();
  };
  const timer = setInterval(poll, pollMs);
  signal.addEventListener("abort", notify);
  let version = -1;
  try {
    while (!signal.aborted) {
      if (!changed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      changed = false;
      const job = await store.tryOnJobs.findById(jobId);
      if (!job) return;
      if (job.version !== version) {
        version = job.version;
        yield job;
      }
      if (isTerminal(job)) return;
    }
  } finally {
    unsubscribe();
    clearInterval(timer);
    signal.removeEventListener("abort", notify);
  }
}

/** The job once it has ended, or as it is when time is up or the caller has gone. */
export async function waitForJob(
  deps: Pick<TryOnDeps, "store" | "events">,
  job: TryOnJob,
  waitMs: number,
  signal: AbortSignal,
): Promise<TryOnJob> {
  let latest = job;
  if (isTerminal(job) || waitMs <= 0) return latest;
  for await (const row of watchJob(deps, job.id, AbortSignal.any([signal, AbortSignal.timeout(waitMs)]))) latest = row;
  return latest;
}
