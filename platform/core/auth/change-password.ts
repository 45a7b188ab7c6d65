import type { Session } from "../auth-model.ts";
import { queueMail } from "../mail/queue-mail.ts";
import type { User } from "../model.ts";
import type { AuthDeps, Client } from "./deps.ts";
import { noteAuthEvent } from "./note-auth-event.ts";
import { assertStrongPassword } from "./password-rules.ts";
import { proveOwner } from "./prove-owner.ts";
import type { SignedIn } from "./sign-in.ts";

export interface PasswordChange {
  currentPassword: string | undefined;
  newPassword: string;
}

/** Changes the password and ends every session, this one too: start a new one for who is returned. Throws forbidden or weak_password. */
export async function changePassword(
  deps: AuthDeps,
  { user, session }: { user: User; session: Session },
  { currentPassword, newPassword }: PasswordChange,
  client: Client,
): Promise<SignedIn> {
  const { store, clock, passwords } = deps;
  assertStrongPassword(newPassword, user.email);
  await proveOwner(deps, { user, session, password: currentPassword }, client);
  const passwordHash = await passwords.hash(newPassword);
  const now = clock.now();
  await store.transaction(async (tx) => {
    await tx.users.update(user.id, { password_hash: passwordHash, updated_at: now });
    await tx.sessions.revokeAll(user.id, now);
    await tx.emailTokens.voidAll(user.id, ["reset_password", "mfa"], now);
    await noteAuthEvent(tx, { kind: "password_changed", userId: user.id, ip: client.ip }, now);
    await queueMail(tx, { userId: user.id, type: "password_changed", payload: { at: now.toISOString() } }, now);
  });
  return { user: { ...user, password_hash: passwordHash }, mfaAt: session.mfa_at };
}
