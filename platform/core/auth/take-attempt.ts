import { hashSecret } from "../crypto/hash-secret.ts";
import { AppError } from "../errors.ts";
import type { Repositories } from "../ports.ts";
import type { ThrottleRule } from "./settings.ts";
import { throttleMemoryMs } from "./settings.ts";

/** A compare-and-set that keeps losing against others: bounded, so that a fault cannot spin. */
const maxRounds = 200;
const firstWaitMs = 1_000;

/** The wait after the attempt of this number: none while free, then 1, 2, 4 … seconds up to the most. */
export const waitMs = (attempts: number, { free, mostMs }: ThrottleRule) =>
  attempts < free ? 0 : Math.min(mostMs, firstWaitMs * 2 ** Math.min(attempts - free, 20));

/**
 * Counts an attempt before it is made, so that a thousand at once cannot slip through together. Answers 0, or how many
 * milliseconds are still to wait: then nothing was counted.
 */
export async function takeAttempt({ loginThrottles }: Repositories, name: string, rule: ThrottleRule, now: Date) {
  const subject = hashSecret(name);
  for (let round = 0; round < maxRounds; round += 1) {
    const seen = await loginThrottles.find(subject);
    const stillMs = seen ? seen.blocked_until.getTime() - now.getTime() : 0;
    if (stillMs > 0) return stillMs;
    const attempts = seen && seen.expires_at > now ? seen.attempts + 1 : 1;
    const blockedMs = now.getTime() + waitMs(attempts, rule);
    const next = {
      subject,
      attempts,
      blocked_until: new Date(blockedMs),
      expires_at: new Date(blockedMs + throttleMemoryMs),
    };
    const done = seen ? await loginThrottles.replace(seen, next) : await loginThrottles.insertOnce(next);
    if (done) return 0;
  }
  throw new AppError("login_throttled", { retryAfterS: 1 });
}

/** Takes back an attempt that turned out right. */
export async function giveBackAttempt({ loginThrottles }: Repositories, name: string, rule: ThrottleRule, now: Date) {
  const subject = hashSecret(name);
  for (let round = 0; round < maxRounds; round += 1) {
    const seen = await loginThrottles.find(subject);
    if (!seen) return;
    const attempts = Math.max(0, seen.attempts - 1);
    const blocked_until = attempts < rule.free ? now : seen.blocked_until;
    if (await loginThrottles.replace(seen, { ...seen, attempts, blocked_until })) return;
  }
}

/** Forgets all attempts on this subject. */
export const forgetAttempts = ({ loginThrottles }: Repositories, name: string) =>
  loginThrottles.remove(hashSecret(name));
