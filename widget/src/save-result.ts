import type { FlowContext } from "./flow-context.ts";
import { resultFile } from "./result-file.ts";

/** Whether this browser shares files (never a link: an address would outlive the picture's privacy). */
export const canShare = (result: { blob: Blob } | null) =>
  result !== null && navigator.canShare?.({ files: [resultFile(result.blob)] }) === true;

/** Download and share of the marked result. */
export function createSaving({ state, set }: FlowContext) {
  const handOver = (how: "download" | "share") => async () => {
    const { result } = state();
    try {
      // not part of what every try-on loads
      if (result) await (await import("./hand-over.ts"))[how](result.blob);
    } catch {
      set({ problem: "offline" });
    }
  };
  return { download: handOver("download"), share: handOver("share") };
}
