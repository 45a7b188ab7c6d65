import type { Job } from "./api.ts";
import { ApiProblem } from "./api-problem.ts";

/** Asks for the job (`""`) or for one of its sub-resources. */
export type Ask = (rest: string, signal: AbortSignal) => Promise<Response>;

/** Faults of the way, not of the job. */
const passing = new Set(["offline", "rate_limited", "internal", "store_unavailable"]);

export const isPassing = (error: unknown) => !(error instanceof ApiProblem) || passing.has(error.code);
export const hasEnded = (job: Job) => job.status !== "queued" && job.status !== "processing";
export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
