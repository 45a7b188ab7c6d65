import { RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import type { RateLimit, RateLimiter } from "../../core/ports.ts";
import type { RedisLink } from "../redis/connect-redis.ts";
import { rateLimitState } from "./rate-limit-state.ts";

/**
 * Fixed windows counted in Redis, exact over all processes. While Redis is away each process counts for itself:
 * a limit is then looser by the number of processes, but never gone.
 */
export function createRedisRateLimiter({ commands }: Pick<RedisLink, "commands">): RateLimiter {
  const limiters = new Map<string, RateLimiterRedis>();
  const limiterOf = ({ name, points, windowS }: RateLimit) => {
    const id = `${name}:${points}:${windowS}`;
    const known = limiters.get(id);
    if (known) return known;
    const made = new RateLimiterRedis({
      storeClient: commands,
      keyPrefix: `trailroom:limit:${name}`,
      points,
      duration: windowS,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration: windowS }),
    });
    limiters.set(id, made);
    return made;
  };
  return {
    consume: (limit, key, cost = 1) => rateLimitState(limit, limiterOf(limit).consume(key, cost)),
    refund: async (limit, key, cost = 1) => {
      await limiterOf(limit).reward(key, cost);
    },
  };
}
