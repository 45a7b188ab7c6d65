import { AppError } from "../../errors.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import type { User } from "../../model.ts";
import type { AuthDeps, Client } from "../deps.ts";
import { noteAuthEvent } from "../note-auth-event.ts";
import { replaceRecoveryCodes } from "./recovery-codes.ts";
import { matchTotp, newTotpSecret, totpUrl } from "./totp.ts";

/** Makes a secret for the account's authenticator; it counts once a code of it was shown. Throws conflict when one counts already. */
export async function beginMfa({ store, clock, ring }: AuthDeps, user: User) {
  const now = clock.now();
  const secret = newTotpSecret();
  const row = {
    user_id: user.id,
    sealed_secret: ring.encrypt(secret),
    confirmed_at: null,
    last_step: 0,
    created_at: now,
    updated_at: now,
  };
  if (!(await store.mfa.begin(row))) throw new AppError("conflict");
  return { secret, url: totpUrl(secret, user.email) };
}

/** Switches the second factor on by a first code of it; returns the recovery codes, shown once. Throws invalid_request or conflict. */
export async function confirmMfa({ store, clock, ring }: AuthDeps, user: User, code: string, client: Client) {
  const now = clock.now();
  const mfa = await store.mfa.find(user.id);
  if (!mfa || mfa.confirmed_at) throw new AppError("conflict");
  const step = matchTotp(ring.decrypt(mfa.sealed_secret), code, now);
  if (step === null) throw new AppError("invalid_request", { details: { code: "not right" } });
  return store.transaction(async (tx) => {
    if (!(await tx.mfa.confirm(user.id, step, now))) throw new AppError("conflict");
    await noteAuthEvent(tx, { kind: "mfa_enabled", userId: user.id, ip: client.ip }, now);
    await queueMail(tx, { userId: user.id, type: "mfa_enabled", payload: {} }, now);
    return replaceRecoveryCodes(tx, user.id, now);
  });
}
