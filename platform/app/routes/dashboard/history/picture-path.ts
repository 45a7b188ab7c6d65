import type { PictureKind } from "../../../../core/tryon/own/see-job.ts";

export const jobPath = (jobId: string) => `/dashboard/history/${jobId}`;

export const picturePath = (jobId: string, kind: PictureKind) => `${jobPath(jobId)}/picture/${kind}`;
