// The collections: prisma/schema.prisma and platform/core/model.ts have the same models.
import type {
  ApiKey,
  AuthEvent,
  CreditTransaction,
  EngineCostDay,
  IdempotencyRecord,
  KeyBudgetDay,
  MerchantSettings,
  OutboxMessage,
  Prompt,
  User,
} from "../../../core/model.ts";
import { amount, flag, json, number, orNull, text, time } from "./fields.ts";
import type { Model } from "./model.ts";

export const userModel: Model<User> = {
  collection: "User",
  key: ["id"],
  fields: {
    id: text,
    email: text,
    email_normalised: text,
    password_hash: orNull(text),
    auth_provider: text,
    google_sub: orNull(text),
    role: text,
    credits: amount,
    daily_free_credits: amount,
    last_free_credit_reset: orNull(time),
    first_name: orNull(text),
    last_name: orNull(text),
    profile_picture: orNull(text),
    company: orNull(text),
    gstin: orNull(text),
    address: orNull(text),
    state_code: orNull(text),
    is_active: flag,
    is_email_verified: flag,
    is_suspended: flag,
    is_demo: flag,
    last_login: orNull(time),
    created_at: time,
    updated_at: time,
  },
  indexes: {
    email: { keys: { email: 1 }, isUnique: true },
    email_normalised: { keys: { email_normalised: 1 }, isUnique: true },
    google_sub: { keys: { google_sub: 1 } },
    role: { keys: { role: 1 } },
    created_at: { keys: { created_at: -1 } },
  },
};

export const settingsModel: Model<MerchantSettings> = {
  collection: "MerchantSettings",
  key: ["user_id"],
  fields: {
    user_id: text,
    photo_retention_hours: amount,
    result_retention_hours: amount,
    shopper_daily_cap: amount,
    allowed_modes: json,
    widget_texts: json,
    widget_look: json,
    allow_garment_bytes: flag,
    show_shopper_results: flag,
    monthly_key_budget: orNull(amount),
    daily_key_budget: orNull(amount),
    created_at: time,
    updated_at: time,
  },
  indexes: {},
};

/** Sharded on user_id: its unique index and the one it is listed by begin with that. */
export const creditTransactionModel: Model<CreditTransaction> = {
  collection: "CreditTransaction",
  key: ["id"],
  fields: {
    id: text,
    user_id: text,
    type: text,
    credits: number,
    bucket: text,
    balance_after: amount,
    description: text,
    reference_type: text,
    reference_id: text,
    metadata: orNull(json),
    created_at: time,
  },
  indexes: {
    reference: {
      keys: { user_id: 1, reference_type: 1, reference_id: 1, type: 1, bucket: 1 },
      isUnique: true,
    },
    account: { keys: { user_id: 1, created_at: -1, _id: -1 } },
    created_at: { keys: { created_at: -1 } },
    type: { keys: { type: 1 } },
  },
};

export const apiKeyModel: Model<ApiKey> = {
  collection: "APIKey",
  key: ["id"],
  fields: {
    id: text,
    user_id: text,
    kind: text,
    mode: text,
    key_hash: text,
    key_prefix: text,
    public_value: orNull(text),
    name: text,
    allowed_origins: json,
    garment_hosts: json,
    daily_budget: orNull(amount),
    require_session: flag,
    session_secret: orNull(text),
    budget_key_id: orNull(text),
    last_used: orNull(time),
    usage_count: amount,
    is_active: flag,
    expires_at: orNull(time),
    created_at: time,
    updated_at: time,
  },
  indexes: {
    key_hash: { keys: { key_hash: 1 }, isUnique: true },
    user_id: { keys: { user_id: 1 } },
    is_active: { keys: { is_active: 1 } },
    // one entry per listed origin: a preflight looks one up among all accounts
    allowed_origins: { keys: { allowed_origins: 1 } },
  },
};

export const keyBudgetModel: Model<KeyBudgetDay> = {
  collection: "KeyBudgetDay",
  key: ["api_key_id", "day"],
  fields: { api_key_id: text, day: text, budget: amount, spent: amount },
  indexes: {},
};

export const engineCostModel: Model<EngineCostDay> = {
  collection: "EngineCostDay",
  key: ["engine", "day"],
  fields: { engine: text, day: text, spent_micro_usd: number, refused: amount },
  indexes: {},
};

export const idempotencyModel: Model<IdempotencyRecord> = {
  collection: "IdempotencyRecord",
  key: ["scope", "key"],
  fields: {
    scope: text,
    key: text,
    input_hash: text,
    state: text,
    answer: orNull(text),
    job_id: orNull(text),
    holder: text,
    started_at: time,
    expires_at: time,
  },
  indexes: { expires_at: { keys: { expires_at: 1 } } },
};

export const promptModel: Model<Prompt> = {
  collection: "Prompt",
  key: ["id"],
  fields: {
    id: text,
    name: text,
    type: text,
    content: text,
    version: number,
    is_active: flag,
    created_by: text,
    notes: orNull(text),
    activated_at: orNull(time),
    created_at: time,
  },
  indexes: {
    version: { keys: { type: 1, version: 1 }, isUnique: true },
    active: { keys: { type: 1, is_active: 1 } },
  },
};

export const authEventModel: Model<AuthEvent> = {
  collection: "AuthEvent",
  key: ["id"],
  fields: {
    id: text,
    kind: text,
    user_id: orNull(text),
    api_key_id: orNull(text),
    detail: json,
    ip_address: orNull(text),
    created_at: time,
  },
  indexes: {
    // what is kept once has a subject of its own, all else its id: no null in a unique key
    subject: { keys: { subject: 1 }, isUnique: true },
    account: { keys: { user_id: 1, created_at: -1, _id: -1 } },
    created_at: { keys: { created_at: 1 } },
  },
};

export const outboxModel: Model<OutboxMessage> = {
  collection: "Outbox",
  key: ["id"],
  fields: {
    id: text,
    user_id: text,
    channel: text,
    type: text,
    payload: json,
    state: text,
    attempts: amount,
    last_error: orNull(text),
    next_attempt_at: time,
    sent_at: orNull(time),
    created_at: time,
  },
  indexes: {
    due: { keys: { state: 1, next_attempt_at: 1, _id: 1 } },
    created_at: { keys: { created_at: 1 } },
  },
};

export interface Lease {
  name: string;
  holder: string;
  until: Date;
}

export const leaseModel: Model<Lease> = {
  collection: "Lease",
  key: ["name"],
  fields: { name: text, holder: text, until: time },
  indexes: {},
};
