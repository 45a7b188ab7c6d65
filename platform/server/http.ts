import path from "node:path";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { createApi, describeApi } from "../api/app.ts";
import { clientIp } from "../api/client-ip.ts";
import { limitBody } from "../api/middleware/limit-body.ts";
import type { ApiEnv, ApiServices } from "../api/services.ts";
import type { ApiDocument } from "../app/docs/api/open-api.ts";
import { assertSameOrigin } from "../core/auth/assert-same-origin.ts";
import { AppError, errorTable } from "../core/errors.ts";
import type { Services } from "./build-services.ts";
import { createPages } from "./create-pages.ts";
import { createDevOutbox } from "./dev-outbox.ts";
import { everyAnswer } from "./every-answer.ts";
import { createHealthRoutes } from "./health.ts";
import { createStaticFiles } from "./static-files.ts";

const platformFolder = path.dirname(import.meta.dirname);

/** Made when it is first asked for. */
function once<T>(make: () => T) {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Everything that answers HTTP: health, the API, the widget's files, then the pages. */
export async function createHttp(services: Services, version: string, shutdown: AbortSignal) {
  const { config, metrics, log } = services;
  const api: ApiServices = {
    ...services,
    publicUrl: config.publicUrl,
    version,
    trustProxyHops: config.trustProxyHops,
    shutdown,
    observe: ({ requestId, route, method, status, seconds, code }) => {
      metrics.requests.observe({ route, method, status: String(status) }, seconds);
      if (code) metrics.errors.inc({ route, code });
      const ms = Math.round(seconds * 1000);
      log.info(
        { stream: "access", request_id: requestId, route, method, status, ms, ...(code && { code }) },
        "request",
      );
    },
  };
  const restApi = createApi(api);
  const openApi = once(() => restApi.getOpenAPI31Document(describeApi(api)) as unknown as ApiDocument);
  const pages = await createPages(services, { version, shutdown, openApi });
  const app = new Hono<ApiEnv>();
  app.use("*", everyAnswer(api));
  app.route("/", createHealthRoutes(services, version));
  app.route("/api/v1", restApi);
  if (services.mailOutbox) app.route("/", createDevOutbox(services.mailOutbox));
  app.route(
    "/",
    createStaticFiles({
      widget: path.join(platformFolder, "..", "widget", "dist"),
      shared: path.join(platformFolder, "public"),
      pages: path.join(platformFolder, "build", "client"),
    }),
  );
  // a page carries the token of its session, but SameSite=Lax keeps others from having it asked for again and again (BREACH)
  app.all("*", compress(), limitBody(services), (c) => {
    // once for every action there is or will be; each checks its session's token besides
    assertSameOrigin(c.req.method, c.req.raw.headers, config.publicUrl);
    return pages(c.req.raw, clientIp(c, config.trustProxyHops));
  });
  app.onError((error, c) => {
    if (error instanceof AppError) return c.text(error.message, errorTable[error.code].status as 403);
    log.error(
      { stream: "error", request_id: c.get("requestId"), error: error.stack ?? String(error) },
      "request failed",
    );
    return c.text("Something went wrong on our side.", 500);
  });
  return app;
}
