// GET /auth/google and its callback: the only endpoints that read or set cookies.
import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { cookieLine, mfaCookie, oauthCookie, readCookie, sessionCookie } from "../../core/auth/cookies.ts";
import type { GoogleOutcome } from "../../core/auth/google/finish-google.ts";
import { lifetimes } from "../../core/auth/settings.ts";
import { clientOf } from "../client-of.ts";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer } from "../json-content.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { userExample } from "../users/user-shape.ts";
import { tokensExample } from "./auth-fields.ts";
import { answerFirstFactor, firstFactorSchema } from "./sign-in-endpoints.ts";

const base = { method: "get" as const, tags: ["Sign-in"], security: [] };

const beginRoute = createRoute({
  ...base,
  path: "/auth/google",
  summary: "Begin to sign in with Google",
  description: "Leads to Google's consent page. The way back works once, in ten minutes, in the same browser.",
  request: {
    query: z.object({
      return_to: z.string().max(500).optional().openapi({ description: "A path of the dashboard" }),
      response: z.enum(["json"]).optional().openapi({ description: "End with tokens instead of a page" }),
    }),
  },
  responses: {
    302: { description: "To Google" },
    ...errorResponses("invalid_request", "forbidden", "not_found", "rate_limited"),
  },
});
const callbackRoute = createRoute({
  ...base,
  path: "/auth/google/callback",
  summary: "The way back from Google",
  request: {
    query: z.object({
      state: z.string().max(200).optional(),
      code: z.string().max(2000).optional(),
      error: z.string().max(200).optional(),
      iss: z.string().max(300).optional(),
    }),
  },
  responses: {
    200: jsonAnswer("With response=json: signed in, or on to the second factor", firstFactorSchema, {
      user: userExample,
      ...tokensExample,
    }),
    302: { description: "Signed in by cookie, to a page of the dashboard; or back to the sign-in page" },
    ...errorResponses("invalid_request", "forbidden", "not_found", "rate_limited"),
  },
});

const setCookie = (c: Context<ApiEnv>, name: string, value: string, until: Date | null) =>
  c.header("Set-Cookie", cookieLine(name, value, until), { append: true });

/** The end of the page flow: the session cookie, or the one that leads to the second factor. */
async function goOn({ auth, clock }: ApiServices, c: Context<ApiEnv>, outcome: GoogleOutcome) {
  if ("failure" in outcome) return c.redirect("/login?error=google");
  const { firstFactor, state } = outcome;
  if ("mfaToken" in firstFactor) {
    setCookie(c, mfaCookie, firstFactor.mfaToken, new Date(clock.now().getTime() + lifetimes.mfaMs));
    return c.redirect(`/login/second-factor?return_to=${encodeURIComponent(state.return_path)}`);
  }
  const former = readCookie(c.req.header("cookie"), sessionCookie);
  const { cookie, session } = await auth.startPageSession(firstFactor, clientOf(c), former);
  setCookie(c, sessionCookie, cookie, session.expires_at);
  return c.redirect(state.return_path);
}

/** GET /auth/google, GET /auth/google/callback */
export function addGoogleEndpoints(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const { auth } = services;
  app.openapi(beginRoute, async (c) => {
    const { return_to, response } = c.req.valid("query");
    const { url, cookie, expiresAt } = await auth.beginGoogle({ wanted: return_to, wantsJson: response === "json" });
    setCookie(c, oauthCookie, cookie, expiresAt);
    return c.redirect(url);
  });
  app.openapi(callbackRoute, async (c) => {
    const cookie = readCookie(c.req.header("cookie"), oauthCookie);
    setCookie(c, oauthCookie, "", null);
    const { state, code, error, iss } = c.req.valid("query");
    const outcome = await auth.finishGoogle({ state, code, error, iss, cookie }, clientOf(c));
    if (!outcome.state.wants_json) return goOn(services, c, outcome);
    if ("failure" in outcome) throw outcome.failure;
    return c.json(await answerFirstFactor(services, c, outcome.firstFactor), 200);
  });
}
