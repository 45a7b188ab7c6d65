import { AppError } from "../errors.ts";
import type { User } from "../model.ts";
import type { Repositories } from "../ports.ts";
import type { FreeAllowance } from "./allowance.ts";
import { renewFreeCredits } from "./renew-free-credits.ts";
import { tellLowCredits } from "./tell-low-credits.ts";
import { writeLedgerRow } from "./write-ledger-row.ts";

export interface Spend {
  user: User;
  jobId: string;
  credits: number;
  allowance: FreeAllowance;
  now: Date;
}

export interface Split {
  free: number;
  paid: number;
}

/**
 * Takes the credits of an accepted job, free ones first, with one ledger row per bucket touched. Runs inside the
 * transaction that inserts the job. Throws insufficient_credits and then nothing is taken.
 */
export async function spendCredits(tx: Repositories, { user, jobId, credits, allowance, now }: Spend): Promise<Split> {
  await renewFreeCredits(tx, user, allowance, now);
  // Each split is one conditional statement, right for exactly one state of the free bucket: no read, no race.
  for (let free = credits; free >= 0; free -= 1) {
    const split = { free, paid: credits - free };
    const balances = await tx.users.takeCredits(user.id, { ...split, total: credits }, now);
    if (!balances) continue;
    for (const bucket of ["free", "paid"] as const) {
      if (split[bucket] === 0) continue;
      await writeLedgerRow(tx, {
        user_id: user.id,
        type: "usage",
        credits: -split[bucket],
        bucket,
        balance_after: balances[bucket],
        description: "Try-on",
        reference_type: "tryon_job",
        reference_id: jobId,
        created_at: now,
      });
    }
    await tellLowCredits(tx, user.id, balances.free + balances.paid, credits, now);
    return split;
  }
  throw new AppError("insufficient_credits");
}
