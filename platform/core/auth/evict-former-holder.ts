import type { User } from "../model.ts";
import type { Repositories } from "../ports.ts";

/** Whoever opened an account on an address that they never proved: all that they could still get in by ends. Runs inside a transaction. */
export async function evictFormerHolder(tx: Repositories, user: User, now: Date) {
  await tx.sessions.revokeAll(user.id, now);
  await tx.emailTokens.voidAll(user.id, ["verify_email", "reset_password", "change_email", "mfa"], now);
  await tx.mfa.remove(user.id);
  await tx.mfa.deleteCodes(user.id);
  for (const key of await tx.apiKeys.listByUser(user.id)) {
    if (key.is_active) await tx.apiKeys.update(user.id, key.id, { is_active: false }, now);
  }
}
