import type { Session } from "../auth-model.ts";
import { AppError } from "../errors.ts";
import type { User } from "../model.ts";
import type { AuthDeps, Client } from "./deps.ts";
import { guardSignIn } from "./guard-sign-in.ts";
import { canBePassword } from "./password-rules.ts";
import { lifetimes } from "./settings.ts";

/**
 * Before something that a stolen session must not do: the password again, or, on an account that has none, a session
 * that is fresh. Throws unauthenticated, session_expired or login_throttled.
 */
export async function proveOwner(
  deps: AuthDeps,
  { user, session, password }: { user: User; session: Session; password: string | undefined },
  client: Client,
) {
  if (user.password_hash === null) {
    const ageMs = deps.clock.now().getTime() - session.created_at.getTime();
    if (ageMs > lifetimes.freshMs)
      throw new AppError("session_expired", { details: { session: "sign in again first" } });
    return;
  }
  const given = password ?? "";
  const guard = await guardSignIn(deps, { email: user.email_normalised, user, client });
  const isRight = await deps.passwords.verify(given, canBePassword(given) ? user.password_hash : null);
  if (!isRight) throw new AppError("forbidden", { details: { password: "not right" } });
  await guard.succeeded();
}
