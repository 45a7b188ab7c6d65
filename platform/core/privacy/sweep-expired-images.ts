import { deletePhotos, deleteResult } from "../tryon/delete-job-images.ts";
import type { TryOnDeps } from "../tryon/deps.ts";
import { jobsPrefix, photosPrefix } from "../tryon/object-key.ts";

const pageSize = 200;
/** Younger objects may belong to a job whose row is being written. */
const orphanAgeMs = 3_600_000;

/** Deletes the pictures whose time is up, and objects that no job names (spec rule 6). Tells how many of each. */
export async function sweepExpiredImages(deps: TryOnDeps): Promise<{ expired: number; orphans: number }> {
  return { expired: await sweepExpired(deps), orphans: await sweepOrphans(deps) };
}

async function sweepExpired(deps: TryOnDeps) {
  let swept = 0;
  for (;;) {
    const now = deps.clock.now();
    const due = await deps.store.tryOnJobs.listExpiredImages(now, pageSize);
    for (const job of due) {
      if (job.photo_expires_at && job.photo_expires_at <= now) await deletePhotos(deps, job);
      if (job.expires_at && job.expires_at <= now) await deleteResult(deps, job);
      swept += 1;
    }
    if (due.length < pageSize) return swept;
  }
}

async function sweepOrphans(deps: TryOnDeps) {
  let orphans = 0;
  for (const prefix of [photosPrefix, jobsPrefix]) orphans += await sweepOrphansUnder(prefix, deps);
  return orphans;
}

async function sweepOrphansUnder(prefix: string, { objects, store, clock }: TryOnDeps) {
  let orphans = 0;
  let after: string | undefined;
  for (;;) {
    const page = await objects.list(prefix, after);
    const oldest = clock.now().getTime() - orphanAgeMs;
    for (const { key, modifiedAt } of page) {
      if (modifiedAt.getTime() > oldest || (await store.tryOnJobs.refersToObject(key))) continue;
      await objects.delete(key);
      orphans += 1;
    }
    after = page.at(-1)?.key;
    if (after === undefined) return orphans;
  }
}
