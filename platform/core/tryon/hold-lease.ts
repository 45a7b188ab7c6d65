import type { TryOnDeps } from "./deps.ts";

/** Renews a job's lease until released; `signal` aborts when it was lost, a cancel was asked for, or the process shuts down. */
export function holdLease({ store, clock, settings, holder, log }: TryOnDeps, jobId: string, shutdown?: AbortSignal) {
  const controller = new AbortController();
  let lost = false;

  const lose = () => {
    lost = true;
    controller.abort();
  };

  const renew = async () => {
    const now = clock.now();
    const until = new Date(now.getTime() + settings.leaseMs);
    try {
      const row = await store.tryOnJobs.renewLease(jobId, holder, now, until);
      if (!row) lose();
    } catch (error) {
      // the store may be back before the lease ends; completing checks the lease in any case
      log.warn({ job_id: jobId, error: String(error) }, "lease not renewed");
    }
  };
  const timer = setInterval(() => void renew(), settings.renewLeaseMs);

  return {
    signal: shutdown ? AbortSignal.any([controller.signal, shutdown]) : controller.signal,
    isLost: () => lost,
    /** somebody found out by another way that the job is no longer ours */
    lose,
    release: () => clearInterval(timer),
  };
}

export type Lease = ReturnType<typeof holdLease>;
