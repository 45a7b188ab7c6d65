import { AppError } from "../../errors.ts";
import type { TryOnJob } from "../../model.ts";
import type { ObjectStore } from "../../ports.ts";
import type { RequestTryOnInput } from "../service-types.ts";
import { isTerminal } from "../watch-job.ts";
import { hasInputs, mayRetry } from "./see-job.ts";
import type { JobSource } from "./source-of.ts";

/** What a job was asked with, to ask again. Throws conflict while it runs, forbidden for a shopper's, gone when its pictures are. */
export async function retryInput(objects: ObjectStore, job: TryOnJob, source: JobSource): Promise<RequestTryOnInput> {
  if (!mayRetry(job, source)) throw new AppError("forbidden");
  if (!isTerminal(job)) throw new AppError("conflict");
  if (!hasInputs(job)) throw new AppError("gone");
  const read = async (key: string | null) => {
    if (!key) return null;
    const object = await objects.get(key);
    if (!object) throw new AppError("gone");
    return { bytes: object.bytes };
  };
  const [person, top, bottom] = await Promise.all([job.person_image, job.top_image, job.bottom_image].map(read));
  if (!person) throw new AppError("gone");
  return {
    person,
    top: top ?? null,
    bottom: bottom ?? null,
    mode: job.mode,
    productId: job.product_id,
    productUrl: job.product_url,
    shopperId: job.shopper_id,
    consentVersion: job.consent_version,
  };
}
