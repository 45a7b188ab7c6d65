import { createMiddleware } from "hono/factory";
import { authenticateKey } from "../../core/api-keys/authenticate-key.ts";
import type { Caller } from "../../core/caller.ts";
import { AppError } from "../../core/errors.ts";
import type { ApiEnv, ApiServices } from "../services.ts";

/** J = session token, S = secret key, P = publishable key (spec §2). */
export type AuthKind = "J" | "S" | "P";

const safeMethods = new Set(["GET", "HEAD"]);

async function authenticateSession({ store, tokens }: ApiServices, token: string, ip: string): Promise<Caller> {
  const user = await store.users.findById(await tokens.verify(token));
  if (!user?.is_active) throw new AppError("unauthenticated");
  return { kind: "session", user, apiKey: null, keyMode: "live", ip, origin: null };
}

/** Lets in exactly one credential of the kinds named; sets the caller. */
export const authenticate = (services: ApiServices, ...kinds: AuthKind[]) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const bearer = c.req.header("authorization");
    const secretKey = c.req.header("x-api-key");
    const publishableKey = c.req.header("x-publishable-key");
    const given = [bearer, secretKey, publishableKey].filter((value) => value !== undefined);
    if (given.length > 1) throw new AppError("invalid_request", { details: { credentials: "more than one" } });
    if (given.length === 0) throw new AppError("unauthenticated");
    const ip = c.get("ip");
    if (bearer !== undefined) {
      const [, token] = /^Bearer (\S+)$/.exec(bearer) ?? [];
      if (!token) throw new AppError("unauthenticated");
      const caller = await authenticateSession(services, token, ip);
      if (!kinds.includes("J")) throw new AppError("key_not_permitted");
      c.set("caller", caller);
    } else {
      const kind = secretKey !== undefined ? "secret" : "publishable";
      const origin = c.req.header("origin") ?? null;
      const needsOrigin = kind === "publishable" && !safeMethods.has(c.req.method);
      const key = secretKey ?? publishableKey ?? "";
      const caller = await authenticateKey(services, { key, kind, ip, origin, needsOrigin });
      if (!kinds.includes(kind === "secret" ? "S" : "P")) throw new AppError("key_not_permitted");
      c.set("caller", caller);
      if (kind === "secret") await countSecretKey(services, caller);
    }
    await next();
  });

async function countSecretKey({ limiter, limits }: ApiServices, { apiKey }: Caller) {
  const state = await limiter.consume(limits.secretKey, apiKey?.id ?? "");
  if (!state.allowed) throw new AppError("rate_limited", { retryAfterS: state.resetS });
}
