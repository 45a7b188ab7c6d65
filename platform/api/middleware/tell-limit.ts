import type { Context } from "hono";
import type { RateLimitState } from "../../core/ports.ts";
import type { ApiEnv } from "../services.ts";

/** RateLimit-* headers: of the limits that count a request, the one that is nearest to its end. */
export function tellLimit(c: Context<ApiEnv>, state: RateLimitState) {
  const told = c.get("rateLimit");
  if (told && state.allowed && told.remaining <= state.remaining) return;
  c.set("rateLimit", state);
  c.header("RateLimit-Limit", String(state.limit));
  c.header("RateLimit-Remaining", String(state.remaining));
  c.header("RateLimit-Reset", String(state.resetS));
}
