import { ipBucket } from "../access/ip-bucket.ts";
import { hashSecret } from "../crypto/hash-secret.ts";
import { AppError } from "../errors.ts";
import type { User } from "../model.ts";
import type { Repositories } from "../ports.ts";
import type { AuthDeps, Client } from "./deps.ts";
import { noteAuthEvent } from "./note-auth-event.ts";
import type { ThrottleRule } from "./settings.ts";
import { throttleRules } from "./settings.ts";
import { forgetAttempts, giveBackAttempt, takeAttempt } from "./take-attempt.ts";

/** The subject under which an IP is known to have signed in to an account. */
export const knownIpSubject = (userId: string, ip: string) => `known_ip:${userId}:${ipBucket(ip)}`;

const accountThrottle = (email: string) => `account:${email}`;

/** The throttles that an attempt counts on: of an IP that signed in before, its own with this address alone. */
function throttlesOf(email: string, ip: string, isKnown: boolean): [string, ThrottleRule][] {
  const bucket = ipBucket(ip);
  const pair = `pair:${email}:${bucket}`;
  if (isKnown) return [[pair, throttleRules.knownPair]];
  return [
    [pair, throttleRules.pair],
    [`ip:${bucket}`, throttleRules.ip],
    [accountThrottle(email), throttleRules.account],
  ];
}

/**
 * Counts an attempt on an address before any hashing, for known and unknown addresses alike. Throws login_throttled.
 * `succeeded` takes it back.
 */
export async function guardSignIn(
  { store, clock }: AuthDeps,
  { email, user, client }: { email: string; user: User | null; client: Client },
) {
  const now = clock.now();
  const isKnown = await store.authEvents.hasSubject(knownIpSubject(user?.id ?? hashSecret(email), client.ip));
  const throttles = throttlesOf(email, client.ip, isKnown);
  for (const [name, rule] of throttles) {
    const stillMs = await takeAttempt(store, name, rule, now);
    if (stillMs === 0) continue;
    await noteAuthEvent(store, { kind: "login_throttled", userId: user?.id ?? null, ip: client.ip }, now);
    throw new AppError("login_throttled", { retryAfterS: Math.ceil(stillMs / 1000) });
  }
  return {
    succeeded: async () => {
      const [[pair] = [""], ...shared] = throttles;
      await forgetAttempts(store, pair);
      for (const [name, rule] of shared) await giveBackAttempt(store, name, rule, now);
    },
  };
}

/** Ends the lock-out of an address: its owner has shown that the mailbox is theirs. */
export const liftLockOut = (tx: Repositories, email: string) => forgetAttempts(tx, accountThrottle(email));
