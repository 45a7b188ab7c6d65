import type { FlowContext } from "./flow-context.ts";

const fileName = "try-on.jpg";
const fileOf = (blob: Blob) => new File([blob], fileName, { type: "image/jpeg" });

/** Whether this browser shares files (never a link: an address would outlive the picture's privacy). */
export const canShare = (result: { blob: Blob } | null) =>
  result !== null && navigator.canShare?.({ files: [fileOf(result.blob)] }) === true;

/** Download and share of the marked result. */
export function createSaving({ state, set }: FlowContext) {
  const marked = async () => {
    const { result } = state();
    try {
      // not part of what every try-on loads
      const { markPreview } = await import("./mark-preview.ts");
      return result && (await markPreview(result.blob, "AI preview · TrailRoom"));
    } catch {
      set({ problem: "offline" });
      return null;
    }
  };
  return {
    download: async () => {
      const blob = await marked();
      if (!blob) return;
      const href = URL.createObjectURL(blob);
      Object.assign(document.createElement("a"), { href, download: fileName }).click();
      // the browser reads it after this turn
      setTimeout(() => URL.revokeObjectURL(href), 10_000);
    },
    share: async () => {
      const blob = await marked();
      if (blob) await navigator.share({ files: [fileOf(blob)] }).catch(() => {}); // the shopper closed the sheet
    },
  };
}
