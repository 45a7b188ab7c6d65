import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute } from "@hono/zod-openapi";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer, jsonBody } from "../json-content.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { limitSmallBody } from "../middleware/limit-body.ts";
import { sessionRefusals as refused, sessionSecurity } from "../security.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { settingsExample, settingsPatchSchema, settingsSchema, toSettingsShape } from "./settings-shape.ts";

const base = { path: "/users/me/settings", tags: ["Account"], security: sessionSecurity };
const answer = jsonAnswer("The settings", settingsSchema, settingsExample);

const readRoute = createRoute({
  ...base,
  method: "get",
  summary: "Read the settings",
  responses: { 200: answer, ...errorResponses(...refused) },
});
const changeRoute = createRoute({
  ...base,
  method: "patch",
  summary: "Change settings; what is not named stays",
  request: { body: jsonBody(settingsPatchSchema, { daily_key_budget: 200, widget_look: { accent: "#14614a" } }) },
  responses: { 200: answer, ...errorResponses(...refused, "request_too_large") },
});

/** GET and PATCH /users/me/settings */
export function addSettingsEndpoints(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const middleware = [authenticate(services, "J"), limitSmallBody];
  app.openapi(createRoute({ ...readRoute, middleware }), async (c) =>
    c.json(toSettingsShape(await services.accounts.getSettings(c.get("caller").user.id)), 200),
  );
  app.openapi(createRoute({ ...changeRoute, middleware }), async (c) => {
    const settings = await services.accounts.updateSettings(c.get("caller").user.id, c.req.valid("json"));
    return c.json(toSettingsShape(settings), 200);
  });
}
