import { RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimit, RateLimitState } from "../../core/ports.ts";

const stateOf = (limit: RateLimit, result: RateLimiterRes, allowed: boolean): RateLimitState => ({
  allowed,
  limit: limit.points,
  remaining: Math.max(0, result.remainingPoints),
  resetS: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
});

/** What a consumed limit says: the library resolves when there was room and rejects with the same thing when not. */
export async function rateLimitState(limit: RateLimit, consumed: Promise<RateLimiterRes>): Promise<RateLimitState> {
  try {
    return stateOf(limit, await consumed, true);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return stateOf(limit, refused, false);
    throw refused;
  }
}
