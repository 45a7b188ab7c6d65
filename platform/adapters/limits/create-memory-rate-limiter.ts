import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimit, RateLimiter, RateLimitState } from "../../core/ports.ts";

const stateOf = (limit: RateLimit, result: RateLimiterRes, allowed: boolean): RateLimitState => ({
  allowed,
  limit: limit.points,
  remaining: Math.max(0, result.remainingPoints),
  resetS: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
});

/** Fixed windows counted in this process. */
export function createMemoryRateLimiter(): RateLimiter {
  const limiters = new Map<string, RateLimiterMemory>();
  const limiterOf = ({ name, points, windowS }: RateLimit) => {
    const id = `${name}:${points}:${windowS}`;
    const known = limiters.get(id);
    if (known) return known;
    const made = new RateLimiterMemory({ keyPrefix: name, points, duration: windowS });
    limiters.set(id, made);
    return made;
  };
  return {
    consume: async (limit, key, cost = 1) => {
      try {
        return stateOf(limit, await limiterOf(limit).consume(key, cost), true);
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return stateOf(limit, refused, false);
        throw refused;
      }
    },
    refund: async (limit, key, cost = 1) => {
      await limiterOf(limit).reward(key, cost);
    },
  };
}
