import { hashSecret } from "../crypto/hash-secret.ts";
import type { ErrorCode } from "../errors.ts";
import { AppError, errorTable } from "../errors.ts";
import type { TryOnJob } from "../model.ts";
import type { EngineImage, EngineInput, EngineResult, ObjectStore, PaidCalls } from "../ports.ts";
import { composePrompt } from "../prompts/compose-prompt.ts";
import { createPaidCalls } from "./create-paid-calls.ts";
import { createProgressWriter } from "./create-progress-writer.ts";
import type { Verdicts } from "./create-verdicts.ts";
import type { TryOnDeps } from "./deps.ts";
import { endJob, failJob } from "./end-job.ts";
import { engineFor } from "./engine-for.ts";
import type { Lease } from "./hold-lease.ts";
import { holdLease } from "./hold-lease.ts";
import { objectKeyOf } from "./object-key.ts";
import { withForced } from "./test-mode.ts";

const resultExtensions = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" } as const;
const garmentCodes = new Set<ErrorCode>([
  "garment_not_found",
  "garment_background_not_plain",
  "garment_shape_unsupported",
]);

/** Engine faults that another try may mend; everything else is an answer. */
const triedAgain = new Set<ErrorCode>([
  "engine_failed",
  "engine_timeout",
  "engine_unavailable",
  "internal",
  "store_unavailable",
]);

/**
 * One try at a job: claims it under a lease, runs the engine, and ends it or puts it back. Does nothing when
 * somebody else has the job, and throws its result away when the lease was lost or a cancel came meanwhile.
 */
export async function runTryOn(
  deps: TryOnDeps,
  verdicts: Verdicts,
  jobId: string,
  shutdown?: AbortSignal,
): Promise<void> {
  const { store, clock, settings, holder, log } = deps;
  const now = clock.now();
  const job = await store.tryOnJobs.claim(jobId, holder, now, new Date(now.getTime() + settings.leaseMs));
  if (!job) return;
  deps.events.publish(jobId);
  const lease = holdLease(deps, jobId, shutdown);
  const paidCalls = createPaidCalls(deps, job, lease);
  const startedAt = performance.now();
  try {
    const prompt = await notePrompt(deps, job);
    const input = await loadInput(deps, job, prompt);
    const result = await runEngine(deps, job, input, lease, paidCalls);
    lease.signal.throwIfAborted();
    await complete(deps, job, result, Math.round(performance.now() - startedAt));
  } catch (error) {
    if (lease.isLost()) {
      log.info({ job_id: jobId }, "the job is no longer ours: its result is dropped");
    } else if (paidCalls.isOut()) {
      log.warn({ job_id: jobId, detail: String(error) }, "a paid call went out and no answer came: not tried again");
      await failJob(deps, jobId, "engine_failed", { holder, from: ["processing"] });
    } else if (shutdown?.aborted) {
      await putBack(deps, job, 0, job.retry_count);
    } else {
      await settleFailure(deps, verdicts, job, error, Math.round(performance.now() - startedAt));
    }
  } finally {
    lease.release();
  }
}

/** Writes on the row what the engine is going to be told, before it is told. */
async function notePrompt({ store, clock, holder }: TryOnDeps, job: TryOnJob): Promise<string> {
  const garments = { top: job.top_image !== null, bottom: job.bottom_image !== null };
  const { text, id, version } = await composePrompt(store, job.mode, garments);
  const patch = { prompt_used: text, prompt_id: id, prompt_version: version };
  await store.tryOnJobs.transition(job.id, ["processing"], patch, clock.now(), holder);
  return text;
}

async function loadInput({ objects }: TryOnDeps, job: TryOnJob, prompt: string): Promise<EngineInput> {
  const load = async (key: string | null, hash: string | null): Promise<EngineImage | null> => {
    if (!key) return null;
    const object = await objects.get(key);
    if (!object) throw new AppError("internal", { log: `object of job ${job.id} is missing` });
    const contentType = object.contentType === "image/png" ? "image/png" : "image/jpeg";
    return { bytes: object.bytes, contentType, hash: hash ?? "" };
  };
  const [person, top, bottom] = await Promise.all([
    load(job.person_image, job.person_hash),
    load(job.top_image, job.top_hash),
    load(job.bottom_image, job.bottom_hash),
  ]);
  if (!person) throw new AppError("internal", { log: `job ${job.id} has no photo` });
  const safetyId = hashSecret(`${job.user_id}:${job.shopper_id ?? ""}`);
  return { jobId: job.id, person, top, bottom, mode: job.mode, prompt, safetyId };
}

