// The endpoints of a merchant's API keys.
import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import type { MadeApiKey } from "../../core/api-keys/create-key-service.ts";
import { clientOf } from "../client-of.ts";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer, jsonBody } from "../json-content.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { limitSmallBody } from "../middleware/limit-body.ts";
import { sessionRefusals as refused, sessionSecurity } from "../security.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import {
  keyExample,
  keyNameField,
  keySchema,
  keySettings,
  sessionSecretField,
  tellSessionSecret,
  toKeyShape,
} from "./key-shape.ts";

const base = { tags: ["API keys"], security: sessionSecurity };
const params = z.object({ keyId: z.string().max(64) });

const madeSchema = z
  .object({
    api_key: z.string().openapi({ description: "The key itself. A secret key is never shown again." }),
    ...keySchema.shape,
    ...sessionSecretField,
  })
  .openapi("NewApiKey");
const madeExample = { api_key: keyExample.public_value, ...keyExample };

const newKeySchema = z
  .object({
    name: keyNameField,
    kind: z.enum(["secret", "publishable"]).default("secret"),
    mode: z.enum(["live", "test"]).default("live"),
    allowed_origins: keySettings.allowed_origins.default([]),
    garment_hosts: keySettings.garment_hosts.default([]),
    daily_budget: keySettings.daily_budget.default(null),
    require_session: keySettings.require_session.default(false),
  })
  .openapi("KeyToMake");
const patchSchema = z
  .object({ name: keyNameField, ...keySettings })
  .partial()
  .openapi("KeyChange");
const changedSchema = keySchema.extend(sessionSecretField).openapi("ChangedKey");
const graceSchema = z.object({ grace_hours: z.number().int().min(0).max(24).default(24) }).openapi("KeyGrace");

const generateRoute = createRoute({
  ...base,
  method: "post",
  path: "/api-keys/generate",
  summary: "Make a key",
  request: {
    body: jsonBody(newKeySchema, {
      name: "My shop",
      kind: "publishable",
      mode: "live",
      allowed_origins: ["https://shop.example"],
    }),
  },
  responses: {
    201: jsonAnswer("The key, shown this one time", madeSchema, madeExample),
    ...errorResponses(...refused, "account_suspended", "conflict", "request_too_large"),
  },
});
const listRoute = createRoute({
  ...base,
  method: "get",
  path: "/api-keys",
  summary: "List the keys",
  responses: {
    200: jsonAnswer("Oldest first, ended ones too", z.object({ api_keys: z.array(keySchema) }).openapi("ApiKeys"), {
      api_keys: [keyExample],
    }),
    ...errorResponses(...refused),
  },
});
const changeRoute = createRoute({
  ...base,
  method: "patch",
  path: "/api-keys/{keyId}",
  summary: "Change a key's name, origins, garment hosts, budget or whether it requires shopper sessions",
  request: { params, body: jsonBody(patchSchema, { allowed_origins: ["https://*.shop.example"], daily_budget: 100 }) },
  responses: {
    200: jsonAnswer("The key", changedSchema, {
      ...keyExample,
      allowed_origins: ["https://*.shop.example"],
      daily_budget: 100,
    }),
    ...errorResponses(...refused, "not_found", "request_too_large"),
  },
});
const revokeRoute = createRoute({
  ...base,
  method: "delete",
  path: "/api-keys/{keyId}",
  summary: "End a key at once",
  request: { params },
  responses: {
    204: { description: "Ended: the next request with it is refused" },
    ...errorResponses(...refused, "not_found"),
  },
});
const regenerateRoute = createRoute({
  ...base,
  method: "post",
  path: "/api-keys/{keyId}/regenerate",
  summary: "Put a new key in the place of one",
  description: "The old key works on for grace_hours (24 unless told otherwise; 0 ends it at once).",
  request: { params, body: jsonBody(graceSchema, { grace_hours: 24 }) },
  responses: {
    201: jsonAnswer("The new key, shown this one time", madeSchema, madeExample),
    ...errorResponses(...refused, "account_suspended", "not_found", "request_too_large"),
  },
});

/** POST /api-keys/generate, GET /api-keys, PATCH and DELETE /api-keys/:keyId, POST …/regenerate */
export function addKeyEndpoints(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const { keys, clock } = services;
  const middleware = [authenticate(services, "J"), limitSmallBody];
  const toMade = ({ secret, apiKey, sessionSecret }: MadeApiKey) => ({
    api_key: secret,
    ...toKeyShape(apiKey, clock.now()),
    ...tellSessionSecret(sessionSecret),
  });
  app.openapi(createRoute({ ...generateRoute, middleware }), async (c) => {
    const made = await keys.generate(c.get("caller").user, c.req.valid("json"), clientOf(c));
    return c.json(toMade(made), 201);
  });
  app.openapi(createRoute({ ...listRoute, middleware }), async (c) => {
    const found = await keys.list(c.get("caller").user.id);
    return c.json({ api_keys: found.map((key) => toKeyShape(key, clock.now())) }, 200);
  });
  app.openapi(createRoute({ ...changeRoute, middleware }), async (c) => {
    const changed = await keys.update(c.get("caller").user.id, c.req.valid("param").keyId, c.req.valid("json"));
    return c.json({ ...toKeyShape(changed.apiKey, clock.now()), ...tellSessionSecret(changed.sessionSecret) }, 200);
  });
  app.openapi(createRoute({ ...revokeRoute, middleware }), async (c) => {
    await keys.revoke(c.get("caller").user.id, c.req.valid("param").keyId, clientOf(c));
    return c.body(null, 204);
  });
  app.openapi(createRoute({ ...regenerateRoute, middleware }), async (c) => {
    const { grace_hours } = c.req.valid("json");
    const made = await keys.regenerate(c.get("caller").user, c.req.valid("param").keyId, grace_hours, clientOf(c));
    return c.json(toMade(made), 201);
  });
}
