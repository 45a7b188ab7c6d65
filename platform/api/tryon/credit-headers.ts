import type { Context } from "hono";
import type { Caller } from "../../core/caller.ts";
import type { Repositories } from "../../core/ports.ts";
import type { ApiEnv, ApiServices } from "../services.ts";

/** X-Credits-* for J and S; never for publishable keys, which would tell shoppers the merchant's balance. */
export async function creditHeaders(
  { users }: Repositories,
  caller: Caller,
  charged: number,
): Promise<Record<string, string>> {
  if (caller.kind === "publishable") return {};
  const user = await users.findById(caller.user.id);
  const remaining = (user?.credits ?? 0) + (user?.daily_free_credits ?? 0);
  return { "X-Credits-Charged": String(charged), "X-Credits-Remaining": String(remaining) };
}

/** Sets them on this answer. */
export async function tellCredits(services: ApiServices, c: Context<ApiEnv>, charged: number) {
  const headers = await creditHeaders(services.store, c.get("caller"), charged);
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
}
