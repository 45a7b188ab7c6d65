import type { User } from "../model.ts";
import type { Repositories, Store } from "../ports.ts";
import type { FreeAllowance } from "./allowance.ts";
import { allowanceOf } from "./allowance.ts";
import { dayName, dayStart } from "./day.ts";
import { writeLedgerRow } from "./write-ledger-row.ts";

/** Whether the free bucket has had its renewal of the day, as far as this row tells. */
export const isRenewed = ({ last_free_credit_reset }: User, now: Date) =>
  last_free_credit_reset !== null && last_free_credit_reset >= dayStart(now);

/** Fills the free bucket to its allowance once per UTC day; true when this call did it. Runs inside a transaction. */
export async function renewFreeCredits(tx: Repositories, user: User, allowance: FreeAllowance, now: Date) {
  const amount = allowanceOf(user, allowance);
  // the given row may be old, but a renewal seen in it has happened
  if (amount === 0 || isRenewed(user, now)) return false;
  const renewed = await tx.users.renewFreeCredits(user.id, amount, dayStart(now), now);
  if (!renewed) return false;
  await writeLedgerRow(tx, {
    user_id: user.id,
    type: "free",
    credits: renewed.added,
    bucket: "free",
    balance_after: renewed.balance,
    description: "Daily free credits",
    reference_type: "daily_renewal",
    reference_id: `${user.id}:${dayName(now)}`,
    created_at: now,
  });
  return true;
}

/** Scheduler: renews every account that is due; accounts that were renewed lazily are left alone. Tells how many it renewed. */
export async function renewAllDue(store: Store, allowance: FreeAllowance, now: Date): Promise<number> {
  const pageSize = 200;
  let renewed = 0;
  let afterId: string | undefined;
  for (;;) {
    const due = await store.users.listDueForRenewal(dayStart(now), pageSize, afterId);
    for (const user of due) {
      if (await store.transaction((tx) => renewFreeCredits(tx, user, allowance, now))) renewed += 1;
    }
    afterId = due.at(-1)?.id;
    if (due.length < pageSize) return renewed;
  }
}
