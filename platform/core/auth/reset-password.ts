import type { EmailToken } from "../auth-model.ts";
import { hashSecret } from "../crypto/hash-secret.ts";
import { queueMail } from "../mail/queue-mail.ts";
import type { Repositories } from "../ports.ts";
import type { AuthDeps, Client } from "./deps.ts";
import { evictFormerHolder } from "./evict-former-holder.ts";
import { liftLockOut } from "./guard-sign-in.ts";
import { noteAuthEvent } from "./note-auth-event.ts";
import { assertStrongPassword } from "./password-rules.ts";
import { staleToken } from "./verify-email.ts";

/** Sets a new password by a mailed link, which works once; every session ends. Throws invalid_request or weak_password. */
export async function resetPassword(deps: AuthDeps, input: { token: string; password: string }, client: Client) {
  const { store, clock, passwords } = deps;
  const tokenHash = hashSecret(input.token);
  const seen = await store.emailTokens.findByHash(tokenHash);
  // no hashing for guesses
  if (seen?.purpose !== "reset_password" || seen.used_at || seen.expires_at <= clock.now()) throw staleToken();
  assertStrongPassword(input.password, seen.email);
  const passwordHash = await passwords.hash(input.password);
  const now = clock.now();
  await store.transaction(async (tx) => {
    const token = await tx.emailTokens.consume(tokenHash, ["reset_password"], now);
    if (!token) throw staleToken();
    await apply(tx, token, passwordHash, client, now);
  });
}

async function apply(tx: Repositories, token: EmailToken, passwordHash: string, { ip }: Client, now: Date) {
  const user = await tx.users.findById(token.user_id);
  if (!user?.is_active || user.email !== token.email) throw staleToken();
  // the mailbox is theirs; whoever opened the account without it may be somebody else
  if (!user.is_email_verified) await evictFormerHolder(tx, user, now);
  await tx.users.update(user.id, { password_hash: passwordHash, is_email_verified: true, updated_at: now });
  await tx.sessions.revokeAll(user.id, now);
  await tx.emailTokens.voidAll(user.id, ["reset_password", "mfa"], now);
  await liftLockOut(tx, user.email_normalised);
  await noteAuthEvent(tx, { kind: "password_reset", userId: user.id, ip }, now);
  await queueMail(tx, { userId: user.id, type: "password_changed", payload: { at: now.toISOString() } }, now);
}

/** Whether a link for a new password still works: the page asks before it shows its form. */
export async function isResetTokenOpen({ store, clock }: AuthDeps, token: string) {
  const seen = await store.emailTokens.findByHash(hashSecret(token));
  return seen?.purpose === "reset_password" && seen.used_at === null && seen.expires_at > clock.now();
}
