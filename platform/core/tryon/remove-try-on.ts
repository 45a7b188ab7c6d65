import type { TryOnJob } from "../model.ts";
import type { JobPatch } from "../ports.ts";
import { cancelTryOn } from "./cancel-try-on.ts";
import { deletePhotos, deleteResult } from "./delete-job-images.ts";
import type { TryOnDeps } from "./deps.ts";

/** What the row says of pictures and people beyond what their own deletion takes with it. */
const forgotten: JobPatch = {
  top_hash: null,
  bottom_hash: null,
  consent_version: null,
  consent_at: null,
  prompt_used: null,
  confidence: null,
  warnings: [],
};

/** Deletes a job's pictures and personal data at once; a running job is cancelled first. What stays: id, user, product, mode, times, credits. */
export async function removeTryOn(deps: TryOnDeps, job: TryOnJob): Promise<TryOnJob> {
  if (job.status === "queued" || job.status === "processing") {
    // it may end by itself in this moment: then there is nothing to cancel
    await cancelTryOn(deps, job).catch(() => {});
  }
  const row = (await deps.store.tryOnJobs.findById(job.id)) ?? job;
  if (row.person_hash) deps.checker.forgetPerson?.(row.person_hash);
  await deletePhotos(deps, row);
  await deleteResult(deps, row);
  const left = await deps.store.tryOnJobs.patch(job.id, forgotten, deps.clock.now());
  deps.events.publish(job.id);
  return left ?? row;
}
