import { createMiddleware } from "hono/factory";
import { v7 as uuidv7 } from "uuid";
import type { ApiEnv, ApiServices } from "../api/services.ts";

const anyPath = /^\/?\*$/;

/** What every answer of ours carries: request id and security headers. Tells of those that the API does not tell of itself. */
export const everyAnswer = ({ publicUrl, observe }: Pick<ApiServices, "publicUrl" | "observe">) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const started = performance.now();
    const requestId = uuidv7();
    c.set("requestId", requestId);
    await next();
    c.header("X-Request-Id", requestId);
    c.header("X-Content-Type-Options", "nosniff");
    c.header("X-Frame-Options", "DENY");
    if (!c.res.headers.has("Referrer-Policy")) c.header("Referrer-Policy", "strict-origin-when-cross-origin");
    if (publicUrl.startsWith("https:")) {
      c.header("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
    if (c.req.path.startsWith("/api/v1")) return;
    // files and pages have as many paths as anybody likes to ask for
    const route = anyPath.test(c.req.routePath) ? "files and pages" : c.req.routePath;
    const seconds = (performance.now() - started) / 1000;
    observe({ requestId, route, method: c.req.method, status: c.res.status, seconds, code: null });
  });
