import { createMiddleware } from "hono/factory";
import { v7 as uuidv7 } from "uuid";
import { ipBucket } from "../../core/access/ip-bucket.ts";
import { AppError } from "../../core/errors.ts";
import { clientIp } from "../client-ip.ts";
import type { ApiEnv, ApiServices } from "../services.ts";

/** Request id, client address, timing, and headers that every answer carries. */
export const requestBasics = ({ trustProxyHops, observe }: ApiServices) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const started = performance.now();
    const requestId = uuidv7();
    c.set("requestId", requestId);
    c.set("ip", clientIp(c, trustProxyHops));
    await next();
    c.header("X-Request-Id", requestId);
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
    const seconds = (performance.now() - started) / 1000;
    observe({ route: c.req.routePath, method: c.req.method, status: c.res.status, seconds });
  });

/** Counts the request against its address; keys and tokens in a query are refused before anything else looks at them. */
export const requestLimits = ({ limiter, limits }: ApiServices) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const names = ["api_key", "x-api-key", "key", "token", "access_token", "x-publishable-key", "x-job-token"];
    if (names.some((name) => c.req.query(name) !== undefined)) {
      throw new AppError("invalid_request", { details: { query: "keys and tokens go in headers" } });
    }
    const state = await limiter.consume(limits.ip, ipBucket(c.get("ip")));
    c.header("RateLimit-Limit", String(state.limit));
    c.header("RateLimit-Remaining", String(state.remaining));
    c.header("RateLimit-Reset", String(state.resetS));
    if (!state.allowed) throw new AppError("rate_limited", { retryAfterS: state.resetS });
    await next();
  });
