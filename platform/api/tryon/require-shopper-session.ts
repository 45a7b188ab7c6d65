import { createMiddleware } from "hono/factory";
import { readShopperSession } from "../../core/api-keys/read-shopper-session.ts";
import type { ApiEnv, ApiServices } from "../services.ts";

/** After authenticate: a key that asks for it is let on with a shopper session alone. The merchant's own previews need none. */
export const requireShopperSession = (services: ApiServices) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const caller = c.get("caller");
    if (caller.apiKey?.require_session && caller.keyMode !== "preview") {
      const shopperId = await readShopperSession(services, caller.apiKey, c.req.header("x-shopper-session"));
      c.set("caller", { ...caller, shopperId });
    }
    await next();
  });
