import type { SeenJob } from "../../../../core/tryon/own/see-job.ts";

/** What the job's page shows of it. */
export function toJobView({ job, source, pictures, isResultPrivate, canRetry, fault }: SeenJob, price: number) {
  return {
    id: job.id,
    status: job.status,
    isRunning: job.status === "queued" || job.status === "processing",
    mode: job.mode,
    keyMode: job.key_mode,
    productId: job.product_id,
    engine: job.engine,
    confidence: job.confidence,
    warnings: job.warnings,
    tries: job.retry_count + 1,
    credits: job.credits_used,
    charged: { free: job.charged_free, paid: job.charged_paid },
    createdAt: job.created_at,
    startedAt: job.started_at,
    endedAt: job.completed_at,
    tookMs: job.processing_time_ms,
    photoGoesAt: job.photo_expires_at,
    resultGoesAt: job.output_image === null ? null : job.expires_at,
    hasPhoto: job.person_image !== null,
    source,
    pictures,
    isResultPrivate,
    canRetry,
    fault,
    /** of a retry */
    price: job.key_mode === "live" ? price : 0,
  };
}
