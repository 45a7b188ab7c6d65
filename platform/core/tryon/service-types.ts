import type { ImageProblem } from "../errors.ts";
import type { TryOnJob, TryOnMode } from "../model.ts";
import type { Repositories } from "../ports.ts";

/** A picture as a request gives it. */
export type ImageInput = { bytes: Uint8Array } | { url: string };

export interface RequestTryOnInput {
  person: ImageInput;
  top: ImageInput | null;
  bottom: ImageInput | null;
  mode: TryOnMode;
  productId: string | null;
  productUrl: string | null;
  shopperId: string | null;
  consentVersion: string | null;
}

/** `productId` counts with test keys alone: a magic one forces a problem. */
export type CheckInput = { productId?: string | null } & (
  | { person: ImageInput; mode: TryOnMode }
  | { top: ImageInput }
  | { bottom: ImageInput }
);

export interface AcceptedTryOn {
  job: TryOnJob;
  /** given once, to publishable keys only */
  jobToken: string | null;
}

/** Told of a job in the transaction that makes it; what it throws unmakes the job. */
export type WhenAccepted = (tx: Repositories, accepted: AcceptedTryOn) => Promise<void>;

export interface CheckResult {
  ok: boolean;
  problems: ImageProblem[];
}
