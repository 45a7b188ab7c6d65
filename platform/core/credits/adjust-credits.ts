import { AppError } from "../errors.ts";
import type { Repositories } from "../ports.ts";
import { writeLedgerRow } from "./write-ledger-row.ts";

export interface Adjustment {
  userId: string;
  /** signed; paid bucket */
  credits: number;
  reason: string;
  /** the admin's act: booked once */
  actionId: string;
  now: Date;
}

/** Books an admin's correction on the paid bucket, once per act. Throws not_found or insufficient_credits. */
export async function adjustCredits(tx: Repositories, { userId, credits, reason, actionId, now }: Adjustment) {
  if (!(await tx.users.findById(userId))) throw new AppError("not_found");
  const booked = await tx.users.addCredits(userId, "paid", credits, now);
  if (!booked) throw new AppError("insufficient_credits");
  const isNew = await writeLedgerRow(tx, {
    user_id: userId,
    type: "admin_adjustment",
    credits,
    bucket: "paid",
    balance_after: booked.balance,
    description: reason,
    reference_type: "admin_action",
    reference_id: actionId,
    created_at: now,
  });
  if (!isNew) throw new AppError("conflict");
}
