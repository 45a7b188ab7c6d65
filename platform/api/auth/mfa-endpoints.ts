// Switching the second factor on and off. An admin who has none yet gets in here and nowhere else.
import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import { clientOf } from "../client-of.ts";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer, jsonBody } from "../json-content.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { limitSmallBody } from "../middleware/limit-body.ts";
import { sessionSecurity } from "../security.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { signedOf } from "../signed-of.ts";
import { codeField, passwordField } from "./auth-fields.ts";

const base = { method: "post" as const, tags: ["Sign-in"], security: sessionSecurity };
const refused = [
  "invalid_request",
  "unauthenticated",
  "token_expired",
  "session_expired",
  "key_not_permitted",
  "forbidden",
  "request_too_large",
  "rate_limited",
  "login_throttled",
] as const;
const codeBody = jsonBody(z.object({ code: codeField }).openapi("SecondFactorCode"), { code: "482913" });
const codesSchema = z
  .object({ recovery_codes: z.array(z.string()).openapi({ description: "Each works once; shown this one time" }) })
  .openapi("RecoveryCodes");
const codesExample = { recovery_codes: ["k3mw7p-x9qd2a", "8htrne-4vzc6b"] };

const beginRoute = createRoute({
  ...base,
  path: "/auth/mfa/begin",
  summary: "Get a secret for an authenticator",
  description: "Counts once a code of it was shown to /auth/mfa/confirm.",
  request: {
    body: jsonBody(z.object({ password: passwordField.optional() }).openapi("SecondFactorBegin"), {
      password: "four-plain-green-kettles",
    }),
  },
  responses: {
    200: jsonAnswer(
      "The secret",
      z.object({ secret: z.string(), otpauth_url: z.string() }).openapi("SecondFactorSecret"),
      {
        secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        otpauth_url:
          "otpauth://totp/TrailRoom:asha%40shop.example?issuer=TrailRoom&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
      },
    ),
    ...errorResponses(...refused, "conflict"),
  },
});
const confirmRoute = createRoute({
  ...base,
  path: "/auth/mfa/confirm",
  summary: "Switch the second factor on by a first code",
  request: { body: codeBody },
  responses: { 200: jsonAnswer("On", codesSchema, codesExample), ...errorResponses(...refused, "conflict") },
});
const disableRoute = createRoute({
  ...base,
  path: "/auth/mfa/disable",
  summary: "Switch the second factor off",
  description: "Admins cannot.",
  request: { body: codeBody },
  responses: { 204: { description: "Off" }, ...errorResponses(...refused) },
});
const renewRoute = createRoute({
  ...base,
  path: "/auth/mfa/recovery-codes",
  summary: "Get new recovery codes in the place of the old ones",
  request: { body: codeBody },
  responses: { 200: jsonAnswer("The new codes", codesSchema, codesExample), ...errorResponses(...refused) },
});

/** POST /auth/mfa/begin, /confirm, /disable, /recovery-codes */
export function addMfaEndpoints(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const { auth } = services;
  const middleware = [authenticate(services, "J1"), limitSmallBody];
  app.openapi(createRoute({ ...beginRoute, middleware }), async (c) => {
    const signed = signedOf(c);
    await auth.proveOwner({ ...signed, password: c.req.valid("json").password }, clientOf(c));
    const { secret, url } = await auth.beginMfa(signed.user);
    return c.json({ secret, otpauth_url: url }, 200);
  });
  app.openapi(createRoute({ ...confirmRoute, middleware }), async (c) => {
    const { user, session } = signedOf(c);
    const recovery_codes = await auth.confirmMfa(user, c.req.valid("json").code, clientOf(c));
    await auth.noteSecondFactor(session);
    return c.json({ recovery_codes }, 200);
  });
  app.openapi(createRoute({ ...disableRoute, middleware }), async (c) => {
    await auth.disableMfa(signedOf(c).user, c.req.valid("json").code, clientOf(c));
    return c.body(null, 204);
  });
  app.openapi(createRoute({ ...renewRoute, middleware }), async (c) => {
    const recovery_codes = await auth.renewRecoveryCodes(signedOf(c).user, c.req.valid("json").code, clientOf(c));
    return c.json({ recovery_codes }, 200);
  });
}
