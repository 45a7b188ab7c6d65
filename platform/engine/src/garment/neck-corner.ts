/** Where the front's edge of a neckline ends above: the shoulder falls from there, and nothing of the garment is higher. */
import type { Vec } from "../types.ts";
import type { CutOut } from "./cut-out.ts";
import type { Silhouette } from "./silhouette.ts";

/** shares of the neck's half width between which it is looked for */
const span = [0.6, 1.35] as const;
/** shares of the garment's height: how much a corner is rounded, and how thick cloth is that is no crumb of the back */
const roundness = 0.004;
const thickness = 0.015;

/** The corner on one side of a neck whose back is cut away; `half` is the neck's half width, negative to the left. */
export function neckCorner({ alpha }: CutOut, shape: Silhouette, centreX: number, half: number): Vec | null {
  const height = shape.bottom - shape.top;
  const points: Vec[] = [];
  for (let d = Math.abs(half) * span[0]; d < Math.abs(half) * span[1]; d += 1) {
    const x = Math.round(centreX + Math.sign(half) * d);
    const y = shape.topAt(x);
    if (alpha[Math.round(y + height * thickness) * shape.width + x]! > 0.5) points.push([x, y]);
  }
  const highest = Math.min(...points.map(([, y]) => y));
  return points.find(([, y]) => y <= highest + height * roundness) ?? null;
}
