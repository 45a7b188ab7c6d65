import { v7 as uuidv7 } from "uuid";
import type { RefreshToken, Session } from "../../auth-model.ts";
import { hashSecret } from "../../crypto/hash-secret.ts";
import { AppError } from "../../errors.ts";
import type { User } from "../../model.ts";
import type { Repositories } from "../../ports.ts";
import type { AuthDeps, Client } from "../deps.ts";
import { randomToken } from "../random-token.ts";
import { lifetimes } from "../settings.ts";
import type { SignedIn } from "../sign-in.ts";
import { newSessionRow } from "./page-session.ts";

export interface TokenPair {
  accessToken: string;
  refreshToken: string;
}

/** Gives a session its next refresh token; runs inside a transaction. */
export async function insertRefreshToken(tx: Repositories, session: Session, now: Date): Promise<string> {
  const token = randomToken();
  const row: RefreshToken = {
    id: uuidv7(),
    session_id: session.id,
    user_id: session.user_id,
    token_hash: hashSecret(token),
    spent_at: null,
    is_leeway_used: false,
    expires_at: new Date(now.getTime() + lifetimes.refreshMs),
    created_at: now,
  };
  await tx.refreshTokens.insert(row);
  return token;
}

/** Starts a session of the REST API: an access token, and a refresh token that begins a family. */
export async function startApiSession(
  { store, clock, tokens }: AuthDeps,
  signedIn: SignedIn,
  client: Client,
): Promise<TokenPair> {
  const now = clock.now();
  const { session } = newSessionRow(signedIn, "api", client, now);
  const refreshToken = await store.transaction(async (tx) => {
    await tx.sessions.insert(session);
    return insertRefreshToken(tx, session, now);
  });
  return { accessToken: await tokens.issue(session.user_id, session.id), refreshToken };
}

/** Who an access token belongs to. Throws token_expired, unauthenticated, or session_expired the moment its session is gone. */
export async function findApiSession(
  { store, clock, tokens }: Pick<AuthDeps, "store" | "clock" | "tokens">,
  accessToken: string,
): Promise<{ user: User; session: Session }> {
  const { userId, sessionId } = await tokens.verify(accessToken);
  const [session, user] = await Promise.all([store.sessions.findById(sessionId), store.users.findById(userId)]);
  if (!user?.is_active) throw new AppError("unauthenticated");
  const isLive = session?.user_id === userId && !session.revoked_at && session.expires_at > clock.now();
  if (!isLive) throw new AppError("session_expired");
  return { user, session };
}
