import { AppError } from "../errors.ts";
import type { Store } from "../ports.ts";
import type { FreeAllowance } from "./allowance.ts";
import { isRenewed, renewFreeCredits } from "./renew-free-credits.ts";

/** Both buckets and what all jobs have cost so far; renews the free bucket first when no scheduler has. */
export async function getBalance(store: Store, userId: string, allowance: FreeAllowance, now: Date) {
  const user = await store.users.findById(userId);
  if (!user) throw new AppError("not_found");
  if (!isRenewed(user, now)) await store.transaction((tx) => renewFreeCredits(tx, user, allowance, now));
  const { credits, daily_free_credits } = isRenewed(user, now) ? user : ((await store.users.findById(userId)) ?? user);
  return { credits, daily_free_credits, total_used: await store.tryOnJobs.totalCreditsUsed(userId) };
}
