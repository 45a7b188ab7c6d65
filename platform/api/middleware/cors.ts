import { createMiddleware } from "hono/factory";
import { originCandidates } from "../../core/api-keys/match-origin.ts";
import type { ApiEnv, ApiServices } from "../services.ts";

const allowHeaders = "content-type, x-publishable-key, x-job-token, idempotency-key, last-event-id";
const exposeHeaders =
  "x-request-id, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, idempotent-replayed";
const preflightSeconds = "600";

/** Preflights are answered for any origin that some active key lists; the request itself is held to its own key. Never with credentials. */
export const cors = ({ store }: ApiServices) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const origin = c.req.header("origin");
    const isPreflight = c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined;
    if (isPreflight) {
      const isKnown = origin !== undefined && (await store.apiKeys.anyActiveWithOrigin(originCandidates(origin)));
      const headers = new Headers({ Vary: "Origin" });
      if (isKnown && origin) {
        headers.set("Access-Control-Allow-Origin", origin);
        headers.set("Access-Control-Allow-Methods", "GET, POST, DELETE");
        headers.set("Access-Control-Allow-Headers", allowHeaders);
        headers.set("Access-Control-Max-Age", preflightSeconds);
      }
      return new Response(null, { status: 204, headers });
    }
    await next();
    c.header("Vary", "Origin", { append: true });
    const isOpen = c.res.headers.get("Access-Control-Allow-Origin") === "*";
    // a page may read an answer, errors included, when its own origin is one that keys list
    if (origin && !isOpen && (await store.apiKeys.anyActiveWithOrigin(originCandidates(origin)))) {
      c.header("Access-Control-Allow-Origin", origin);
      c.header("Access-Control-Expose-Headers", exposeHeaders);
    }
    return;
  });
