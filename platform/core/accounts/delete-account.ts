import type { Client } from "../auth/deps.ts";
import { evictFormerHolder } from "../auth/evict-former-holder.ts";
import { noteAuthEvent } from "../auth/note-auth-event.ts";
import { noteSpentAllowance } from "../credits/spent-allowance.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { AppError } from "../errors.ts";
import { queueMail } from "../mail/queue-mail.ts";
import type { User } from "../model.ts";
import type { Repositories, Store } from "../ports.ts";
import { cancelTryOn } from "../tryon/cancel-try-on.ts";
import type { TryOnDeps } from "../tryon/deps.ts";

export interface AccountDeps extends TryOnDeps {
  ring: KeyRing;
}

const nobody = {
  password_hash: null,
  google_sub: null,
  first_name: null,
  last_name: null,
  profile_picture: null,
  company: null,
  gstin: null,
  address: null,
  state_code: null,
  is_active: false,
} as const;
const mostActive = 1000;

/**
 * Closes an account: keys and sessions end at once, running jobs are cancelled, its pictures go with the next sweep
 * (within 5 minutes), and the row keeps no word of the person. The ledger stays, and until the day ends a keyed hash of
 * an address that had its free credits. Throws forbidden for admins.
 */
export async function deleteAccount(deps: AccountDeps, user: User, client: Client) {
  if (user.role === "admin") throw new AppError("forbidden", { details: { role: "an admin is demoted first" } });
  await deps.store.transaction((tx) => close(tx, deps, user, client));
  await cancelActive(deps, user.id);
  await deps.store.tryOnJobs.expireAll(user.id, deps.clock.now());
}

async function close(tx: Repositories, { clock, ring }: AccountDeps, user: User, { ip }: Client) {
  const now = clock.now();
  // the mail first: afterwards nobody knows the address
  await queueMail(tx, { userId: user.id, type: "account_deleted", payload: { to: user.email } }, now);
  await noteSpentAllowance(tx, ring, user, now);
  await evictFormerHolder(tx, user, now);
  const email = `deleted-${user.id}@deleted.invalid`;
  await tx.users.update(user.id, { ...nobody, email, email_normalised: email, updated_at: now });
  const settings = await tx.settings.find(user.id);
  if (settings) await tx.settings.upsert({ ...settings, widget_texts: {}, widget_look: {}, updated_at: now });
  await noteAuthEvent(tx, { kind: "account_deleted", userId: user.id, ip }, now);
}

async function cancelActive(deps: TryOnDeps & { store: Store }, userId: string) {
  for (const status of ["queued", "processing"] as const) {
    const jobs = await deps.store.tryOnJobs.list(userId, { status }, { limit: mostActive });
    // one that ends by itself in this moment needs no cancelling
    for (const job of jobs) await cancelTryOn(deps, job).catch(() => {});
  }
}
