import type { KeyRing } from "../crypto/key-ring.ts";
import type { User } from "../model.ts";
import type { Repositories } from "../ports.ts";
import { dayStart } from "./day.ts";
import { isRenewed } from "./renew-free-credits.ts";

const dayMs = 86_400_000;

const marksOf = (ring: KeyRing, address: string) => ring.marksOf(`free-allowance:${address}`);

/**
 * Remembers until the day's end that an address which its account gives up has had the day's free credits (spec rule 1:
 * one allowance per address). What is kept is a keyed hash and an end: no word of the person. Runs inside a transaction.
 */
export async function noteSpentAllowance(tx: Repositories, ring: KeyRing, { id }: Pick<User, "id">, now: Date) {
  const { users, loginThrottles } = tx;
  const user = await users.findById(id);
  if (!user || !isRenewed(user, now)) return;
  const [subject = ""] = marksOf(ring, user.email_normalised);
  if (await loginThrottles.find(subject)) return;
  const end = new Date(dayStart(now).getTime() + dayMs);
  await loginThrottles.insertOnce({ subject, attempts: 1, blocked_until: end, expires_at: end });
}

/** Whether an address has had the free credits of this day already, with an account that is no more. */
export async function hasSpentAllowance({ loginThrottles }: Repositories, ring: KeyRing, address: string, now: Date) {
  const found = await Promise.all(marksOf(ring, address).map((subject) => loginThrottles.find(subject)));
  return found.some((row) => row !== null && row.blocked_until > now);
}
