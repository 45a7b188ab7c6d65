import type { Caller } from "../caller.ts";
import { hashSecret } from "../crypto/hash-secret.ts";
import { AppError } from "../errors.ts";
import type { TryOnJob } from "../model.ts";
import { cancelTryOn } from "./cancel-try-on.ts";
import { checkImages } from "./check-images.ts";
import type { CountCheck } from "./create-verdicts.ts";
import { createVerdicts } from "./create-verdicts.ts";
import type { TryOnDeps } from "./deps.ts";
import { createJobTimes, estimateEta } from "./estimate-eta.ts";
import type { HistoryQuery } from "./list-history.ts";
import { listHistory } from "./list-history.ts";
import { removeTryOn } from "./remove-try-on.ts";
import { requestTryOn } from "./request-try-on.ts";
import { runTryOn } from "./run-try-on.ts";
import type { CheckInput, RequestTryOnInput, WhenAccepted } from "./service-types.ts";
import { isTerminal, waitForJob, watchJob } from "./watch-job.ts";

const firstGuessMs = 4_000;

const sees = (caller: Caller, job: TryOnJob) =>
  caller.kind === "session" ||
  job.key_mode === caller.keyMode ||
  // a preview is asked for with a live key and read with it
  (job.key_mode === "preview" && caller.keyMode === "live");

/** The owner's job, of the key's own mode (a session sees both); with a publishable key also its token must fit. Throws not_found, unauthenticated or forbidden. */
async function findForCaller({ store }: TryOnDeps, caller: Caller, jobId: string, jobToken: string | null) {
  const job = await store.tryOnJobs.findOwned(caller.user.id, jobId);
  if (!job || !sees(caller, job)) throw new AppError("not_found");
  if (caller.kind !== "publishable") return job;
  if (!jobToken) throw new AppError("unauthenticated");
  if (job.job_token_hash === null) throw new AppError("gone");
  if (job.job_token_hash !== hashSecret(jobToken)) throw new AppError("forbidden");
  return job;
}

/** Everything that can be done with try-on jobs. */
export function createTryOnService(deps: TryOnDeps) {
  const verdicts = createVerdicts(deps);
  const times = createJobTimes(firstGuessMs);
  return {
    settings: deps.settings,
    request: (caller: Caller, input: RequestTryOnInput, countCheck: CountCheck, whenAccepted?: WhenAccepted) =>
      requestTryOn(deps, verdicts, caller, input, countCheck, whenAccepted),
    check: (caller: Caller, input: CheckInput, countCheck: CountCheck) =>
      checkImages(deps, verdicts, caller, input, countCheck),
    find: (caller: Caller, jobId: string, jobToken: string | null) => findForCaller(deps, caller, jobId, jobToken),
    /** Throws not_found. */
    findById: async (jobId: string) => {
      const job = await deps.store.tryOnJobs.findById(jobId);
      if (!job) throw new AppError("not_found");
      return job;
    },
    list: (caller: Caller, query: HistoryQuery) => listHistory(deps.store, caller.user.id, caller.keyMode, query),
    cancel: (job: TryOnJob) => cancelTryOn(deps, job),
    remove: (job: TryOnJob) => removeTryOn(deps, job),
    /** Throws job_not_finished or gone. */
    readResult: async (job: TryOnJob) => {
      if (!isTerminal(job)) throw new AppError("job_not_finished");
      const object = job.output_image ? await deps.objects.get(job.output_image) : null;
      if (!object) throw new AppError(job.status === "completed" ? "gone" : "not_found");
      return object;
    },
    waitFor: (job: TryOnJob, waitMs: number, signal: AbortSignal) => waitForJob(deps, job, waitMs, signal),
    watch: (jobId: string, signal: AbortSignal) => watchJob(deps, jobId, signal),
    etaMs: (job: TryOnJob) => estimateEta(job, times, deps.clock.now()),
    run: async (jobId: string, shutdown?: AbortSignal) => {
      await runTryOn(deps, verdicts, jobId, shutdown);
      const job = await deps.store.tryOnJobs.findById(jobId);
      if (job?.status === "completed" && job.processing_time_ms) times.note(job.mode, job.processing_time_ms);
    },
  };
}

export type TryOnService = ReturnType<typeof createTryOnService>;
