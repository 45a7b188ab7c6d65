import type { ApiKey, TryOnJob } from "../model.ts";
import type { JobFilter, Store } from "../ports.ts";
import { sourceOf } from "../tryon/own/source-of.ts";
import { writeCsv } from "./csv.ts";
import { readPages } from "./read-pages.ts";

const columnsWith = (keys: ApiKey[]) => ({
  job_id: (job: TryOnJob) => job.id,
  accepted_utc: (job: TryOnJob) => job.created_at,
  ended_utc: (job: TryOnJob) => job.completed_at,
  status: (job: TryOnJob) => job.status,
  error_code: (job: TryOnJob) => job.error_code,
  mode: (job: TryOnJob) => job.mode,
  key_mode: (job: TryOnJob) => job.key_mode,
  source: (job: TryOnJob) => sourceOf(job, keys),
  product_id: (job: TryOnJob) => job.product_id,
  credits_used: (job: TryOnJob) => job.credits_used,
  processing_time_ms: (job: TryOnJob) => job.processing_time_ms,
});

/** An account's jobs as CSV, newest first, in pieces: no picture and nothing of a shopper is in it. */
export async function* writeHistoryCsv(store: Store, userId: string, filter: JobFilter) {
  const keys = await store.apiKeys.listByUser(userId);
  yield* writeCsv(
    columnsWith(keys),
    readPages((page) => store.tryOnJobs.list(userId, filter, page)),
  );
}
