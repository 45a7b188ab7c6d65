// GET, PATCH and DELETE /users/me, POST …/password and …/email, GET …/export
import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import { stream } from "hono/streaming";
import { isPlainLine } from "../../core/accounts/plain-text.ts";
import { emailField, nameField, passwordField, tokensExample, tokensShape } from "../auth/auth-fields.ts";
import { clientOf } from "../client-of.ts";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer, jsonBody } from "../json-content.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { limitSmallBody } from "../middleware/limit-body.ts";
import { sessionRefusals as refused, sessionSecurity } from "../security.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { signedOf } from "../signed-of.ts";
import { toUserShape, userExample, userSchema } from "./user-shape.ts";

const base = { tags: ["Account"], security: sessionSecurity };
const proven = [...refused, "forbidden", "request_too_large", "login_throttled"] as const;
const doneSchema = z.object({ ok: z.literal(true) }).openapi("Done");
const line = (most: number) => z.string().trim().max(most).refine(isPlainLine).nullable();

const profileSchema = z
  .object({
    first_name: nameField.nullable(),
    last_name: nameField.nullable(),
    company: line(120),
    gstin: line(15).openapi({ description: "Checked by its check sum" }),
    address: z.string().trim().max(500).nullable(),
    state_code: z
      .string()
      .regex(/^\d{2}$/)
      .nullable(),
  })
  .partial()
  .openapi("ProfileChange");

const readRoute = createRoute({
  ...base,
  method: "get",
  path: "/users/me",
  summary: "Read profile and billing details",
  responses: { 200: jsonAnswer("The account", userSchema, userExample), ...errorResponses(...refused) },
});
const changeRoute = createRoute({
  ...base,
  method: "patch",
  path: "/users/me",
  summary: "Change profile and billing details",
  request: { body: jsonBody(profileSchema, { company: "Trail & Room Supply", state_code: "29" }) },
  responses: {
    200: jsonAnswer("The account", userSchema, { ...userExample, state_code: "29" }),
    ...errorResponses(...refused, "request_too_large"),
  },
});
const passwordRoute = createRoute({
  ...base,
  method: "post",
  path: "/users/me/password",
  summary: "Change the password",
  description: "Ends every session; the tokens in the answer begin a new one.",
  request: {
    body: jsonBody(
      z.object({ current_password: passwordField.optional(), new_password: passwordField }).openapi("PasswordChange"),
      { current_password: "four-plain-green-kettles", new_password: "five-round-blue-spoons" },
    ),
  },
  responses: {
    200: jsonAnswer("Changed", z.object(tokensShape).openapi("Tokens"), tokensExample),
    ...errorResponses(...proven, "weak_password"),
  },
});
const emailRoute = createRoute({
  ...base,
  method: "post",
  path: "/users/me/email",
  summary: "Ask for another address",
  description: "A link goes to the new one, the old one is told; nothing changes until the link is used.",
  request: {
    body: jsonBody(z.object({ email: emailField, password: passwordField.optional() }).openapi("AddressChange"), {
      email: "new@shop.example",
      password: "four-plain-green-kettles",
    }),
  },
  responses: { 202: jsonAnswer("A mail is on its way", doneSchema, { ok: true }), ...errorResponses(...proven) },
});
const exportRoute = createRoute({
  ...base,
  method: "get",
  path: "/users/me/export",
  summary: "Everything that is kept about the account",
  responses: {
    200: jsonAnswer("One JSON text, streamed", z.record(z.string(), z.unknown()).openapi("AccountExport"), {
      exported_at: "2026-11-24T10:00:00.000Z",
      account: { email: "asha@shop.example" },
      credit_transactions: [],
      try_ons: [],
    }),
    ...errorResponses(...refused),
  },
});
const deleteRoute = createRoute({
  ...base,
  method: "delete",
  path: "/users/me",
  summary: "Delete the account",
  description: "Keys and sessions end at once, pictures within five minutes; credits that are left are lost.",
  request: {
    body: jsonBody(z.object({ password: passwordField.optional() }).openapi("AccountDeletion"), {
      password: "four-plain-green-kettles",
    }),
  },
  responses: { 204: { description: "Deleted" }, ...errorResponses(...proven) },
});

/** What the signed-in account does with itself. */
export function addUserEndpoints(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const { auth, accounts } = services;
  const middleware = [authenticate(services, "J"), limitSmallBody];
  app.openapi(createRoute({ ...readRoute, middleware }), (c) => c.json(toUserShape(signedOf(c).user), 200));
  app.openapi(createRoute({ ...changeRoute, middleware }), async (c) =>
    c.json(toUserShape(await accounts.updateProfile(signedOf(c).user, c.req.valid("json"))), 200),
  );
  app.openapi(createRoute({ ...passwordRoute, middleware }), async (c) => {
    const { current_password, new_password } = c.req.valid("json");
    const change = { currentPassword: current_password, newPassword: new_password };
    const signedIn = await auth.changePassword(signedOf(c), change, clientOf(c));
    const { accessToken, refreshToken } = await auth.startApiSession(signedIn, clientOf(c));
    return c.json({ access_token: accessToken, refresh_token: refreshToken }, 200);
  });
  app.openapi(createRoute({ ...emailRoute, middleware }), async (c) => {
    const { email, password } = c.req.valid("json");
    await auth.changeEmail(signedOf(c), { email, password }, clientOf(c));
    return c.json({ ok: true as const }, 202);
  });
  app.openapi(createRoute({ ...exportRoute, middleware }), (c) => {
    c.header("Content-Type", "application/json");
    c.header("Content-Disposition", 'attachment; filename="trailroom-account.json"');
    const pieces = accounts.export(signedOf(c).user.id);
    return stream(c, async (out) => {
      for await (const piece of pieces) await out.write(piece);
    }) as never;
  });
  app.openapi(createRoute({ ...deleteRoute, middleware }), async (c) => {
    const signed = signedOf(c);
    await auth.proveOwner({ ...signed, password: c.req.valid("json").password }, clientOf(c));
    await accounts.delete(signed.user, clientOf(c));
    return c.body(null, 204);
  });
}
