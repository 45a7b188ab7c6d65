import type { ImageProblem } from "../../errors.ts";
import { describeProblem, errorTable, isErrorCode } from "../../errors.ts";
import type { MerchantSettings, TryOnJob } from "../../model.ts";
import { tellsOfResults } from "../consent-version.ts";
import { isTerminal } from "../watch-job.ts";
import type { JobSource } from "./source-of.ts";

export type PictureKind = "person" | "top" | "bottom" | "output";

/** Why a job failed, in public words. */
export interface JobFault extends ImageProblem {
  retryable: boolean;
}

/** A job as its merchant may see it. */
export interface SeenJob {
  job: TryOnJob;
  source: JobSource;
  /** those that are kept and may be looked at */
  pictures: PictureKind[];
  /** a result is kept that the merchant may not look at */
  isResultPrivate: boolean;
  canRetry: boolean;
  fault: JobFault | null;
}

const isMerchants = ({ key_mode }: TryOnJob, source: JobSource) => source !== "widget" || key_mode === "preview";

/**
 * Spec rule 6: a shopper's photo is shown to nobody, and their result only where the merchant has switched that on and
 * the text that this shopper agreed to says so. A photo that came by a secret key may be a shopper's too.
 */
function visiblePictures(job: TryOnJob, source: JobSource, settings: MerchantSettings | null): PictureKind[] {
  const mayResult =
    (isMerchants(job, source) && job.shopper_id === null) ||
    (settings?.show_shopper_results === true && tellsOfResults(job.consent_version));
  const kept: [PictureKind, boolean, string | null][] = [
    ["person", source === "dashboard" && job.shopper_id === null, job.person_image],
    ["top", true, job.top_image],
    ["bottom", true, job.bottom_image],
    ["output", mayResult, job.output_image],
  ];
  return kept.flatMap(([kind, may, key]) => (may && key ? [kind] : []));
}

/** Whether the merchant may ask for this job again: a shopper agreed to one picture, not to another that they never see. */
export const mayRetry = (job: TryOnJob, source: JobSource) => source !== "widget" && job.key_mode !== "preview";

/** Whether what the job was made of is still there. */
export const hasInputs = ({ person_image, top_image, bottom_image, mode }: TryOnJob) =>
  person_image !== null && (mode === "top" ? top_image : bottom_image) !== null;

export function faultOf(job: TryOnJob): JobFault | null {
  if (job.status !== "failed") return null;
  const code = job.error_code && isErrorCode(job.error_code) ? job.error_code : "internal";
  return { ...describeProblem(code), retryable: errorTable[code].retryable };
}

/** What the merchant may know of a job. */
export function seeJob(job: TryOnJob, source: JobSource, settings: MerchantSettings | null): SeenJob {
  const pictures = visiblePictures(job, source, settings);
  return {
    job,
    source,
    pictures,
    isResultPrivate: job.output_image !== null && !pictures.includes("output"),
    canRetry: isTerminal(job) && mayRetry(job, source) && hasInputs(job),
    fault: faultOf(job),
  };
}
