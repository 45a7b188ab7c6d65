import { useEffect, useState } from "react";
import { followOwnJob } from "./follow-own-job.ts";

type States = ReturnType<typeof followOwnJob> extends AsyncGenerator<infer State> ? State : never;

/** What is known of a job that is under way. */
export interface JobProgress {
  status: States["status"];
  stage: States["stage"];
  progress: number;
  etaMs: number | null;
  errorCode: string | null;
}

const start: JobProgress = { status: "queued", stage: "queued", progress: 0, etaMs: null, errorCode: null };

/** Follows a job while the page shows it; `whenEnded` is told its last state, or null when the page lost sight of it. */
export function useJob(jobId: string | null, whenEnded: (last: JobProgress | null) => void): JobProgress {
  const [job, setJob] = useState(start);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the job alone decides; what is told at its end may change meanwhile
  useEffect(() => {
    if (!jobId) return;
    const left = new AbortController();
    const follow = async () => {
      let last: JobProgress | null = null;
      for await (const state of followOwnJob(jobId, left.signal)) {
        const seen = { ...state, etaMs: state.eta_ms, errorCode: state.error?.code ?? null };
        last = seen;
        // a second try starts over on the server; what was shown stays
        setJob((former) => ({ ...seen, progress: Math.max(former.progress, seen.progress) }));
      }
      if (!left.signal.aborted) whenEnded(last);
    };
    setJob(start);
    follow().catch(() => {
      if (!left.signal.aborted) whenEnded(null);
    });
    return () => left.abort();
  }, [jobId]);
  return job;
}
