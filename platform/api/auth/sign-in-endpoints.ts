// POST /auth/register, /auth/login, /auth/mfa, /auth/refresh
import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { FirstFactor, SignedIn } from "../../core/auth/sign-in.ts";
import { clientOf } from "../client-of.ts";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer, jsonBody } from "../json-content.ts";
import { limitSmallBody } from "../middleware/limit-body.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { toUserShape, userExample, userSchema } from "../users/user-shape.ts";
import {
  codeField,
  emailField,
  nameField,
  passwordField,
  tokenField,
  tokensExample,
  tokensShape,
} from "./auth-fields.ts";

const base = { method: "post" as const, tags: ["Sign-in"], security: [] };
const signedInSchema = z.object({ user: userSchema, ...tokensShape }).openapi("SignedIn");
const secondFactorSchema = z.object({ mfa_token: z.string() }).openapi("SecondFactorNeeded");
/** What a first factor leads to. */
export const firstFactorSchema = z.union([signedInSchema, secondFactorSchema]);
const signedInExample = { user: userExample, ...tokensExample };
const credentials = { email: "asha@shop.example", password: "four-plain-green-kettles" };

const registerRoute = createRoute({
  ...base,
  path: "/auth/register",
  summary: "Open an account",
  description:
    "Signs in at once. Free credits and live keys work after the address is verified; test keys work at once. The key is shown this one time.",
  request: {
    body: jsonBody(
      z
        .object({ email: emailField, password: passwordField, first_name: nameField, last_name: nameField })
        .openapi("Registration"),
      { ...credentials, first_name: "Asha", last_name: "Rao" },
    ),
  },
  responses: {
    201: jsonAnswer(
      "The account, signed in",
      z.object({ user: userSchema, ...tokensShape, api_key: z.string() }).openapi("Registered"),
      { ...signedInExample, api_key: "sk_live_4fKq0Zb2mJt8Rw1yXc6vNe3uLh5sPd9a" },
    ),
    ...errorResponses("invalid_request", "weak_password", "conflict", "request_too_large", "rate_limited"),
  },
});

const loginRoute = createRoute({
  ...base,
  path: "/auth/login",
  summary: "Sign in by password",
  description: "Accounts with a second factor get an mfa_token for POST /auth/mfa instead of tokens.",
  request: { body: jsonBody(z.object({ email: emailField, password: passwordField }).openapi("Login"), credentials) },
  responses: {
    200: jsonAnswer("Signed in, or on to the second factor", firstFactorSchema, signedInExample),
    ...errorResponses("invalid_request", "unauthenticated", "request_too_large", "rate_limited", "login_throttled"),
  },
});

const mfaRoute = createRoute({
  ...base,
  path: "/auth/mfa",
  summary: "Show the second factor",
  request: {
    body: jsonBody(z.object({ mfa_token: tokenField, code: codeField }).openapi("SecondFactor"), {
      mfa_token: "p4mW3aVvX9bq7o2rQm0d8kX1yZc5tN6uLh2sJf0eGiw",
      code: "482913",
    }),
  },
  responses: {
    200: jsonAnswer("Signed in", signedInSchema, signedInExample),
    ...errorResponses(
      "invalid_request",
      "unauthenticated",
      "session_expired",
      "request_too_large",
      "rate_limited",
      "login_throttled",
    ),
  },
});

const refreshRoute = createRoute({
  ...base,
  path: "/auth/refresh",
  summary: "Get the next pair of tokens",
  description:
    "The refresh token is spent by this. The one just spent works once more within 10 seconds; any later use of a spent one ends the session and is told to the account by mail.",
  request: {
    body: jsonBody(z.object({ refresh_token: tokenField }).openapi("Refresh"), {
      refresh_token: tokensExample.refresh_token,
    }),
  },
  responses: {
    200: jsonAnswer("The next pair", z.object(tokensShape).openapi("Tokens"), tokensExample),
    ...errorResponses("invalid_request", "session_expired", "request_too_large", "rate_limited"),
  },
});

const startTokens = async ({ auth }: ApiServices, c: Context<ApiEnv>, signedIn: SignedIn) => {
  const { accessToken, refreshToken } = await auth.startApiSession(signedIn, clientOf(c));
  return { user: toUserShape(signedIn.user), access_token: accessToken, refresh_token: refreshToken };
};

/** What a first factor answers: tokens, or the way to the second factor. */
export const answerFirstFactor = async (services: ApiServices, c: Context<ApiEnv>, factor: FirstFactor) =>
  "mfaToken" in factor ? { mfa_token: factor.mfaToken } : startTokens(services, c, factor);

/** POST /auth/register, /login, /mfa, /refresh */
export function addSignInEndpoints(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const { auth } = services;
  const middleware = [limitSmallBody];
  app.openapi(createRoute({ ...registerRoute, middleware }), async (c) => {
    const { email, password, first_name, last_name } = c.req.valid("json");
    const input = { email, password, firstName: first_name, lastName: last_name };
    const made = await auth.register(input, clientOf(c));
    return c.json({ ...(await startTokens(services, c, made)), api_key: made.secretKey }, 201);
  });
  app.openapi(createRoute({ ...loginRoute, middleware }), async (c) =>
    c.json(await answerFirstFactor(services, c, await auth.login(c.req.valid("json"), clientOf(c))), 200),
  );
  app.openapi(createRoute({ ...mfaRoute, middleware }), async (c) => {
    const { mfa_token, code } = c.req.valid("json");
    const signedIn = await auth.finishMfa({ mfaToken: mfa_token, code }, clientOf(c));
    return c.json(await startTokens(services, c, signedIn), 200);
  });
  app.openapi(createRoute({ ...refreshRoute, middleware }), async (c) => {
    const { accessToken, refreshToken } = await auth.refresh(c.req.valid("json").refresh_token, clientOf(c));
    return c.json({ access_token: accessToken, refresh_token: refreshToken }, 200);
  });
}
