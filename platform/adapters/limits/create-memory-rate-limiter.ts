import { RateLimiterMemory } from "rate-limiter-flexible";
import type { RateLimit, RateLimiter } from "../../core/ports.ts";
import { rateLimitState } from "./rate-limit-state.ts";

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
    consume: (limit, key, cost = 1) => rateLimitState(limit, limiterOf(limit).consume(key, cost)),
    refund: async (limit, key, cost = 1) => {
      await limiterOf(limit).reward(key, cost);
    },
  };
}
