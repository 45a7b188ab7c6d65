import { createMiddleware } from "hono/factory";
import { v7 as uuidv7 } from "uuid";
import { ipBucket } from "../../core/access/ip-bucket.ts";
import { AppError } from "../../core/errors.ts";
import { clientIp } from "../client-ip.ts";
import { toAppError } from "../error-answer.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { isPreflight } from "./cors.ts";
import { tellLimit } from "./tell-limit.ts";

/** Request id, client address, timing, and headers that every answer carries. */
export const requestBasics = ({ trustProxyHops, observe }: ApiServices) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const started = performance.now();
    const requestId = c.get("requestId") ?? uuidv7();
    c.set("requestId", requestId);
    c.set("ip", clientIp(c, trustProxyHops));
    await next();
    c.header("X-Request-Id", requestId);
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
    const code = c.error ? toAppError(c.error).code : null;
    const seconds = (performance.now() - started) / 1000;
    observe({ requestId, route: c.req.routePath, method: c.req.method, status: c.res.status, seconds, code });
  });

/** Names under which somebody may try to send a key or token in the address, where logs and histories would keep it. */
const secretNames =
  /^(x-)?((api|secret|publishable)-?key|key|(job|access|refresh|id)-?token|token|secret|password|authorization|auth|bearer)$/;
const isSecretName = (name: string) => secretNames.test(name.toLowerCase().replaceAll("_", "-"));

/** Counts the request against its address (a preflight is told, not counted); keys and tokens in a query are refused before anything looks at them. */
export const requestLimits = ({ limiter, limits }: ApiServices) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const state = await limiter.consume(limits.ip, ipBucket(c.get("ip")), isPreflight(c) ? 0 : 1);
    tellLimit(c, state);
    if (isPreflight(c)) return next();
    if (!state.allowed) throw new AppError("rate_limited", { retryAfterS: state.resetS });
    if (Object.keys(c.req.query()).some(isSecretName)) {
      throw new AppError("invalid_request", { details: { query: "keys and tokens go in headers" } });
    }
    await next();
  });
