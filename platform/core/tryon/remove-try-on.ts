import type { TryOnJob } from "../model.ts";
import { cancelTryOn } from "./cancel-try-on.ts";
import { deletePhotos, deleteResult } from "./delete-job-images.ts";
import type { TryOnDeps } from "./deps.ts";

/** Deletes a job's pictures and personal data at once; a running job is cancelled first. What stays: id, user, product, mode, times, credits. */
export async function removeTryOn(deps: TryOnDeps, job: TryOnJob): Promise<void> {
  if (job.status === "queued" || job.status === "processing") {
    // it may end by itself in this moment: then there is nothing to cancel
    await cancelTryOn(deps, job).catch(() => {});
  }
  const row = (await deps.store.tryOnJobs.findById(job.id)) ?? job;
  await deletePhotos(deps, row);
  await deleteResult(deps, row);
  deps.events.publish(job.id);
}
