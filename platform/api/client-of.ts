import type { Context } from "hono";
import type { Client } from "../core/auth/deps.ts";
import type { ApiEnv } from "./services.ts";

/** Who is at the other end of a request, for sessions and events. */
export const clientOf = (c: Context<ApiEnv>): Client => ({
  ip: c.get("ip"),
  userAgent: c.req.header("user-agent") ?? "unknown",
});
