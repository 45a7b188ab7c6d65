import { AppError } from "../../errors.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import type { User } from "../../model.ts";
import type { AuthDeps, Client } from "../deps.ts";
import { knownIpSubject } from "../guard-sign-in.ts";
import { noteAuthEvent } from "../note-auth-event.ts";
import { throttleRules } from "../settings.ts";
import { forgetAttempts, takeAttempt } from "../take-attempt.ts";
import { hashRecoveryCode } from "./recovery-codes.ts";
import { matchTotp } from "./totp.ts";

/** Shows a code of the authenticator (each works once) or a recovery code (likewise). Throws unauthenticated or login_throttled. */
export async function checkSecondFactor(deps: AuthDeps, user: User, code: string, client: Client) {
  const { store, clock } = deps;
  const now = clock.now();
  // an attacker who has the password must not lock the owner out of a place that is known
  const isKnown = await store.authEvents.hasSubject(knownIpSubject(user.id, client.ip));
  const throttle = isKnown ? `mfa:${user.id}:${client.ip}` : `mfa:${user.id}`;
  const stillMs = await takeAttempt(store, throttle, throttleRules.mfa, now);
  if (stillMs > 0) throw new AppError("login_throttled", { retryAfterS: Math.ceil(stillMs / 1000) });
  if ((await usesTotp(deps, user, code)) || (await usesRecoveryCode(deps, user, code, client))) {
    await forgetAttempts(store, throttle);
    return;
  }
  await noteAuthEvent(store, { kind: "mfa_failed", userId: user.id, ip: client.ip }, now);
  throw new AppError("unauthenticated", { details: { code: "not right" } });
}

async function usesTotp({ store, clock, ring }: AuthDeps, user: User, code: string) {
  const now = clock.now();
  const mfa = await store.mfa.find(user.id);
  if (!mfa?.confirmed_at) return false;
  const step = matchTotp(ring.decrypt(mfa.sealed_secret), code, now);
  return step !== null && store.mfa.spendStep(user.id, step, now);
}

async function usesRecoveryCode({ store, clock }: AuthDeps, user: User, code: string, { ip }: Client) {
  const now = clock.now();
  return store.transaction(async (tx) => {
    if (!(await tx.mfa.spendCode(user.id, hashRecoveryCode(user.id, code), now))) return false;
    const left = await tx.mfa.countUnusedCodes(user.id);
    await noteAuthEvent(tx, { kind: "recovery_code_used", userId: user.id, ip, detail: { left } }, now);
    await queueMail(tx, { userId: user.id, type: "recovery_code_used", payload: { left } }, now);
    return true;
  });
}
