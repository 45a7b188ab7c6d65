import type { Logger, Queue, Store } from "../../core/ports.ts";
import { createTurns } from "./create-turns.ts";
import { settledWithin } from "./settled-within.ts";

/** how far a look reaches past what can start now, to find who else is waiting */
const accountsSeen = 16;

interface EmbeddedQueueOptions {
  store: Store;
  clock: { now(): Date };
  runningPerAccount: number;
  log: Logger;
  /** how often the store is asked without being woken */
  pollMs?: number;
}

/** Runs `act` when poked, one at a time; pokes during a run make one more run. */
function coalesced(act: () => Promise<void>, onError: (error: unknown) => void) {
  let running: Promise<void> | null = null;
  let isPoked = false;
  const poke = () => {
    isPoked = true;
    running ??= drain().finally(() => {
      running = null;
      if (isPoked) poke(); // poked between the last look and now
    });
  };
  const drain = async () => {
    while (isPoked) {
      isPoked = false;
      await act().catch(onError);
    }
  };
  return { poke, settled: async () => running ?? undefined };
}

/** Timers that can be called off together. */
function createTimers() {
  const timers = new Set<NodeJS.Timeout>();
  return {
    after: (ms: number, act: () => void) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        act();
      }, ms);
      timers.add(timer);
    },
    clear: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** The queue of one process. The jobs' rows are the queue itself: nothing is lost with the process. */
export function createEmbeddedQueue(options: EmbeddedQueueOptions): Queue {
  const { store, clock, runningPerAccount, log, pollMs = 1_000 } = options;
  const running = new Map<string, Promise<void>>();
  const turns = createTurns();
  const timers = createTimers();
  let handler: ((jobId: string) => Promise<void>) | null = null;
  let concurrency = 0;

  const start = (jobId: string, handle: (jobId: string) => Promise<void>) => {
    const run = handle(jobId)
      .catch((error: unknown) => log.error({ job_id: jobId, error: String(error) }, "job handler failed"))
      .finally(() => {
        running.delete(jobId);
        look();
      });
    running.set(jobId, run);
  };

  const fill = async () => {
    const free = concurrency - running.size;
    const handle = handler;
    if (!handle || free <= 0) return;
    // jobs just handed out may not be claimed in the store yet: ask for more
    const limit = free + running.size + accountsSeen;
    const ids = await store.tryOnJobs.listClaimable(clock.now(), limit, runningPerAccount);
    const waiting = ids.filter((id) => !running.has(id));
    const jobs = (await Promise.all(waiting.map(store.tryOnJobs.findById))).filter((job) => job !== null);
    if (handler !== handle) return; // stopped meanwhile
    while (running.size < concurrency) {
      const job = turns.takeNext(jobs);
      if (!job) return;
      start(job.id, handle);
    }
  };

  const { poke: look, settled } = coalesced(fill, (error) => {
    log.warn({ error: String(error) }, "queue could not look for jobs");
  });

  let poll: NodeJS.Timeout | undefined;
  return {
    enqueue: async (_jobId, runAfter) => {
      const waitMs = runAfter.getTime() - clock.now().getTime();
      if (waitMs <= 0) look();
      else timers.after(waitMs, look);
    },
    start: (handle, atOnce) => {
      handler = handle;
      concurrency = atOnce;
      poll = setInterval(look, pollMs);
      look();
    },
    stop: async (graceMs) => {
      handler = null;
      clearInterval(poll);
      timers.clear();
      await settled();
      return settledWithin(running.values(), graceMs);
    },
    depth: async () => {
      const { queued, processing } = await store.tryOnJobs.countByStatus();
      return { waiting: queued, delayed: 0, active: processing };
    },
  };
}
