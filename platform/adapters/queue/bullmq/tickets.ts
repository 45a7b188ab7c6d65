import { Queue as BullQueue } from "bullmq";
import type { TryOnJob } from "../../../core/model.ts";
import type { QueueDepth, Store } from "../../../core/ports.ts";
import type { RedisLink } from "../../redis/connect-redis.ts";

export const queueName = "try-ons";
export const prefix = "trailroom";

/** BullMQ's largest number; smaller ones go first */
const lastPriority = 2 ** 21;

/** All that Redis is told of a job: "this one may run". Losing it loses nothing, the row is the truth. */
export interface Ticket {
  jobId: string;
}

async function openQueue(connection: RedisLink["commands"]) {
  if (connection.status !== "ready") throw new Error("Redis is away"); // BullMQ would wait for it
  const queue = new BullQueue<Ticket>(queueName, { connection, prefix });
  queue.on("error", () => {}); // the link tells the log
  try {
    await queue.waitUntilReady();
    return queue;
  } catch (error) {
    queue.close().catch(() => {});
    throw error;
  }
}

/**
 * Hands out one ticket per wait of a job. Its name holds the time that the row waits for, so the same wait told twice
 * is one ticket, and a job put back while its old ticket is still out gets a new one.
 */
export function createTickets({ commands }: Pick<RedisLink, "commands">, store: Store) {
  let opened: Promise<BullQueue<Ticket>> | null = null;
  /** BullMQ's queue; one whose first commands failed stays broken for ever, so the next caller makes another. */
  const open = () => {
    opened ??= openQueue(commands).catch((error) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  open().catch(() => {}); // before the first shopper waits for it

  /** Accounts take turns: an account's n-th job comes after everybody's (n − 1)-th. What has been begun comes first. */
  const turnOf = async ({ user_id, started_at }: TryOnJob) => {
    if (started_at) return 1;
    const { queued, processing } = await store.tryOnJobs.countActive(user_id);
    return queued + processing;
  };

  return {
    add: async (jobId: string, runAfter: Date, now: Date, turn?: number) => {
      const queue = await open();
      const ticketId = `${jobId}_${runAfter.getTime()}`;
      if ((await commands.exists(queue.toKey(ticketId))) > 0) return;
      const job = await store.tryOnJobs.findById(jobId);
      if (!job) return;
      await queue.add(
        "run",
        { jobId },
        {
          jobId: ticketId,
          delay: Math.max(0, runAfter.getTime() - now.getTime()),
          priority: Math.min(lastPriority, Math.max(1, turn ?? (await turnOf(job)))),
          removeOnComplete: true,
          removeOnFail: true,
        },
      );
    },
    depth: async (): Promise<QueueDepth> => {
      const counts = await (await open()).getJobCounts("waiting", "prioritized", "delayed", "active");
      const { waiting = 0, prioritized = 0, delayed = 0, active = 0 } = counts;
      return { waiting: waiting + prioritized, delayed, active };
    },
  };
}
