import { v7 as uuidv7 } from "uuid";
import type { EmailToken } from "../auth-model.ts";
import { hashSecret } from "../crypto/hash-secret.ts";
import { queueMail } from "../mail/queue-mail.ts";
import type { User } from "../model.ts";
import type { Repositories } from "../ports.ts";
import type { AuthDeps, Client } from "./deps.ts";
import { knownIpSubject } from "./guard-sign-in.ts";
import { authEventRow, noteAuthEvent } from "./note-auth-event.ts";
import { randomToken } from "./random-token.ts";
import { lifetimes } from "./settings.ts";

/** Somebody who has shown who they are; a session may be started for them. */
export interface SignedIn {
  user: User;
  /** when the second factor was shown, if it was */
  mfaAt: Date | null;
}

/** What a first factor leads to. */
export type FirstFactor = SignedIn | { mfaToken: string };

/** After the first factor: on to the second where the account has one, else signed in. */
export async function afterFirstFactor(deps: AuthDeps, user: User, client: Client): Promise<FirstFactor> {
  const { store, clock } = deps;
  const mfa = await store.mfa.find(user.id);
  if (!mfa?.confirmed_at) return completeSignIn(deps, user, client, null);
  const mfaToken = randomToken();
  const now = clock.now();
  const token: EmailToken = {
    id: uuidv7(),
    user_id: user.id,
    purpose: "mfa",
    token_hash: hashSecret(mfaToken),
    email: user.email,
    attempts: 0,
    used_at: null,
    expires_at: new Date(now.getTime() + lifetimes.mfaMs),
    created_at: now,
  };
  await store.emailTokens.insert(token);
  return { mfaToken };
}

/** Puts the sign-in on record; a sign-in from a place that is new to the account is told by mail. */
export async function completeSignIn(
  deps: AuthDeps,
  user: User,
  client: Client,
  mfaAt: Date | null,
): Promise<SignedIn> {
  const { store, clock } = deps;
  const now = clock.now();
  await store.transaction(async (tx) => {
    await noteAuthEvent(tx, { kind: "login_succeeded", userId: user.id, ip: client.ip }, now);
    const isNew = await rememberIp(tx, user, client, now);
    if (isNew && user.last_login !== null) {
      const seen = { ip: client.ip, device: client.userAgent.slice(0, 200), at: now.toISOString() };
      await queueMail(tx, { userId: user.id, type: "new_sign_in", payload: seen }, now);
    }
    await tx.users.update(user.id, { last_login: now });
  });
  return { user: { ...user, last_login: now }, mfaAt };
}

/** Notes that this IP signed in to the account; true when it is the first time. */
export async function rememberIp(tx: Repositories, user: User, { ip }: Client, now: Date) {
  const subject = knownIpSubject(user.id, ip);
  if (await tx.authEvents.hasSubject(subject)) return false;
  return tx.authEvents.insertOnce(authEventRow({ kind: "known_ip", userId: user.id, ip }, now), subject);
}