/** Runs the engine under its time limit, writing progress to the row as it comes: never backwards, a few times a second at most. */
async function runEngine(
  deps: TryOnDeps,
  job: TryOnJob,
  input: EngineInput,
  lease: Lease,
  paidCalls: PaidCalls,
): Promise<EngineResult> {
  const engine = withForced(engineFor(deps, job), job);
  const timeout = AbortSignal.timeout(engine.timeoutMs);
  const progress = createProgressWriter(deps, job, lease);
  try {
    const signal = AbortSignal.any([timeout, lease.signal]);
    return await engine.run(input, { signal, onStage: progress.note, paidCalls });
  } catch (error) {
    if (timeout.aborted && !lease.signal.aborted) throw new AppError("engine_timeout", { cause: error });
    throw error;
  } finally {
    await progress.stop();
  }
}

async function complete(deps: TryOnDeps, job: TryOnJob, result: EngineResult, tookMs: number) {
  const { objects, holder, log } = deps;
  // each try has its own name: one that comes late must not overwrite or delete the result that stands
  const key = objectKeyOf(job, `result-${job.retry_count}.${resultExtensions[result.contentType]}`);
  await objects.put(key, result.bytes, result.contentType);
  const ended = await endJob(deps, job.id, {
    status: "completed",
    from: ["processing"],
    holder,
    patch: {
      stage: "done",
      progress: 100,
      output_image: key,
      confidence: result.confidence,
      warnings: result.warnings,
      preview: result.preview,
      processing_time_ms: tookMs,
    },
  });
  const spare = ended ? await resultsOfEarlierTries(objects, job, key) : [key];
  for (const one of spare) {
    await objects
      .delete(one)
      .catch((error: unknown) => log.warn({ job_id: job.id, error: String(error) }, "not deleted"));
  }
}

/** A worker that died between storing its result and ending the job left one behind. */
async function resultsOfEarlierTries(objects: ObjectStore, job: TryOnJob, kept: string): Promise<string[]> {
  if (job.retry_count === 0) return [];
  const stored = await objects.list(objectKeyOf(job, "result-")).catch(() => []); // the orphan sweep comes later
  return stored.map(({ key }) => key).filter((key) => key !== kept);
}

async function settleFailure(deps: TryOnDeps, verdicts: Verdicts, job: TryOnJob, error: unknown, tookMs: number) {
  const { log, settings, holder, clock } = deps;
  const code: ErrorCode = error instanceof AppError ? error.code : "engine_failed";
  const detail = error instanceof AppError ? (error.log ?? String(error.cause ?? "")) : String(error);
  log.warn({ job_id: job.id, code, detail, try: job.retry_count + 1 }, "try failed");
  // what the test keys' engine cannot wear, the other one may
  if (garmentCodes.has(code) && job.engine === deps.engine.name) {
    const kind = job.top_hash ? "top" : "bottom";
    const onlyOne = !(job.top_hash && job.bottom_hash);
    if (onlyOne) verdicts.noteGarment(job.user_id, job.top_hash ?? job.bottom_hash ?? "", kind, code);
  }
  const next = job.retry_count + 1;
  const delayMs = delayOf(error, settings.retryDelaysMs[job.retry_count] ?? 0);
  // it would be failed as stale before its turn came
  const comesTooLate = clock.now().getTime() + delayMs >= job.created_at.getTime() + settings.maxQueuedMs;
  const isFinal = error instanceof AppError && error.isFinal;
  if (triedAgain.has(code) && !isFinal && next < settings.maxTries && !comesTooLate) {
    await putBack(deps, job, delayMs, next);
    return;
  }
  const finalCode = code in errorTable ? code : "engine_failed";
  await failJob(deps, job.id, finalCode, { holder, from: ["processing"], patch: { processing_time_ms: tookMs } });
}

/** What the fault itself asks for goes before our own back-off. */
const delayOf = (error: unknown, ownMs: number) =>
  error instanceof AppError && error.retryAfterS !== undefined ? error.retryAfterS * 1000 : ownMs;

/** Back to the queue, still paid for. */
async function putBack(deps: TryOnDeps, job: TryOnJob, delayMs: number, retryCount: number) {
  const { store, clock, queue, events, holder } = deps;
  const now = clock.now();
  const runAfter = new Date(now.getTime() + delayMs);
  const patch = {
    status: "queued" as const,
    stage: "queued" as const,
    progress: 0,
    lease_holder: null,
    lease_until: null,
    sent_at: null,
    sent_estimate_micro_usd: null,
    run_after: runAfter,
    retry_count: retryCount,
  };
  const row = await store.tryOnJobs.transition(job.id, ["processing"], patch, now, holder);
  if (!row) return;
  events.publish(job.id);
  await queue.enqueue(job.id, runAfter).catch(() => {}); // the sweep finds it
}
