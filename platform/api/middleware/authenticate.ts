import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { authenticateKey } from "../../core/api-keys/authenticate-key.ts";
import { lacksSecondFactor } from "../../core/auth/sessions/page-session.ts";
import type { Caller } from "../../core/caller.ts";
import { AppError } from "../../core/errors.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { tellLimit } from "./tell-limit.ts";

/** J = session token, S = secret key, P = publishable key (spec §2); J1 = J, also of an admin who has yet to show a second factor. */
export type AuthKind = "J" | "J1" | "S" | "P";

const safeMethods = new Set(["GET", "HEAD"]);

async function authenticateSession({ auth }: ApiServices, token: string, ip: string): Promise<Caller> {
  const { user, session } = await auth.findApiSession(token);
  return { kind: "session", user, session, apiKey: null, keyMode: "live", ip, origin: null };
}

/** Lets in exactly one credential of the kinds named; sets the caller. */
export const authenticate = (services: ApiServices, ...kinds: AuthKind[]) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const bearer = c.req.header("authorization");
    const secretKey = c.req.header("x-api-key");
    const publishableKey = c.req.header("x-publishable-key");
    const given = [bearer, secretKey, publishableKey].filter((value) => value !== undefined);
    const previewToken = c.req.header("x-preview-token") ?? null;
    // these go with a publishable key alone
    const tokens = ["x-job-token", "x-preview-token", "x-shopper-session"];
    if (publishableKey === undefined && tokens.some((name) => c.req.header(name) !== undefined)) given.push("token");
    if (given.length > 1) throw new AppError("invalid_request", { details: { credentials: "more than one" } });
    if (given.length === 0) throw new AppError("unauthenticated");
    const ip = c.get("ip");
    if (bearer !== undefined) {
      const [, token] = /^Bearer (\S+)$/.exec(bearer) ?? [];
      if (!token) throw new AppError("unauthenticated");
      const caller = await authenticateSession(services, token, ip);
      assertSession(kinds, caller);
      c.set("caller", caller);
    } else {
      const kind = secretKey !== undefined ? "secret" : "publishable";
      const origin = c.req.header("origin") ?? null;
      const needsOrigin = kind === "publishable" && !safeMethods.has(c.req.method);
      const key = secretKey ?? publishableKey ?? "";
      const caller = await authenticateKey(services, { key, kind, ip, origin, needsOrigin, previewToken });
      if (!kinds.includes(kind === "secret" ? "S" : "P")) throw new AppError("key_not_permitted");
      c.set("caller", caller);
      if (kind === "secret") await countSecretKey(services, c);
    }
    await next();
  });

/** Admins work only in sessions in which the second factor was shown; to show it they get in. */
function assertSession(kinds: AuthKind[], { user, session }: Caller) {
  if (kinds.includes("J1")) return;
  if (!kinds.includes("J")) throw new AppError("key_not_permitted");
  if (session && lacksSecondFactor(user, session)) throw new AppError("mfa_required");
}

async function countSecretKey({ limiter, limits }: ApiServices, c: Context<ApiEnv>) {
  const state = await limiter.consume(limits.secretKey, c.get("caller").apiKey?.id ?? "");
  tellLimit(c, state);
  if (!state.allowed) throw new AppError("rate_limited", { retryAfterS: state.resetS });
}
