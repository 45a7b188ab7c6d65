/**
 * The rows of the data model (prisma/schema.prisma), as core sees them. Both stores return exactly these shapes:
 * plain objects, times as Date, absent values as null, lists as arrays. Ids are UUIDv7 strings; times are UTC.
 */

export type Role = "free" | "paid" | "admin";
export type KeyKind = "secret" | "publishable";
export type KeyMode = "live" | "test";
/** What a job counts as: of live or test keys, or a merchant's own free preview. History and statistics name one. */
export type JobKeyMode = KeyMode | "preview";
export type TryOnMode = "top" | "full";
export type JobStatus = "queued" | "processing" | "completed" | "failed" | "cancelled";
/** What a job is doing now; `progress` (0-100) belongs to it and never falls within one try. */
export type JobStage = "queued" | "photo" | "garment" | "fit" | "finish" | "done";
export type Bucket = "free" | "paid";
export type CreditType = "usage" | "purchase" | "free" | "refund" | "admin_adjustment";
export type CreditReference = "tryon_job" | "payment" | "payment_refund" | "daily_renewal" | "admin_action";

/** A merchant account. */
export interface User {
  id: string;
  email: string;
  /** dots and +tags of the big providers folded; unique, so that one person has one free allowance */
  email_normalised: string;
  password_hash: string | null;
  auth_provider: "email" | "google";
  google_sub: string | null;
  role: Role;
  credits: number;
  daily_free_credits: number;
  last_free_credit_reset: Date | null;
  first_name: string | null;
  last_name: string | null;
  profile_picture: string | null;
  company: string | null;
  gstin: string | null;
  address: string | null;
  state_code: string | null;
  is_active: boolean;
  is_email_verified: boolean;
  is_suspended: boolean;
  is_demo: boolean;
  last_login: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface MerchantSettings {
  user_id: string;
  photo_retention_hours: number;
  result_retention_hours: number;
  shopper_daily_cap: number;
  allowed_modes: TryOnMode[];
  /** plain texts by name (button, title, brand …) */
  widget_texts: Record<string, string>;
  /** parsed look values by name (accent, radius, font) */
  widget_look: Record<string, string>;
  allow_garment_bytes: boolean;
  show_shopper_results: boolean;
  monthly_key_budget: number | null;
  daily_key_budget: number | null;
  created_at: Date;
  updated_at: Date;
}

/** One append-only line of the ledger. Unique on (user_id, reference_type, reference_id, type, bucket). */
export interface CreditTransaction {
  id: string;
  user_id: string;
  type: CreditType;
  /** signed */
  credits: number;
  bucket: Bucket;
  /** of that bucket, after this row */
  balance_after: number;
  description: string;
  reference_type: CreditReference;
  reference_id: string;
  metadata: Record<string, unknown> | null;
  created_at: Date;
}

export interface ApiKey {
  id: string;
  user_id: string;
  kind: KeyKind;
  mode: KeyMode;
  key_hash: string;
  key_prefix: string;
  /** the key itself, publishable keys only */
  public_value: string | null;
  name: string;
  allowed_origins: string[];
  garment_hosts: string[];
  daily_budget: number | null;
  /** whether shoppers need a session that the merchant's server signed; publishable keys only */
  require_session: boolean;
  /** what these are signed with, encrypted; as long as they are required */
  session_secret: string | null;
  /** the first of the keys that it came from by regeneration: all spend from one budget */
  budget_key_id: string | null;
  last_used: Date | null;
  usage_count: number;
  is_active: boolean;
  expires_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

/** What one publishable key may spend and has spent on one UTC day. Unique on (api_key_id, day). */
export interface KeyBudgetDay {
  api_key_id: string;
  /** YYYY-MM-DD */
  day: string;
  budget: number;
  spent: number;
}

export interface TryOnJob {
  id: string;
  user_id: string;
  api_key_id: string | null;
  key_mode: JobKeyMode;
  job_token_hash: string | null;
  product_id: string | null;
  product_url: string | null;
  shopper_id: string | null;
  consent_version: string | null;
  consent_at: Date | null;
  /** object-store keys; null once deleted */
  person_image: string | null;
  top_image: string | null;
  bottom_image: string | null;
  person_hash: string | null;
  top_hash: string | null;
  bottom_hash: string | null;
  mode: TryOnMode;
  engine: string;
  status: JobStatus;
  stage: JobStage;
  progress: number;
  /** raised by every write to the row: the event id of the job's stream */
  version: number;
  prompt_used: string | null;
  prompt_id: string | null;
  prompt_version: number | null;
  output_image: string | null;
  preview: boolean;
  confidence: number | null;
  warnings: string[];
  /** charged less given back, both buckets; what was taken is free + paid below */
  credits_used: number;
  charged_free: number;
  charged_paid: number;
  cost_micro_usd: number | null;
  /** a call that may be billed went out and no answer came back; its cost is booked as the estimate */
  outcome_unknown: boolean;
  /** set before a call that may be billed leaves, cleared by any answer: while set, the job is never run again */
  sent_at: Date | null;
  sent_estimate_micro_usd: number | null;
  error_code: string | null;
  error_message: string | null;
  /** tries begun so far, less one; a lost lease counts as a try */
  retry_count: number;
  processing_time_ms: number | null;
  /** not to be claimed before */
  run_after: Date;
  lease_holder: string | null;
  lease_until: Date | null;
  cancel_requested_at: Date | null;
  created_at: Date;
  started_at: Date | null;
  completed_at: Date | null;
  /** when the person photo goes; set at the end of the job, null once gone */
  photo_expires_at: Date | null;
  /** when the result goes and the row loses its personal data; null once gone */
  expires_at: Date | null;
  updated_at: Date;
}

/** What one engine's calls cost on one UTC day, with what is out taken at its estimate. Unique on (engine, day). */
export interface EngineCostDay {
  engine: string;
  /** YYYY-MM-DD */
  day: string;
  spent_micro_usd: number;
  /** calls that were not made because of the cap */
  refused: number;
}

export interface IdempotencyRecord {
  scope: string;
  key: string;
  input_hash: string;
  state: "in_progress" | "done";
  /** encrypted answer (status, headers, body); null while in progress */
  answer: string | null;
  job_id: string | null;
  /** who holds the record in progress: a taken-over request must not store its answer */
  holder: string;
  started_at: Date;
  expires_at: Date;
}

export interface Prompt {
  id: string;
  name: string;
  type: "system" | "top_only" | "full_outfit";
  content: string;
  version: number;
  is_active: boolean;
  created_by: string;
  notes: string | null;
  activated_at: Date | null;
  created_at: Date;
}

export interface AuthEvent {
  id: string;
  kind: string;
  user_id: string | null;
  api_key_id: string | null;
  /** never a key, token or password */
  detail: Record<string, string | number>;
  ip_address: string | null;
  created_at: Date;
}

/** Every field that is encrypted under the key ring, as model.field: a new one is added here and so is rotated with the others. */
export const sealedFields = [
  "IdempotencyRecord.answer",
  "Mfa.sealed_secret",
  "OAuthState.sealed_verifier",
  "APIKey.session_secret",
] as const;
export type SealedField = (typeof sealedFields)[number];

/** One encrypted value and where it stands. */
export interface SealedValue {
  /** the row, in the store's own terms */
  row: string;
  sealed: string;
}

/** A mail or webhook message written in the transaction that causes it; sent by its own worker. */
export interface OutboxMessage {
  id: string;
  user_id: string;
  channel: "mail" | "webhook";
  /** tryon.completed, key_budget_reached, … */
  type: string;
  payload: Record<string, unknown>;
  state: "pending" | "sent" | "failed";
  /** tries begun */
  attempts: number;
  last_error: string | null;
  next_attempt_at: Date;
  sent_at: Date | null;
  created_at: Date;
}
