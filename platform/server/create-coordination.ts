import { createMemoryEventBus } from "../adapters/events/create-memory-event-bus.ts";
import { createRedisEventBus } from "../adapters/events/create-redis-event-bus.ts";
import { createMemoryRateLimiter } from "../adapters/limits/create-memory-rate-limiter.ts";
import { createRedisRateLimiter } from "../adapters/limits/create-redis-rate-limiter.ts";
import { createBullmqQueue } from "../adapters/queue/bullmq/create-bullmq-queue.ts";
import { createEmbeddedQueue } from "../adapters/queue/create-embedded-queue.ts";
import { connectRedis } from "../adapters/redis/connect-redis.ts";
import type { Clock, Logger, Store } from "../core/ports.ts";
import type { Config } from "./config.ts";
import { unusable } from "./unusable.ts";

/** How processes work together: queue, events and limits in Redis when REDIS_URL is set, else within this process. */
export async function createCoordination(config: Config, parts: { store: Store; clock: Clock; log: Logger }) {
  const queueParts = { ...parts, runningPerAccount: config.bounds.tryOns.runningPerAccount };
  if (!config.redisUrl) {
    return {
      redis: null,
      queue: createEmbeddedQueue(queueParts),
      events: createMemoryEventBus(),
      limiter: createMemoryRateLimiter(),
    };
  }
  const redis = await connectRedis({ url: config.redisUrl, log: parts.log }).catch((error: Error) => {
    throw unusable(error.message, error);
  });
  return {
    redis,
    queue: createBullmqQueue({ ...queueParts, link: redis }),
    events: createRedisEventBus(redis),
    limiter: createRedisRateLimiter(redis),
  };
}
