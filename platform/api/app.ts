import { OpenAPIHono } from "@hono/zod-openapi";
import { AppError } from "../core/errors.ts";
import { addGoogleEndpoints } from "./auth/google-endpoints.ts";
import { addMailEndpoints } from "./auth/mail-endpoints.ts";
import { addMfaEndpoints } from "./auth/mfa-endpoints.ts";
import { addSessionEndpoints } from "./auth/session-endpoints.ts";
import { addSignInEndpoints } from "./auth/sign-in-endpoints.ts";
import { addCreditEndpoints } from "./credits/credit-endpoints.ts";
import { answerError } from "./error-answer.ts";
import { addKeyEndpoints } from "./keys/key-endpoints.ts";
import { cors, preflight } from "./middleware/cors.ts";
import { requestBasics, requestLimits } from "./middleware/request-basics.ts";
import type { ApiEnv, ApiServices } from "./services.ts";
import { addCheckImages } from "./tryon/check-images.ts";
import { addJobEndpoints } from "./tryon/job-endpoints.ts";
import { addListHistory } from "./tryon/list-history.ts";
import { addReadResult } from "./tryon/read-result.ts";
import { addRequestTryOn } from "./tryon/request-try-on.ts";
import { addStreamEvents } from "./tryon/stream-events.ts";
import { addSettingsEndpoints } from "./users/settings-endpoints.ts";
import { addUserEndpoints } from "./users/user-endpoints.ts";
import { addWidgetConfig } from "./widget/widget-config.ts";

const schemes = {
  session: { type: "http", scheme: "bearer", description: "Access token of a signed-in merchant" },
  secretKey: { type: "apiKey", in: "header", name: "x-api-key", description: "Secret key: servers only" },
  publishableKey: { type: "apiKey", in: "header", name: "x-publishable-key", description: "Publishable key: browsers" },
  jobToken: {
    type: "apiKey",
    in: "header",
    name: "x-job-token",
    description: "What POST /tryon returned for that one job",
  },
} as const;

/** The head of the OpenAPI document. */
export const describeApi = ({ version, publicUrl }: Pick<ApiServices, "version" | "publicUrl">) => ({
  openapi: "3.1.0",
  info: { title: "TrailRoom", version, description: "Try-on for any shop's product page." },
  servers: [{ url: `${publicUrl}/api/v1` }],
});

/** The REST API: mount it at /api/v1. */
export function createApi(services: ApiServices) {
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      // names of fields only: a message never repeats the input
      const fields = result.error.issues.map((issue) => [issue.path.join(".") || "body", issue.code]);
      throw new AppError("invalid_request", { details: Object.fromEntries(fields) });
    },
  });
  app.use(requestBasics(services), cors(services), requestLimits(services), preflight(services));
  // the order matters: /tryon/history before /tryon/:jobId
  addRequestTryOn(app, services);
  addCheckImages(app, services);
  addListHistory(app, services);
  addJobEndpoints(app, services);
  addStreamEvents(app, services);
  addReadResult(app, services);
  addCreditEndpoints(app, services);
  addWidgetConfig(app, services);
  addSignInEndpoints(app, services);
  addMailEndpoints(app, services);
  addSessionEndpoints(app, services);
  addGoogleEndpoints(app, services);
  addMfaEndpoints(app, services);
  addKeyEndpoints(app, services);
  addUserEndpoints(app, services);
  addSettingsEndpoints(app, services);
  for (const [name, scheme] of Object.entries(schemes)) {
    app.openAPIRegistry.registerComponent("securitySchemes", name, scheme);
  }
  app.doc31("/openapi.json", describeApi(services));
  // the reference is a page like any other
  app.get("/docs", (c) => c.redirect(`${services.publicUrl}/docs/api`));
  app.onError((error, c) => answerError(c, services, error));
  answerUnknownPaths(app, services);
  return app;
}

/** A path that exists under another method is 405, everything else 404. */
function answerUnknownPaths(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const known = [...new Set(app.routes.filter((route) => route.method !== "ALL").map((route) => route.path))];
  const patterns = known.map((path) => new RegExp(`^${path.replace(/:[^/]+/g, "[^/]+")}$`));
  // a route of its own: a mounted app's notFound is never asked
  app.all("*", (c) => {
    const path = c.req.path.replace(/^\/api\/v1/, "");
    const code = patterns.some((pattern) => pattern.test(path)) ? "method_not_allowed" : "not_found";
    return answerError(c, services, new AppError(code));
  });
}
