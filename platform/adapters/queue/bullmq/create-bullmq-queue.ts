import type { Clock, Logger, Queue, Store } from "../../../core/ports.ts";
import type { RedisLink } from "../../redis/connect-redis.ts";
import { createEmbeddedQueue } from "../create-embedded-queue.ts";
import type { Slots } from "../create-slots.ts";
import { createSlots } from "../create-slots.ts";
import { settledWithin } from "../settled-within.ts";
import type { TicketWorker } from "./start-ticket-worker.ts";
import { startTicketWorker } from "./start-ticket-worker.ts";
import { createTickets } from "./tickets.ts";

/** how long Redis may be away before the workers look into the store themselves */
const patienceMs = 2_000;
const restartMs = 1_000;

interface BullmqQueueOptions {
  link: RedisLink;
  store: Store;
  clock: Clock;
  runningPerAccount: number;
  log: Logger;
  /** how long a dead worker's ticket stays its own; as the store's lease by default */
  holdMs?: number;
}

/** Calls back when Redis goes, when it has been away for a while, and when it is there again. */
function watchLink({ commands }: RedisLink, on: { lost: () => void; away: () => void; back: () => void }) {
  let patience: NodeJS.Timeout | undefined;
  const lost = () => {
    if (patience) return; // a failed attempt to come back
    patience = setTimeout(on.away, patienceMs);
    on.lost();
  };
  const back = () => {
    clearTimeout(patience);
    patience = undefined;
    on.back();
  };
  commands.on("close", lost).on("ready", back);
  return () => {
    clearTimeout(patience);
    commands.off("close", lost).off("ready", back);
  };
}

/**
 * The queue of a fleet: tickets in Redis tell any worker that a job may run; the rows and their leases in the store
 * stay the truth. While Redis is away the workers look into the store themselves, as an embedded queue does.
 */
export function createBullmqQueue(options: BullmqQueueOptions): Queue {
  const { link, store, clock, runningPerAccount, log, holdMs = 30_000 } = options;
  const tickets = createTickets(link, store);
  const standby = createEmbeddedQueue({ store, clock, runningPerAccount, log });
  const running = new Set<Promise<void>>();
  let worker: TicketWorker | null = null;
  let unwatch: () => void = () => {};
  let isStopping = false;

  const runIn = (slots: Slots, handler: (jobId: string) => Promise<void>) => async (jobId: string) => {
    const run = slots
      .use(async () => {
        if (!isStopping) await handler(jobId);
      })
      .catch((error: unknown) => log.error({ job_id: jobId, error: String(error) }, "job handler failed"));
    running.add(run);
    await run.finally(() => running.delete(run));
  };

  return {
    enqueue: (jobId, runAfter, turn) => tickets.add(jobId, runAfter, clock.now(), turn),
    start: (handler, concurrency) => {
      // shared by tickets and standby: around a loss of Redis both have jobs in hand
      const run = runIn(createSlots(concurrency), handler);
      const startWorker = () => {
        if (worker || isStopping || !link.isUp()) return;
        const onDead = () => {
          worker = null;
          setTimeout(startWorker, restartMs).unref();
        };
        worker = startTicketWorker({ link, store, runningPerAccount, concurrency, holdMs, log, run, onDead });
      };
      startWorker();
      unwatch = watchLink(link, {
        // a BullMQ worker does not come through every loss of its connection: a new one does
        lost: () => {
          void worker?.close(true);
          worker = null;
        },
        away: () => standby.start(run, concurrency),
        back: () => {
          void standby.stop(0);
          startWorker();
        },
      });
    },
    stop: async (graceMs) => {
      isStopping = true;
      unwatch();
      await Promise.all([worker?.pause(), standby.stop(0)]);
      if (!(await settledWithin(running, graceMs))) return false;
      await worker?.close();
      worker = null;
      return true;
    },
    depth: tickets.depth,
  };
}
