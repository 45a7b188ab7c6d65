import { AppError } from "../errors.ts";
import type { TryOnJob } from "../model.ts";
import type { TryOnDeps } from "./deps.ts";
import { endJob } from "./end-job.ts";

/** Ends a queued or running job with its credits back; its worker drops what it was making. Throws conflict when it has ended already. */
export async function cancelTryOn(deps: TryOnDeps, job: TryOnJob): Promise<TryOnJob> {
  const patch = { cancel_requested_at: deps.clock.now() };
  const ended = await endJob(deps, job.id, { status: "cancelled", from: ["queued", "processing"], patch });
  if (!ended) throw new AppError("conflict");
  return ended;
}
