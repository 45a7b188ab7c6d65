import type { Caller } from "../caller.ts";
import type { Split } from "../credits/spend-credits.ts";
import type { TryOnJob } from "../model.ts";
import type { ImageKeys, LoadedImages } from "./request-try-on.ts";
import type { RequestTryOnInput } from "./service-types.ts";

export interface NewJob {
  jobId: string;
  caller: Caller;
  input: RequestTryOnInput;
  images: LoadedImages;
  keys: ImageKeys;
  split: Split;
  tokenHash: string | null;
  engine: string;
  now: Date;
}

const notRunYet = {
  status: "queued",
  stage: "queued",
  progress: 0,
  version: 1,
  prompt_used: null,
  prompt_id: null,
  prompt_version: null,
  output_image: null,
  preview: true,
  confidence: null,
  warnings: [],
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
} satisfies Partial<TryOnJob>;

/** The row of a job that is just accepted. */
export function newJobRow({ jobId, caller, input, images, keys, split, tokenHash, engine, now }: NewJob): TryOnJob {
  return {
    ...notRunYet,
    warnings: [],
    id: jobId,
    user_id: caller.user.id,
    api_key_id: caller.apiKey?.id ?? null,
    key_mode: caller.keyMode,
    job_token_hash: tokenHash,
    product_id: input.productId,
    product_url: input.productUrl,
    shopper_id: input.shopperId,
    consent_version: input.consentVersion,
    consent_at: input.consentVersion ? now : null,
    ...keys,
    person_hash: images.person.hash,
    top_hash: images.top?.hash ?? null,
    bottom_hash: images.bottom?.hash ?? null,
    mode: input.mode,
    engine,
    credits_used: split.free + split.paid,
    charged_free: split.free,
    charged_paid: split.paid,
    run_after: now,
    created_at: now,
    updated_at: now,
  };
}
