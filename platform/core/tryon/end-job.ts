import { budgetKeyId } from "../api-keys/budget-key-id.ts";
import { dayName } from "../credits/day.ts";
import { giveBackCredits } from "../credits/give-back-credits.ts";
import type { ErrorCode } from "../errors.ts";
import { errorTable } from "../errors.ts";
import type { JobStatus, MerchantSettings, TryOnJob } from "../model.ts";
import { newOutboxRow } from "../outbox/new-outbox-row.ts";
import type { JobPatch, Repositories } from "../ports.ts";
import { deletePhotos } from "./delete-job-images.ts";
import type { TryOnDeps } from "./deps.ts";

const hourMs = 3_600_000;

/** When a job's pictures go, counted from its end (spec rule 6). */
export function retentionOf(job: TryOnJob, settings: MerchantSettings | null, ownResultHours: number, endedAt: Date) {
  const byShopper = job.job_token_hash !== null;
  const photoHours = settings?.photo_retention_hours ?? 24;
  const resultHours = byShopper ? (settings?.result_retention_hours ?? 24) : ownResultHours;
  return {
    photo_expires_at: new Date(endedAt.getTime() + photoHours * hourMs),
    expires_at: new Date(endedAt.getTime() + resultHours * hourMs),
  };
}

const eventTypes = { completed: "tryon.completed", failed: "tryon.failed", cancelled: "tryon.cancelled" } as const;

interface Ending {
  status: keyof typeof eventTypes;
  from: JobStatus[];
  patch?: JobPatch;
  /** the worker that must still hold the lease */
  holder?: string;
  /** looked at in the same transaction */
  onlyIf?: (job: TryOnJob) => boolean;
}

/** A call went out and the job ends without its answer: it may be billed, so its estimate is booked. */
function bookUnanswered(job: TryOnJob): JobPatch {
  if (job.sent_at === null) return {};
  const cost = (job.cost_micro_usd ?? 0) + (job.sent_estimate_micro_usd ?? 0);
  return { outcome_unknown: true, cost_micro_usd: cost, sent_at: null, sent_estimate_micro_usd: null };
}

/** The one way in which a job ends: compare-and-set, credits given back unless completed, webhook message; all or nothing. Null when somebody else ended it. */
export async function endJob(deps: TryOnDeps, jobId: string, ending: Ending): Promise<TryOnJob | null> {
  const { store, clock, settings, allowance, events, log } = deps;
  const ended = await store.transaction(async (tx) => {
    const now = clock.now();
    const before = await tx.tryOnJobs.findById(jobId);
    if (!before || ending.onlyIf?.(before) === false) return null;
    const merchant = await tx.settings.find(before.user_id);
    const patch: JobPatch = {
      ...retentionOf(before, merchant, settings.ownResultHours, now),
      ...bookUnanswered(before),
      ...ending.patch,
      status: ending.status,
      lease_holder: null,
      lease_until: null,
      completed_at: now,
      credits_used: ending.status === "completed" ? before.credits_used : 0,
    };
    const job = await tx.tryOnJobs.transition(jobId, ending.from, patch, now, ending.holder);
    if (!job) return null;
    if (ending.status !== "completed") await refund(tx, job, allowance, now);
    const payload = { job_id: job.id, status: job.status, product_id: job.product_id, error_code: job.error_code };
    const message = { user_id: job.user_id, channel: "webhook" as const, type: eventTypes[ending.status], payload };
    await tx.outbox.insert(newOutboxRow(message, now));
    return job;
  });
  if (ended) events.publish(jobId);
  if (ended) await deletePhotosDue(deps, ended);
  if (ended?.outcome_unknown) {
    log.warn({ job_id: jobId, cost_micro_usd: ended.cost_micro_usd }, "ended without the answer to a paid call");
  }
  return ended;
}

/** A photo that is kept for no time goes with its job; where that fails the sweep comes within minutes. */
async function deletePhotosDue(deps: TryOnDeps, job: TryOnJob) {
  const { clock, log, checker } = deps;
  if (job.photo_expires_at === null || job.photo_expires_at > clock.now()) return;
  try {
    if (job.person_hash) checker.forgetPerson?.(job.person_hash);
    await deletePhotos(deps, job);
  } catch (error) {
    log.warn({ job_id: job.id, error: String(error) }, "the photo is still to be deleted");
  }
}

async function refund(tx: Repositories, job: TryOnJob, allowance: TryOnDeps["allowance"], now: Date) {
  await giveBackCredits(tx, job, allowance, now);
  const charged = job.charged_free + job.charged_paid;
  if (job.job_token_hash && job.api_key_id && charged > 0) {
    const key = await tx.apiKeys.findById(job.user_id, job.api_key_id);
    if (key) await tx.keyBudgets.giveBack(budgetKeyId(key), dayName(job.created_at), charged);
  }
}

/** Ends a job as failed with a code of the error table. */
export const failJob = (deps: TryOnDeps, jobId: string, code: ErrorCode, over: Partial<Ending> = {}) =>
  endJob(deps, jobId, {
    status: "failed",
    from: ["queued", "processing"],
    ...over,
    patch: { error_code: code, error_message: errorTable[code].message, ...over.patch },
  });
