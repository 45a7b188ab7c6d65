import type { TryOnJob } from "../model.ts";
import { isSiteUser } from "../site/site-account.ts";
import type { TryOnDeps } from "./deps.ts";

type Engines = Pick<TryOnDeps, "engine" | "testEngine" | "previewEngine" | "site">;

/** The operator's engine; for test keys the one that costs nothing, for a merchant's own previews and the landing page the local one. */
export function engineFor(
  { engine, testEngine, previewEngine, site }: Engines,
  job: Pick<TryOnJob, "key_mode" | "user_id">,
) {
  const ofSite = isSiteUser(job.user_id) ? site?.engine : null;
  const other = { live: ofSite, test: testEngine, preview: previewEngine }[job.key_mode];
  return other ?? engine;
}
