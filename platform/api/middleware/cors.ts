import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { originCandidates } from "../../core/api-keys/match-origin.ts";
import { AppError } from "../../core/errors.ts";
import type { ApiEnv, ApiServices } from "../services.ts";

const allowHeaders =
  "content-type, x-publishable-key, x-job-token, x-preview-token, x-shopper-session, idempotency-key, last-event-id";
const exposeHeaders =
  "x-request-id, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, idempotent-replayed";
const preflightSeconds = "600";

export const isPreflight = (c: Context) =>
  c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined;

const isListed = async ({ store }: ApiServices, origin: string | undefined) =>
  origin !== undefined && (await store.apiKeys.anyActiveWithOrigin(originCandidates(origin)));

/** Answers preflights: any origin that some active key lists is echoed; the request itself is held to its own key. */
export const preflight = (services: ApiServices) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    if (!isPreflight(c)) return next();
    const origin = c.req.header("origin");
    if (origin !== undefined && (await isListed(services, origin))) {
      c.header("Access-Control-Allow-Origin", origin);
      c.header("Access-Control-Allow-Methods", "GET, POST, DELETE");
      c.header("Access-Control-Allow-Headers", allowHeaders);
      c.header("Access-Control-Max-Age", preflightSeconds);
    }
    return c.body(null, 204);
  });

/** Whether the page that asked may read the answer. An error from before the key was known can be read by any listed origin. */
async function mayRead(c: Context<ApiEnv>, services: ApiServices, origin: string) {
  const caller = c.get("caller");
  if (caller?.kind === "publishable") return caller.origin === origin;
  if (c.error instanceof AppError && c.error.code === "origin_not_allowed") return false;
  // the store may be what failed: then the answer stands as it is
  return isListed(services, origin).catch(() => false);
}

/** Lets pages read answers, errors included; never with credentials. */
export const cors = (services: ApiServices) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    await next();
    c.header("Vary", "Origin", { append: true });
    const origin = c.req.header("origin");
    const isSettled = isPreflight(c) || c.res.headers.get("Access-Control-Allow-Origin") === "*";
    if (origin === undefined || isSettled || !(await mayRead(c, services, origin))) return;
    c.header("Access-Control-Allow-Origin", origin);
    c.header("Access-Control-Expose-Headers", exposeHeaders);
  });
