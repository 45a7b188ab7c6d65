import type { TryOnJob, User } from "../model.ts";
import type { Repositories } from "../ports.ts";
import type { FreeAllowance } from "./allowance.ts";
import { allowanceOf } from "./allowance.ts";
import { dayStart } from "./day.ts";
import { writeLedgerRow } from "./write-ledger-row.ts";

/** How many free credits may still return: none that were used before the renewal that followed. */
function returnable(job: TryOnJob, user: User) {
  const renewedAt = user.last_free_credit_reset;
  return renewedAt && job.created_at < dayStart(renewedAt) ? 0 : job.charged_free;
}

/**
 * Gives a job's credits back to the buckets they came from. Runs inside the transaction that ends the job, whose
 * compare-and-set makes it happen once; the ledger's unique key is the second guard. Returns what the job still costs (0).
 */
export async function giveBackCredits(tx: Repositories, job: TryOnJob, allowance: FreeAllowance, now: Date) {
  const user = await tx.users.findById(job.user_id);
  if (!user) return 0;
  const give = { free: returnable(job, user), paid: job.charged_paid };
  const charged = { free: job.charged_free, paid: job.charged_paid };
  for (const bucket of ["free", "paid"] as const) {
    if (charged[bucket] === 0) continue;
    const cap = bucket === "free" ? allowanceOf(user, allowance) : undefined;
    const booked = await tx.users.addCredits(user.id, bucket, give[bucket], now, cap);
    if (!booked) continue;
    const isNew = await writeLedgerRow(tx, {
      user_id: user.id,
      type: "refund",
      credits: booked.added,
      bucket,
      balance_after: booked.balance,
      description: "Try-on given back",
      reference_type: "tryon_job",
      reference_id: job.id,
      created_at: now,
    });
    if (!isNew) throw new Error(`job ${job.id} was given back before`);
  }
  return 0;
}
