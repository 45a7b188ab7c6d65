/** The part of the Store port that signing in needs. */
import type {
  EmailToken,
  EmailTokenPurpose,
  LoginThrottle,
  Mfa,
  OAuthState,
  RecoveryCode,
  RefreshToken,
  Session,
} from "./auth-model.ts";

export interface SessionRepository {
  insert(session: Session): Promise<void>;
  findById(id: string): Promise<Session | null>;
  findByTokenHash(tokenHash: string): Promise<Session | null>;
  /** Not revoked and not expired, newest first. */
  listLive(userId: string, now: Date): Promise<Session[]>;
  /** Patches while not revoked; false when it is. */
  touch(id: string, patch: Partial<Pick<Session, "last_seen_at" | "expires_at" | "mfa_at">>): Promise<boolean>;
  /** The owner is always in the filter; false when there was nothing to revoke. */
  revoke(userId: string, id: string, now: Date): Promise<boolean>;
  /** Tells how many it ended. */
  revokeAll(userId: string, now: Date, exceptId?: string): Promise<number>;
  deleteExpired(before: Date, limit: number): Promise<number>;
}

export interface RefreshTokenRepository {
  insert(token: RefreshToken): Promise<void>;
  findByHash(tokenHash: string): Promise<RefreshToken | null>;
  /** Marks it spent when it was neither spent nor expired; null when it was. One conditional statement. */
  spend(tokenHash: string, now: Date): Promise<RefreshToken | null>;
  /** Takes the one more time; false when it was taken. One conditional statement. */
  takeLeeway(id: string): Promise<boolean>;
  findLastSpent(sessionId: string): Promise<RefreshToken | null>;
  deleteExpired(before: Date, limit: number): Promise<number>;
}

export interface EmailTokenRepository {
  insert(token: EmailToken): Promise<void>;
  findByHash(tokenHash: string): Promise<EmailToken | null>;
  /** Marks it used when it is one of these purposes, unused and not expired; null when not. One conditional statement. */
  consume(tokenHash: string, purposes: EmailTokenPurpose[], now: Date): Promise<EmailToken | null>;
  /** Counts one attempt while fewer than `most` were made; false when not. One conditional statement. */
  countAttempt(id: string, most: number): Promise<boolean>;
  /** Marks the account's unused tokens of these purposes used. */
  voidAll(userId: string, purposes: EmailTokenPurpose[], now: Date): Promise<void>;
  deleteExpired(before: Date, limit: number): Promise<number>;
}

export interface MfaRepository {
  find(userId: string): Promise<Mfa | null>;
  /** Writes a secret that is not confirmed yet; false when a confirmed one stands. */
  begin(mfa: Mfa): Promise<boolean>;
  /** Confirms the secret that stands when it is not confirmed yet; false when it was. */
  confirm(userId: string, step: number, now: Date): Promise<boolean>;
  /** Notes the step when it is newer than the last one used: a code works once. One conditional statement. */
  spendStep(userId: string, step: number, now: Date): Promise<boolean>;
  remove(userId: string): Promise<void>;
  insertCodes(codes: RecoveryCode[]): Promise<void>;
  deleteCodes(userId: string): Promise<void>;
  /** Marks it used when it was not; false when it was or does not exist. One conditional statement. */
  spendCode(userId: string, codeHash: string, now: Date): Promise<boolean>;
  countUnusedCodes(userId: string): Promise<number>;
}

export interface OAuthStateRepository {
  insert(state: OAuthState): Promise<void>;
  /** Takes it away when both hashes fit and it is not expired: single use. */
  take(stateHash: string, cookieHash: string, now: Date): Promise<OAuthState | null>;
  deleteExpired(before: Date, limit: number): Promise<number>;
}

export interface LoginThrottleRepository {
  find(subject: string): Promise<LoginThrottle | null>;
  /** Inserts unless the subject exists; false when it did. */
  insertOnce(row: LoginThrottle): Promise<boolean>;
  /** Replaces the row when it still is the one seen. One conditional statement. */
  replace(seen: LoginThrottle, next: LoginThrottle): Promise<boolean>;
  remove(subject: string): Promise<void>;
  deleteExpired(before: Date, limit: number): Promise<number>;
}

export interface AuthRepositories {
  sessions: SessionRepository;
  refreshTokens: RefreshTokenRepository;
  emailTokens: EmailTokenRepository;
  mfa: MfaRepository;
  oauthStates: OAuthStateRepository;
  loginThrottles: LoginThrottleRepository;
}
