import { randomUUID } from "node:crypto";
import type { EventBus } from "../../core/ports.ts";
import type { RedisLink } from "../redis/connect-redis.ts";
import { createMemoryEventBus } from "./create-memory-event-bus.ts";

/** stands where a job's id does, when every listener is to look again */
const all = "*";

/**
 * Tells listeners in every process that a job's row has changed, over one Redis channel. Listeners here hear at once
 * and whether Redis is there or not; who listens elsewhere polls meanwhile, and is woken when Redis is back.
 * Publishing and listening are two connections that come back each in its own time: what could not be published is
 * made up for by one call to all.
 */
export function createRedisEventBus(link: Pick<RedisLink, "commands" | "open">): EventBus {
  const { commands } = link;
  const here = createMemoryEventBus();
  const listening = new Set<string>();
  const self = randomUUID();
  // channels are not apart by database number as keys are
  const channel = `trailroom:${commands.options.db ?? 0}:job-changed`;
  const subscriber = link.open();
  let isSubscribed = false;
  let isOwing = false;

  const wakeAll = () => {
    for (const jobId of listening) here.publish(jobId);
  };
  const publish = (words: string) => {
    commands.publish(channel, `${self} ${words}`).catch(() => {
      isOwing = true;
    });
  };

  commands.on("ready", () => {
    if (!isOwing) return;
    isOwing = false;
    publish(all);
  });
  subscriber.on("ready", () => {
    subscriber.subscribe(channel).then(
      () => {
        isSubscribed = true;
        wakeAll(); // what was told meanwhile is lost
      },
      () => {}, // closed again: the next "ready" comes
    );
  });
  subscriber.on("close", () => {
    isSubscribed = false;
  });
  subscriber.on("message", (_channel: string, message: string) => {
    const [sender, jobId = ""] = message.split(" ");
    if (sender === self) return;
    if (jobId === all) wakeAll();
    else here.publish(jobId);
  });

  return {
    publish: (jobId) => {
      here.publish(jobId);
      publish(jobId);
    },
    subscribe: (jobId, listener) => {
      const leave = here.subscribe(jobId, listener);
      listening.add(jobId);
      return () => {
        leave();
        if (here.listenerCount(jobId) === 0) listening.delete(jobId);
      };
    },
    listenerCount: here.listenerCount,
    hearsOthers: () => isSubscribed,
  };
}
