import { z } from "@hono/zod-openapi";
import type { ErrorCode } from "../../core/errors.ts";
import { errorTable, isErrorCode } from "../../core/errors.ts";
import type { TryOnJob } from "../../core/model.ts";
import type { ApiServices } from "../services.ts";

/** A try-on job as the API shows it. */
export const jobSchema = z
  .object({
    job_id: z.string().openapi({ example: "0198c5f2-7e1a-7c3d-9a4b-3f2e1d0c9b8a" }),
    status: z.enum(["queued", "processing", "completed", "failed", "cancelled"]),
    stage: z.enum(["queued", "photo", "garment", "fit", "finish", "done"]),
    progress: z
      .number()
      .int()
      .min(0)
      .max(100)
      .openapi({ description: "Of the whole job; never falls within one try." }),
    eta_ms: z.number().int().nullable().openapi({ description: "By what recent jobs took; null once ended." }),
    mode: z.enum(["top", "full"]),
    product_id: z.string().nullable(),
    output_image_url: z
      .string()
      .nullable()
      .openapi({ description: "Signed, for 5 minutes; fetch it, do not store it." }),
    preview: z.boolean(),
    confidence: z.number().min(0).max(1).nullable(),
    warnings: z.array(z.string()),
    credits_used: z.number().int(),
    error: z
      .object({ code: z.string(), message: z.string(), hint: z.string().optional(), retryable: z.boolean() })
      .nullable(),
    created_at: z.iso.datetime(),
    completed_at: z.iso.datetime().nullable(),
  })
  .openapi("TryOnJob");

export const jobExample = {
  job_id: "0198c5f2-7e1a-7c3d-9a4b-3f2e1d0c9b8a",
  status: "completed" as const,
  stage: "done" as const,
  progress: 100,
  eta_ms: null,
  mode: "top" as const,
  product_id: "tee-1",
  output_image_url: "https://trailroom.example/api/v1/results/0198c5f2-7e1a-7c3d-9a4b-3f2e1d0c9b8a?until=1&signature=…",
  preview: true,
  confidence: 0.87,
  warnings: [],
  credits_used: 1,
  error: null,
  created_at: "2026-11-24T10:00:00.000Z",
  completed_at: "2026-11-24T10:00:03.000Z",
};

export type JobShape = z.infer<typeof jobSchema>;

function errorOf(job: TryOnJob) {
  if (job.status !== "failed") return null;
  const code: ErrorCode = job.error_code && isErrorCode(job.error_code) ? job.error_code : "internal";
  const entry: { message: string; hint?: string; retryable: boolean } = errorTable[code];
  return { code, message: entry.message, ...(entry.hint ? { hint: entry.hint } : {}), retryable: entry.retryable };
}

/** Row → answer. */
export function toJobShape({ tryOns, resultUrls, clock }: ApiServices, job: TryOnJob): JobShape {
  return {
    job_id: job.id,
    status: job.status,
    stage: job.stage,
    progress: job.progress,
    eta_ms: tryOns.etaMs(job),
    mode: job.mode,
    product_id: job.product_id,
    output_image_url: job.output_image ? resultUrls.make(job.id, job.output_image, clock.now()) : null,
    preview: job.preview,
    confidence: job.confidence,
    warnings: job.warnings,
    credits_used: job.credits_used,
    error: errorOf(job),
    created_at: job.created_at.toISOString(),
    completed_at: job.completed_at?.toISOString() ?? null,
  };
}
