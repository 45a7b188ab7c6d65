// GET /auth/me, POST /auth/logout, GET and DELETE /auth/sessions, DELETE /auth/sessions/:sessionId
import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import type { Session } from "../../core/auth-model.ts";
import { clientOf } from "../client-of.ts";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer } from "../json-content.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { sessionSecurity } from "../security.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { signedOf } from "../signed-of.ts";
import { toUserShape, userExample, userSchema } from "../users/user-shape.ts";

const base = { tags: ["Sign-in"], security: sessionSecurity };
const refused = [
  "invalid_request",
  "unauthenticated",
  "token_expired",
  "session_expired",
  "key_not_permitted",
  "rate_limited",
] as const;

const sessionSchema = z
  .object({
    session_id: z.string(),
    kind: z.enum(["page", "api"]).openapi({ description: "A browser's, or an API client's" }),
    ip_address: z.string(),
    user_agent: z.string(),
    has_second_factor: z.boolean(),
    is_current: z.boolean(),
    last_seen_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    created_at: z.iso.datetime(),
  })
  .openapi("Session");

const meRoute = createRoute({
  ...base,
  method: "get",
  path: "/auth/me",
  summary: "Who is signed in",
  responses: {
    200: jsonAnswer(
      "The account",
      z.object({ user: userSchema, has_mfa: z.boolean(), needs_second_factor: z.boolean() }).openapi("Me"),
      { user: userExample, has_mfa: false, needs_second_factor: false },
    ),
    ...errorResponses(...refused),
  },
});
const logoutRoute = createRoute({
  ...base,
  method: "post",
  path: "/auth/logout",
  summary: "End this session",
  responses: { 204: { description: "Ended: its tokens are refused at once" }, ...errorResponses(...refused) },
});
const listRoute = createRoute({
  ...base,
  method: "get",
  path: "/auth/sessions",
  summary: "List the sessions that are open",
  responses: {
    200: jsonAnswer("Newest first", z.object({ sessions: z.array(sessionSchema) }).openapi("Sessions"), {
      sessions: [
        {
          session_id: "019ab3f0-9d52-7c11-8a31-2f1f4b1c0e77",
          kind: "page",
          ip_address: "203.0.113.9",
          user_agent: "Mozilla/5.0",
          has_second_factor: false,
          is_current: false,
          last_seen_at: "2026-11-24T10:00:00.000Z",
          expires_at: "2026-12-01T10:00:00.000Z",
          created_at: "2026-11-24T09:58:00.000Z",
        },
      ],
    }),
    ...errorResponses(...refused),
  },
});
const endAllRoute = createRoute({
  ...base,
  method: "delete",
  path: "/auth/sessions",
  summary: "Sign out everywhere",
  request: {
    query: z.object({
      keep_current: z.enum(["true", "false"]).default("false").openapi({ description: "Leave this session open" }),
    }),
  },
  responses: {
    200: jsonAnswer("How many ended", z.object({ ended: z.number().int() }).openapi("SessionsEnded"), { ended: 3 }),
    ...errorResponses(...refused),
  },
});
const endOneRoute = createRoute({
  ...base,
  method: "delete",
  path: "/auth/sessions/{sessionId}",
  summary: "End one session",
  request: { params: z.object({ sessionId: z.string().max(64) }) },
  responses: { 204: { description: "Ended" }, ...errorResponses(...refused, "not_found") },
});

const toShape = (session: Session, currentId: string): z.infer<typeof sessionSchema> => ({
  session_id: session.id,
  kind: session.kind,
  ip_address: session.ip_address,
  user_agent: session.user_agent,
  has_second_factor: session.mfa_at !== null,
  is_current: session.id === currentId,
  last_seen_at: session.last_seen_at.toISOString(),
  expires_at: session.expires_at.toISOString(),
  created_at: session.created_at.toISOString(),
});

/** What the signed-in account does with its sessions. */
export function addSessionEndpoints(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const { auth } = services;
  const middleware = [authenticate(services, "J1")];
  app.openapi(createRoute({ ...meRoute, middleware }), async (c) => {
    const { user, session } = signedOf(c);
    const hasMfa = await auth.hasMfa(user.id);
    const needs = user.role === "admin" && session.mfa_at === null;
    return c.json({ user: toUserShape(user), has_mfa: hasMfa, needs_second_factor: needs }, 200);
  });
  app.openapi(createRoute({ ...logoutRoute, middleware }), async (c) => {
    const { user, session } = signedOf(c);
    await auth.endSession(user.id, session.id);
    return c.body(null, 204);
  });
  app.openapi(createRoute({ ...listRoute, middleware }), async (c) => {
    const { user, session } = signedOf(c);
    const sessions = await auth.listSessions(user.id);
    return c.json({ sessions: sessions.map((one) => toShape(one, session.id)) }, 200);
  });
  app.openapi(createRoute({ ...endAllRoute, middleware }), async (c) => {
    const { user, session } = signedOf(c);
    const kept = c.req.valid("query").keep_current === "true" ? session.id : undefined;
    return c.json({ ended: await auth.endAllSessions(user.id, clientOf(c), kept) }, 200);
  });
  app.openapi(createRoute({ ...endOneRoute, middleware }), async (c) => {
    await auth.endSession(signedOf(c).user.id, c.req.valid("param").sessionId);
    return c.body(null, 204);
  });
}
