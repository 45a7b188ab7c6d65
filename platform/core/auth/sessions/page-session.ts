import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { Session, SessionKind } from "../../auth-model.ts";
import { hashSecret } from "../../crypto/hash-secret.ts";
import { AppError } from "../../errors.ts";
import type { User } from "../../model.ts";
import type { AuthDeps, Client } from "../deps.ts";
import { randomToken } from "../random-token.ts";
import { lifetimes } from "../settings.ts";
import type { SignedIn } from "../sign-in.ts";

/** A new session's row; the token that it belongs to is told once. */
export function newSessionRow({ user, mfaAt }: SignedIn, kind: SessionKind, client: Client, now: Date) {
  const token = randomToken();
  const session: Session = {
    id: uuidv7(),
    user_id: user.id,
    kind,
    token_hash: hashSecret(token),
    user_agent: client.userAgent.slice(0, 300),
    ip_address: client.ip,
    mfa_at: mfaAt,
    last_seen_at: now,
    expires_at: new Date(now.getTime() + lifetimes.sessionMs),
    revoked_at: null,
    created_at: now,
  };
  return { token, session };
}

/** The token that every form of a page session carries: made of the cookie, and no way back to it. */
export const csrfTokenOf = (cookie: string) => createHash("sha256").update(`csrf\n${cookie}`).digest("base64url");

/** 7 days on from now, at most 30 from the start. */
export const slidingExpiry = ({ created_at }: Session, now: Date) =>
  new Date(Math.min(now.getTime() + lifetimes.sessionMs, created_at.getTime() + lifetimes.sessionMostMs));

/** Admins work only in a session in which the second factor was shown. */
export const lacksSecondFactor = (user: User, session: Session) => user.role === "admin" && session.mfa_at === null;

/** Starts a session of the pages. `cookie` is the value of the session cookie, told once; any former one of this browser ends. */
export async function startPageSession(
  { store, clock }: AuthDeps,
  signedIn: SignedIn,
  client: Client,
  formerCookie: string | null,
) {
  const now = clock.now();
  const { token, session } = newSessionRow(signedIn, "page", client, now);
  await store.transaction(async (tx) => {
    const former = formerCookie ? await tx.sessions.findByTokenHash(hashSecret(formerCookie)) : null;
    if (former) await tx.sessions.revoke(former.user_id, former.id, now);
    await tx.sessions.insert(session);
  });
  return { cookie: token, session, csrfToken: csrfTokenOf(token) };
}

export interface PageSession {
  user: User;
  session: Session;
  csrfToken: string;
  /** an admin who has not shown a second factor: the pages let them enrol and nothing else */
  needsSecondFactor: boolean;
  /** set when the session was prolonged: send the cookie again with this end */
  renewedUntil: Date | null;
}

/** Who a session cookie belongs to; null when it is nobody's any more. Prolongs the session, at most every few minutes. */
export async function findPageSession({ store, clock }: AuthDeps, cookie: string | null): Promise<PageSession | null> {
  if (!cookie) return null;
  const now = clock.now();
  const session = await store.sessions.findByTokenHash(hashSecret(cookie));
  if (session?.kind !== "page" || session.revoked_at || session.expires_at <= now) return null;
  const user = await store.users.findById(session.user_id);
  if (!user?.is_active) return null;
  const isStale = now.getTime() - session.last_seen_at.getTime() > lifetimes.touchMs;
  const renewedUntil = isStale ? slidingExpiry(session, now) : null;
  if (renewedUntil) await store.sessions.touch(session.id, { last_seen_at: now, expires_at: renewedUntil });
  return {
    user,
    session,
    csrfToken: csrfTokenOf(cookie),
    needsSecondFactor: lacksSecondFactor(user, session),
    renewedUntil,
  };
}

/** Throws forbidden unless the form carries the session's own token. */
export function assertCsrfToken(page: PageSession, given: unknown) {
  if (typeof given !== "string" || hashSecret(given) !== hashSecret(page.csrfToken)) throw new AppError("forbidden");
}
