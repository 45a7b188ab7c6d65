import type { TryOnJob } from "../model.ts";
import { isTerminal } from "./watch-job.ts";

const remembered = 50;

/** Remembers how long recent jobs took, per mode. */
export function createJobTimes(firstGuessMs: number) {
  const times = new Map<string, number[]>();
  return {
    note: (mode: string, tookMs: number) => {
      const known = times.get(mode) ?? [];
      known.push(tookMs);
      if (known.length > remembered) known.shift();
      times.set(mode, known);
    },
    median: (mode: string) => {
      const sorted = [...(times.get(mode) ?? [])].sort((a, b) => a - b);
      return sorted[sorted.length >> 1] ?? firstGuessMs;
    },
  };
}

export type JobTimes = ReturnType<typeof createJobTimes>;

/** Milliseconds to go by what recent jobs took, never less than a little while it runs; null once ended. */
export function estimateEta(job: TryOnJob, times: JobTimes, now: Date): number | null {
  if (isTerminal(job)) return null;
  const typical = times.median(job.mode);
  if (job.status === "queued") return typical;
  const elapsed = now.getTime() - (job.started_at ?? now).getTime();
  return Math.max(250, typical - elapsed);
}
