/** The opening of a drawn neckline, as the cloth itself bounds it row by row: below its corners it may be wider than between them. */
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import type { TopPlacement } from "./warp-top.ts";

/** shoulder widths above and below the line of the joints between which a neckline opens */
const rise = 0.4;
const drop = 0.7;
/** of the neck's half width: no opening is wider at any row */
const widest = 1.5;

/** Whether a point lies in the opening; a row whose cloth leaves a side open ends there at the neck's half width. */
export function neckOpening(
  { width, height }: Canvas,
  { frame, shoulders }: BodyTarget,
  { layer, neckHalf }: Pick<TopPlacement, "layer" | "neckHalf">,
): (x: number, y: number) => boolean {
  const { midShoulder, across, down, shoulderWidth } = frame;
  const from = Math.max(0, Math.round(midShoulder[1] - shoulderWidth * rise));
  const to = Math.min(height, Math.round(midShoulder[1] + shoulderWidth * drop));
  const edges = Array.from({ length: Math.max(0, to - from) }, (_, k): [number, number] => {
    const y = from + k;
    const v = (y - midShoulder[1]) / Math.max(0.5, down[1]);
    const middle = Math.round(midShoulder[0] + across[0] * shoulders.neckAt + down[0] * v);
    const edge = (side: -1 | 1) => {
      for (let d = 0; d < neckHalf * widest; d += 1) {
        const x = middle + side * d;
        if (x < 0 || x >= width) break;
        if (layer.alpha[y * width + x]! > 0.5) return d;
      }
      return neckHalf;
    };
    return [middle - edge(-1), middle + edge(1)];
  });
  return (x, y) => {
    const row = edges[y - from];
    return row !== undefined && x > row[0] && x < row[1];
  };
}
