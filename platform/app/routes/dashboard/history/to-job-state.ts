import type { TryOnJob } from "../../../../core/model.ts";

/** A job as the page follows it: the form that the widget's own code reads. */
export const toJobState = (job: TryOnJob, etaMs: number | null) => ({
  job_id: job.id,
  status: job.status,
  stage: job.stage,
  progress: job.progress,
  eta_ms: etaMs,
  output_image_url: null,
  error: job.error_code ? { code: job.error_code } : null,
});
