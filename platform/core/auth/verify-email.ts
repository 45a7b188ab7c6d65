import { normaliseEmail } from "../accounts/normalise-email.ts";
import type { EmailToken } from "../auth-model.ts";
import { renewFreeCredits } from "../credits/renew-free-credits.ts";
import { noteSpentAllowance } from "../credits/spent-allowance.ts";
import { hashSecret } from "../crypto/hash-secret.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { AppError } from "../errors.ts";
import { queueMail } from "../mail/queue-mail.ts";
import type { User } from "../model.ts";
import type { Repositories } from "../ports.ts";
import type { AuthDeps, Client } from "./deps.ts";
import { noteAuthEvent } from "./note-auth-event.ts";

/** One answer for every link that does not work: unknown, used, too old. */
export const staleToken = () =>
  new AppError("invalid_request", { details: { token: "this link was used or is too old: ask for a new one" } });

/** Proves an address by a mailed link, which works once: the account's own, or the one it changes to. Throws invalid_request or conflict. */
export async function verifyEmail(
  { store, clock, allowance, ring }: AuthDeps,
  token: string,
  client: Client,
): Promise<User> {
  const now = clock.now();
  return store.transaction(async (tx) => {
    const used = await tx.emailTokens.consume(hashSecret(token), ["verify_email", "change_email"], now);
    const user = used && (await tx.users.findById(used.user_id));
    if (!used || !user?.is_active) throw staleToken();
    const proven = used.purpose === "verify_email" ? await prove(tx, user, used, client, now) : null;
    const verified = proven ?? (await change(tx, ring, user, used, client, now));
    await renewFreeCredits(tx, verified, allowance, now);
    return verified;
  });
}

async function prove(tx: Repositories, user: User, { email }: EmailToken, { ip }: Client, now: Date) {
  if (user.email !== email) throw staleToken();
  await tx.users.update(user.id, { is_email_verified: true, updated_at: now });
  await tx.emailTokens.voidAll(user.id, ["verify_email"], now);
  await noteAuthEvent(tx, { kind: "email_verified", userId: user.id, ip }, now);
  return { ...user, is_email_verified: true };
}

async function change(tx: Repositories, ring: KeyRing, user: User, { email }: EmailToken, { ip }: Client, now: Date) {
  const email_normalised = normaliseEmail(email);
  const holder = await tx.users.findByEmail(email_normalised);
  if (holder && holder.id !== user.id) throw new AppError("conflict");
  const patch = { email, email_normalised, is_email_verified: true, updated_at: now };
  await noteSpentAllowance(tx, ring, user, now);
  await tx.users.update(user.id, patch);
  await tx.emailTokens.voidAll(user.id, ["verify_email", "change_email", "reset_password"], now);
  await noteAuthEvent(tx, { kind: "email_changed", userId: user.id, ip }, now);
  await queueMail(tx, { userId: user.id, type: "address_changed", payload: { to: user.email } }, now);
  return { ...user, ...patch };
}
