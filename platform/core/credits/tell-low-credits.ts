import { queueMail } from "../mail/queue-mail.ts";
import { newOutboxRow } from "../outbox/new-outbox-row.ts";
import type { Repositories } from "../ports.ts";

/** credits of both buckets together at which the merchant is told that they run low */
const lowAt = 20;

/** Which level a spend of `spent` that leaves `left` has crossed: pure, so that each crossing is told once. */
export function crossedLevel(left: number, spent: number): "low" | "empty" | null {
  const before = left + spent;
  if (left < 1) return before >= 1 ? "empty" : null;
  return left < lowAt && before >= lowAt ? "low" : null;
}

const messages = {
  low: { mail: "credits_low", webhook: "credits.low" },
  empty: { mail: "credits_empty", webhook: "credits.depleted" },
} as const;

/** Tells by mail and webhook when a spend crosses a level. Runs inside the transaction of the spend. */
export async function tellLowCredits(tx: Repositories, userId: string, left: number, spent: number, now: Date) {
  const level = crossedLevel(left, spent);
  if (!level) return;
  const { mail, webhook } = messages[level];
  await queueMail(tx, { userId, type: mail, payload: { left } }, now);
  await tx.outbox.insert(newOutboxRow({ user_id: userId, channel: "webhook", type: webhook, payload: { left } }, now));
}
