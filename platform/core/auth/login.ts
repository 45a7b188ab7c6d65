import { normaliseEmail } from "../accounts/normalise-email.ts";
import { AppError } from "../errors.ts";
import type { AuthDeps, Client } from "./deps.ts";
import { guardSignIn } from "./guard-sign-in.ts";
import { noteAuthEvent } from "./note-auth-event.ts";
import { canBePassword } from "./password-rules.ts";
import type { FirstFactor } from "./sign-in.ts";
import { afterFirstFactor } from "./sign-in.ts";

/** Signs in by password. Wrong address and wrong password are one answer that takes one time. Throws unauthenticated or login_throttled. */
export async function login(
  deps: AuthDeps,
  input: { email: string; password: string },
  client: Client,
): Promise<FirstFactor> {
  const { store, clock, passwords } = deps;
  const email = normaliseEmail(input.email);
  const user = await store.users.findByEmail(email);
  const guard = await guardSignIn(deps, { email, user, client });
  const mayBeRight = user?.is_active === true && canBePassword(input.password);
  const isRight = await passwords.verify(input.password, mayBeRight ? user.password_hash : null);
  if (!user || !isRight) {
    await noteAuthEvent(store, { kind: "login_failed", userId: user?.id ?? null, ip: client.ip }, clock.now());
    throw new AppError("unauthenticated", { details: { reason: "the address or the password is wrong" } });
  }
  await guard.succeeded();
  return afterFirstFactor(deps, user, client);
}
