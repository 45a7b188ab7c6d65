import type { Job } from "bullmq";
import { DelayedError, Worker } from "bullmq";
import type { Logger, Store } from "../../../core/ports.ts";
import type { RedisLink } from "../../redis/connect-redis.ts";
import { settledWithin } from "../settled-within.ts";
import type { Ticket } from "./tickets.ts";
import { prefix, queueName } from "./tickets.ts";

/** how soon a job of an account with all its jobs running is looked at again */
const fullAccountMs = 500;
const closeMs = 2_000;

interface TicketWorkerOptions {
  link: Pick<RedisLink, "open" | "isUp">;
  store: Store;
  runningPerAccount: number;
  concurrency: number;
  /** how long a ticket is held by a worker that gives no sign of life */
  holdMs: number;
  log: Logger;
  run: (jobId: string) => Promise<void>;
  /** It will take no more tickets: another one must. */
  onDead: () => void;
}

/** Whether the account of this job has as many jobs running as it may. The claim itself is the store's matter. */
async function isAccountFull(store: Store, jobId: string, runningPerAccount: number) {
  const job = await store.tryOnJobs.findById(jobId);
  if (job?.status !== "queued") return false;
  return (await store.tryOnJobs.countActive(job.user_id)).processing >= runningPerAccount;
}

/** Takes tickets out of Redis and runs their jobs. A ticket whose worker died goes to another; a run too many does nothing. */
export function startTicketWorker(options: TicketWorkerOptions) {
  const { link, store, runningPerAccount, concurrency, holdMs, log, run, onDead } = options;
  const process = async (ticket: Job<Ticket>, token?: string) => {
    const { jobId } = ticket.data;
    if (await isAccountFull(store, jobId, runningPerAccount)) {
      await ticket.moveToDelayed(Date.now() + fullAccountMs, token);
      throw new DelayedError();
    }
    await run(jobId);
  };
  const connection = link.open();
  const worker = new Worker<Ticket>(queueName, process, {
    connection,
    prefix,
    concurrency,
    autorun: false,
    // a ticket comes back as often as its worker dies: the store counts the tries
    maxStalledCount: 1_000,
    lockDuration: holdMs,
    stalledInterval: holdMs / 2,
    runRetryDelay: 1_000,
  });
  worker.on("error", (error) => {
    if (link.isUp()) log.warn({ dependency: "redis", error: error.message }, "queue worker");
  });
  let isClosed = false;
  const close = async (isForced = false) => {
    isClosed = true;
    const closing = worker.close(isForced).catch(() => {});
    await settledWithin([closing], isForced ? 0 : closeMs);
    connection.disconnect();
  };
  // BullMQ remembers for ever that its first commands failed
  Promise.all([worker.waitUntilReady(), worker.run()]).catch(() => {
    if (isClosed) return;
    void close(true);
    onDead();
  });
  return {
    /** Takes no more tickets; what runs goes on. */
    pause: () => worker.pause(true),
    /** Gives up the connections. Tickets still out go to others. */
    close,
  };
}

export type TicketWorker = ReturnType<typeof startTicketWorker>;
