import type { Context } from "hono";
import type { Signed } from "../core/auth/create-auth-service.ts";
import { AppError } from "../core/errors.ts";
import type { ApiEnv } from "./services.ts";

/** The person behind a J request and their session. */
export function signedOf(c: Context<ApiEnv>): Signed {
  const { user, session } = c.get("caller");
  if (!session) throw new AppError("key_not_permitted");
  return { user, session };
}
