import type { RefreshToken } from "../../auth-model.ts";
import { hashSecret } from "../../crypto/hash-secret.ts";
import { AppError } from "../../errors.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import type { Repositories } from "../../ports.ts";
import type { AuthDeps, Client } from "../deps.ts";
import { noteAuthEvent } from "../note-auth-event.ts";
import { lifetimes } from "../settings.ts";
import type { TokenPair } from "./api-session.ts";
import { insertRefreshToken } from "./api-session.ts";
import { slidingExpiry } from "./page-session.ts";

/**
 * A new pair for a refresh token, which is spent by it. The one just spent works once more within 10 s (two tabs at
 * once); any later use of a spent one ends its whole family and is told by mail. Throws session_expired.
 */
export async function refreshSession(deps: AuthDeps, refreshToken: string, client: Client): Promise<TokenPair> {
  const { store, clock, tokens } = deps;
  const now = clock.now();
  const tokenHash = hashSecret(refreshToken);
  const next = await store.transaction(async (tx) => {
    const spent = (await tx.refreshTokens.spend(tokenHash, now)) ?? (await spendOnceMore(tx, tokenHash, now));
    return spent && rotate(tx, spent, now);
  });
  if (next) return { accessToken: await tokens.issue(next.userId, next.sessionId), refreshToken: next.token };
  await endFamilyOfReused(deps, tokenHash, client);
  throw new AppError("session_expired");
}

async function spendOnceMore(tx: Repositories, tokenHash: string, now: Date): Promise<RefreshToken | null> {
  const seen = await tx.refreshTokens.findByHash(tokenHash);
  if (!seen?.spent_at || now.getTime() - seen.spent_at.getTime() > lifetimes.refreshLeewayMs) return null;
  // "just spent": nothing of its family was spent after it
  if ((await tx.refreshTokens.findLastSpent(seen.session_id))?.id !== seen.id) return null;
  return (await tx.refreshTokens.takeLeeway(seen.id)) ? seen : null;
}

async function rotate(tx: Repositories, { session_id, user_id }: RefreshToken, now: Date) {
  const session = await tx.sessions.findById(session_id);
  const user = await tx.users.findById(user_id);
  if (!user?.is_active || !session || session.revoked_at || session.expires_at <= now) return null;
  const expires_at = slidingExpiry(session, now);
  if (!(await tx.sessions.touch(session.id, { last_seen_at: now, expires_at }))) return null;
  return { userId: user_id, sessionId: session_id, token: await insertRefreshToken(tx, session, now) };
}

async function endFamilyOfReused({ store, clock }: AuthDeps, tokenHash: string, { ip }: Client) {
  const now = clock.now();
  await store.transaction(async (tx) => {
    const seen = await tx.refreshTokens.findByHash(tokenHash);
    if (!seen?.spent_at || !(await tx.sessions.revoke(seen.user_id, seen.session_id, now))) return;
    await noteAuthEvent(tx, { kind: "refresh_reused", userId: seen.user_id, ip }, now);
    await queueMail(tx, { userId: seen.user_id, type: "refresh_reused", payload: { ip, at: now.toISOString() } }, now);
  });
}
