import { randomBytes } from "node:crypto";
import { replaceRecoveryCodes } from "../auth/mfa/recovery-codes.ts";
import { newTotpSecret, totpUrl } from "../auth/mfa/totp.ts";
import { noteAuthEvent } from "../auth/note-auth-event.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { AppError } from "../errors.ts";
import type { User } from "../model.ts";
import type { Repositories, Store } from "../ports.ts";
import type { PasswordHasher } from "../sign-in-ports.ts";
import { createMerchant } from "./create-merchant.ts";
import { normaliseEmail } from "./normalise-email.ts";
import { isEmailAddress } from "./parse-email.ts";

/** Puts a confirmed second factor in the place of whatever stands. Runs inside a transaction. */
export async function setSecondFactor(tx: Repositories, ring: KeyRing, user: User, now: Date) {
  const secret = newTotpSecret();
  await tx.mfa.remove(user.id);
  const row = { user_id: user.id, confirmed_at: null, last_step: 0, created_at: now, updated_at: now };
  await tx.mfa.begin({ ...row, sealed_secret: ring.encrypt(secret) });
  await tx.mfa.confirm(user.id, 0, now);
  return { secret, url: totpUrl(secret, user.email), recoveryCodes: await replaceRecoveryCodes(tx, user.id, now) };
}

/**
 * Makes an account of the operator's an admin, or opens one: with a new password where it has none, and always with a
 * new second factor; its sessions end. For the server's own command line alone. Throws invalid_request.
 */
export async function createAdmin(
  { store, ring, passwords }: { store: Store; ring: KeyRing; passwords: PasswordHasher },
  email: string,
  now: Date,
) {
  if (!isEmailAddress(email)) throw new AppError("invalid_request", { details: { email: "not an address" } });
  const found = await store.users.findByEmail(normaliseEmail(email));
  const password = found?.password_hash ? null : randomBytes(18).toString("base64url");
  const passwordHash = password ? await passwords.hash(password) : (found?.password_hash ?? null);
  return store.transaction(async (tx) => {
    const user =
      found ?? (await createMerchant(tx, { email, role: "admin", passwordHash, isEmailVerified: true, now }));
    const patch = { role: "admin" as const, password_hash: passwordHash, is_email_verified: true, updated_at: now };
    await tx.users.update(user.id, patch);
    await tx.sessions.revokeAll(user.id, now);
    const factor = await setSecondFactor(tx, ring, user, now);
    await noteAuthEvent(tx, { kind: "mfa_enabled", userId: user.id, ip: null, detail: { by: "admin:create" } }, now);
    return { user: { ...user, ...patch }, password, ...factor };
  });
}
