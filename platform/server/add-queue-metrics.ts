import type { Registry } from "prom-client";
import { Gauge } from "prom-client";
import type { RedisLink } from "../adapters/redis/connect-redis.ts";
import type { Queue } from "../core/ports.ts";

/** What the queue holds, and whether Redis is there; while it is away the depth is not told. */
export function addQueueMetrics(registry: Registry, { queue, redis }: { queue: Queue; redis: RedisLink | null }) {
  new Gauge({
    name: "trailroom_queue_depth",
    help: "What the queue holds, by state",
    labelNames: ["state"],
    registers: [registry],
    async collect() {
      this.reset();
      const depth = await queue.depth().catch(() => null);
      for (const [state, jobs] of Object.entries(depth ?? {})) this.set({ state }, jobs);
    },
  });
  if (!redis) return;
  new Gauge({
    name: "trailroom_redis_up",
    help: "1 while Redis can be used",
    registers: [registry],
    collect() {
      this.set(redis.isUp() ? 1 : 0);
    },
  });
}
