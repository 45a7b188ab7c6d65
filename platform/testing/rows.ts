import { v7 as uuidv7 } from "uuid";
import type { ApiKey, MerchantSettings, TryOnJob, User } from "../core/model.ts";

/** Rows for tests: complete, with whatever the test cares about laid over. */
export const testTime = new Date("2026-11-24T10:00:00.000Z");

export function userRow(over: Partial<User> = {}): User {
  const id = over.id ?? uuidv7();
  return {
    id,
    email: `${id}@example.com`,
    email_normalised: `${id}@example.com`,
    password_hash: null,
    auth_provider: "email",
    google_sub: null,
    role: "paid",
    credits: 0,
    daily_free_credits: 0,
    last_free_credit_reset: null,
    first_name: null,
    last_name: null,
    profile_picture: null,
    company: null,
    gstin: null,
    address: null,
    state_code: null,
    is_active: true,
    is_email_verified: true,
    is_suspended: false,
    is_demo: false,
    last_login: null,
    created_at: testTime,
    updated_at: testTime,
    ...over,
  };
}

export function keyRow(userId: string, over: Partial<ApiKey> = {}): ApiKey {
  const id = over.id ?? uuidv7();
  return {
    id,
    user_id: userId,
    kind: "secret",
    mode: "live",
    key_hash: `hash-${id}`,
    key_prefix: "sk_live_abcdefgh",
    public_value: null,
    name: "test",
    allowed_origins: [],
    garment_hosts: [],
    daily_budget: null,
    require_session: false,
    session_secret: null,
    budget_key_id: null,
    last_used: null,
    usage_count: 0,
    is_active: true,
    expires_at: null,
    created_at: testTime,
    updated_at: testTime,
    ...over,
  };
}

export const settingsRow = (user_id: string, over: Partial<MerchantSettings> = {}): MerchantSettings => ({
  user_id,
  photo_retention_hours: 24,
  result_retention_hours: 24,
  shopper_daily_cap: 10,
  allowed_modes: ["top", "full"],
  widget_texts: {},
  widget_look: {},
  allow_garment_bytes: false,
  show_shopper_results: false,
  monthly_key_budget: null,
  daily_key_budget: null,
  created_at: testTime,
  updated_at: testTime,
  ...over,
});

const noImages = {
  person_image: null,
  top_image: null,
  bottom_image: null,
  person_hash: null,
  top_hash: null,
  bottom_hash: null,
  output_image: null,
} as const;

const notRunYet = {
  prompt_used: null,
  prompt_id: null,
  prompt_version: null,
  confidence: null,
  cost_micro_usd: null,
  outcome_unknown: false,
  sent_at: null,
  sent_estimate_micro_usd: null,
  error_code: null,
  error_message: null,
  retry_count: 0,
  processing_time_ms: null,
  lease_holder: null,
  lease_until: null,
  cancel_requested_at: null,
  started_at: null,
  completed_at: null,
  photo_expires_at: null,
  expires_at: null,
} as const;

export function jobRow(userId: string, over: Partial<TryOnJob> = {}): TryOnJob {
  return {
    id: uuidv7(),
    user_id: userId,
    api_key_id: null,
    key_mode: "live",
    job_token_hash: null,
    product_id: null,
    product_url: null,
    shopper_id: null,
    consent_version: null,
    consent_at: null,
    ...noImages,
    mode: "top",
    engine: "stub",
    status: "queued",
    stage: "queued",
    progress: 0,
    version: 1,
    preview: true,
    warnings: [],
    credits_used: 1,
    charged_free: 0,
    charged_paid: 1,
    ...notRunYet,
    run_after: testTime,
    created_at: testTime,
    updated_at: testTime,
    ...over,
  };
}
