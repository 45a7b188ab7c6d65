// The endpoints that mails lead to or come from. None tells whether an address exists.
import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import { clientOf } from "../client-of.ts";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer, jsonBody } from "../json-content.ts";
import { limitSmallBody } from "../middleware/limit-body.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { emailField, mailedToken, passwordField, tokenField } from "./auth-fields.ts";

const base = { method: "post" as const, tags: ["Sign-in"], security: [] };
const doneSchema = z.object({ ok: z.literal(true) }).openapi("Done");
const done = { ok: true as const };
const address = jsonBody(z.object({ email: emailField }).openapi("Address"), { email: "asha@shop.example" });
const accepted = jsonAnswer("A mail is on its way if there is such an account", doneSchema, done);
const asked = errorResponses("invalid_request", "request_too_large", "rate_limited");

const verifyRoute = createRoute({
  ...base,
  path: "/auth/verify-email",
  summary: "Prove an address by the token of the mailed link",
  request: { body: jsonBody(z.object({ token: tokenField }).openapi("MailedToken"), { token: mailedToken }) },
  responses: {
    200: jsonAnswer("Proved", doneSchema, done),
    ...errorResponses("invalid_request", "conflict", "request_too_large", "rate_limited"),
  },
});
const resendRoute = createRoute({
  ...base,
  path: "/auth/verify-email/resend",
  summary: "Ask for the verification mail again",
  request: { body: address },
  responses: { 202: accepted, ...asked },
});
const forgotRoute = createRoute({
  ...base,
  path: "/auth/forgot-password",
  summary: "Ask for a link to set a new password",
  request: { body: address },
  responses: { 202: accepted, ...asked },
});
const resetRoute = createRoute({
  ...base,
  path: "/auth/reset-password",
  summary: "Set a new password by the token of the mailed link",
  description: "Ends every session of the account.",
  request: {
    body: jsonBody(z.object({ token: tokenField, password: passwordField }).openapi("PasswordReset"), {
      token: mailedToken,
      password: "four-plain-green-kettles",
    }),
  },
  responses: {
    200: jsonAnswer("Set", doneSchema, done),
    ...errorResponses("invalid_request", "weak_password", "request_too_large", "rate_limited"),
  },
});

/** POST /auth/verify-email (+ /resend), /auth/forgot-password, /auth/reset-password */
export function addMailEndpoints(app: OpenAPIHono<ApiEnv>, { auth }: ApiServices) {
  const middleware = [limitSmallBody];
  app.openapi(createRoute({ ...verifyRoute, middleware }), async (c) => {
    await auth.verifyEmail(c.req.valid("json").token, clientOf(c));
    return c.json(done, 200);
  });
  app.openapi(createRoute({ ...resendRoute, middleware }), async (c) => {
    await auth.requestMail("verification_requested", c.req.valid("json").email, clientOf(c));
    return c.json(done, 202);
  });
  app.openapi(createRoute({ ...forgotRoute, middleware }), async (c) => {
    await auth.requestMail("reset_requested", c.req.valid("json").email, clientOf(c));
    return c.json(done, 202);
  });
  app.openapi(createRoute({ ...resetRoute, middleware }), async (c) => {
    await auth.resetPassword(c.req.valid("json"), clientOf(c));
    return c.json(done, 200);
  });
}
