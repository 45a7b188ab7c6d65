import { AppError } from "../errors.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { newOutboxRow } from "../outbox/new-outbox-row.ts";
import type { Clock, Store } from "../ports.ts";

/** Suspends an account: every session ends, it is told by mail and webhook; it may sign in and read again, and create nothing. Throws not_found. */
export async function suspendAccount(
  { store, clock }: { store: Store; clock: Clock },
  { userId, reason }: { userId: string; reason: string },
) {
  const now = clock.now();
  await store.transaction(async (tx) => {
    const user = await tx.users.findById(userId);
    if (!user?.is_active) throw new AppError("not_found");
    if (user.is_suspended) return;
    await tx.users.update(userId, { is_suspended: true, updated_at: now });
    await tx.sessions.revokeAll(userId, now);
    await queueMail(tx, { userId, type: "account_suspended", payload: { reason } }, now);
    const message = { user_id: userId, channel: "webhook" as const, type: "account.suspended", payload: { reason } };
    await tx.outbox.insert(newOutboxRow(message, now));
  });
}
