import type { JobStatus, TryOnMode } from "../../../core/model.ts";
import type { JobSource } from "../../../core/tryon/own/source-of.ts";

/** Words about try-on jobs that several pages use. */
export const jobWords = {
  status: {
    queued: "Queued",
    processing: "Running",
    completed: "Completed",
    failed: "Failed",
    cancelled: "Cancelled",
  } satisfies Record<JobStatus, string>,
  mode: { top: "Top", full: "Bottom or outfit" } satisfies Record<TryOnMode, string>,
  source: { dashboard: "Dashboard", api: "API", widget: "Shop button" } satisfies Record<JobSource, string>,
  keyMode: { live: "Live", test: "Test mode", preview: "Own previews" },
  credits: (count: number) => `${count} credit${count === 1 ? "" : "s"}`,
  none: "–",
  utc: "All times are UTC.",
};
