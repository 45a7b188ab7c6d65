/** The rows of signing in, as core sees them (beside model.ts; same rules). Tokens and codes are kept as SHA-256 alone. */

export type SessionKind = "page" | "api";

/** A signed-in browser (`page`, by cookie) or API client (`api`: a family of refresh tokens). */
export interface Session {
  id: string;
  user_id: string;
  kind: SessionKind;
  /** of the cookie; an API session has a random one that nobody knows */
  token_hash: string;
  user_agent: string;
  ip_address: string;
  /** when the second factor was shown in this session */
  mfa_at: Date | null;
  last_seen_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  created_at: Date;
}

export interface RefreshToken {
  id: string;
  /** the family */
  session_id: string;
  user_id: string;
  token_hash: string;
  spent_at: Date | null;
  /** the one more time within 10 s has been taken */
  is_leeway_used: boolean;
  expires_at: Date;
  created_at: Date;
}

export type EmailTokenPurpose = "verify_email" | "reset_password" | "change_email" | "mfa";

export interface EmailToken {
  id: string;
  user_id: string;
  purpose: EmailTokenPurpose;
  token_hash: string;
  email: string;
  attempts: number;
  used_at: Date | null;
  expires_at: Date;
  created_at: Date;
}

export interface Mfa {
  user_id: string;
  sealed_secret: string;
  confirmed_at: Date | null;
  last_step: number;
  created_at: Date;
  updated_at: Date;
}

export interface RecoveryCode {
  id: string;
  user_id: string;
  code_hash: string;
  used_at: Date | null;
  created_at: Date;
}

/** A sign-in at an identity provider under way. */
export interface OAuthState {
  state_hash: string;
  cookie_hash: string;
  nonce: string;
  sealed_verifier: string;
  return_path: string;
  wants_json: boolean;
  expires_at: Date;
  created_at: Date;
}

/** Attempts to sign in counted on one subject. */
export interface LoginThrottle {
  subject: string;
  attempts: number;
  blocked_until: Date;
  expires_at: Date;
}
