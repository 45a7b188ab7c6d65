import type { TryOnJob } from "../model.ts";
import type { JobPatch } from "../ports.ts";
import type { TryOnDeps } from "./deps.ts";

/** Deletes objects first and then forgets them, so that a crash in between is finished by the next sweep. */
async function forget({ objects, store, clock }: TryOnDeps, job: TryOnJob, keys: (string | null)[], patch: JobPatch) {
  for (const key of keys) if (key) await objects.delete(key);
  return store.tryOnJobs.patch(job.id, patch, clock.now());
}

/** The pictures that the shopper or merchant gave. */
export const deletePhotos = (deps: TryOnDeps, job: TryOnJob) =>
  forget(deps, job, [job.person_image, job.top_image, job.bottom_image], {
    person_image: null,
    top_image: null,
    bottom_image: null,
    person_hash: null,
    photo_expires_at: null,
  });

/** The result, and with it what the row still says of a person. */
export const deleteResult = (deps: TryOnDeps, job: TryOnJob) =>
  forget(deps, job, [job.output_image], {
    output_image: null,
    expires_at: null,
    shopper_id: null,
    job_token_hash: null,
    product_url: null,
  });
