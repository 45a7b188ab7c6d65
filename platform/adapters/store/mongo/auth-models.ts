// The collections of signing in.
import type {
  EmailToken,
  LoginThrottle,
  Mfa,
  OAuthState,
  RecoveryCode,
  RefreshToken,
  Session,
} from "../../../core/auth-model.ts";
import { amount, flag, number, orNull, text, time } from "./fields.ts";
import type { Model } from "./model.ts";

const expiry = { expires_at: { keys: { expires_at: 1 } } } as const;
const hash = { token_hash: { keys: { token_hash: 1 }, isUnique: true } } as const;

export const sessionModel: Model<Session> = {
  collection: "Session",
  key: ["id"],
  fields: {
    id: text,
    user_id: text,
    kind: text,
    token_hash: text,
    user_agent: text,
    ip_address: text,
    mfa_at: orNull(time),
    last_seen_at: time,
    expires_at: time,
    revoked_at: orNull(time),
    created_at: time,
  },
  indexes: { ...hash, account: { keys: { user_id: 1, created_at: -1, _id: -1 } }, ...expiry },
};

export const refreshTokenModel: Model<RefreshToken> = {
  collection: "RefreshToken",
  key: ["id"],
  fields: {
    id: text,
    session_id: text,
    user_id: text,
    token_hash: text,
    spent_at: orNull(time),
    is_leeway_used: flag,
    expires_at: time,
    created_at: time,
  },
  indexes: { ...hash, family: { keys: { session_id: 1, spent_at: -1, _id: -1 } }, ...expiry },
};

export const emailTokenModel: Model<EmailToken> = {
  collection: "EmailToken",
  key: ["id"],
  fields: {
    id: text,
    user_id: text,
    purpose: text,
    token_hash: text,
    email: text,
    attempts: amount,
    used_at: orNull(time),
    expires_at: time,
    created_at: time,
  },
  indexes: { ...hash, account: { keys: { user_id: 1, purpose: 1 } }, ...expiry },
};

export const mfaModel: Model<Mfa> = {
  collection: "Mfa",
  key: ["user_id"],
  fields: {
    user_id: text,
    sealed_secret: text,
    confirmed_at: orNull(time),
    last_step: number,
    created_at: time,
    updated_at: time,
  },
  indexes: {},
};

export const recoveryCodeModel: Model<RecoveryCode> = {
  collection: "RecoveryCode",
  key: ["id"],
  fields: { id: text, user_id: text, code_hash: text, used_at: orNull(time), created_at: time },
  indexes: { code: { keys: { user_id: 1, code_hash: 1 }, isUnique: true } },
};

export const oauthStateModel: Model<OAuthState> = {
  collection: "OAuthState",
  key: ["state_hash"],
  fields: {
    state_hash: text,
    cookie_hash: text,
    nonce: text,
    sealed_verifier: text,
    return_path: text,
    wants_json: flag,
    expires_at: time,
    created_at: time,
  },
  indexes: { ...expiry },
};

export const loginThrottleModel: Model<LoginThrottle> = {
  collection: "LoginThrottle",
  key: ["subject"],
  fields: { subject: text, attempts: amount, blocked_until: time, expires_at: time },
  indexes: { ...expiry },
};
