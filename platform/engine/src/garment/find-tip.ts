/** Where a garment's shoulder ends: above the armpit, or at the corner of its upper outline where the armpits lie further in. */
import { distance, dot, perpendicular, smooth, sub } from "../raster/scalars.ts";
import type { Vec } from "../types.ts";
import type { Silhouette } from "./silhouette.ts";

/** the corner lies no further out than so many distances from the axis to the armpit */
const farthest = 1.35;
/** a neck as wide as that, in widths of the chest, leaves too little shoulder above the armpits */
const wideNeck = [0.62, 0.78] as const;
/** of the outline's height over its chord: the corner is rounded, the seam lies where the rounding begins */
const cornerHeight = 0.95;

/** The outermost cloth of one side down to a row. */
function outermost(shape: Silhouette, side: -1 | 1, lastRow: number): Vec {
  let best: Vec = [shape.axis, shape.top];
  for (let y = shape.top; y <= lastRow; y += 1) {
    const { outerLeft, outerRight } = shape.run(y);
    const x = side < 0 ? outerLeft : outerRight;
    if ((x - best[0]) * side > 0) best = [x, y];
  }
  return best;
}

/**
 * The shoulder tip of a sleeved side; `neckShare` is the neck's width in widths of the chest. A cut that narrows below
 * the shoulders has its armpits inside them.
 */
export function findTip(shape: Silhouette, neck: Vec, armpit: Vec, neckShare: number): Vec {
  const side = Math.sign(armpit[0] - shape.axis) as -1 | 1;
  const half = Math.abs(armpit[0] - shape.axis);
  const above: Vec = [armpit[0], shape.topAt(armpit[0])];
  const share = smooth(wideNeck[0], wideNeck[1], neckShare);
  if (share === 0) return above;
  const end = outermost(shape, side, armpit[1]);
  const normal = perpendicular(sub(end, neck));
  const up = normal[1] > 0 ? -1 : 1;
  const heights: number[] = [];
  for (let d = half; d < half * farthest && (end[0] - shape.axis) * side > d; d += 1) {
    const x = shape.axis + side * d;
    heights.push((dot(sub([x, shape.topAt(x)], neck), normal) * up) / distance(end, neck));
  }
  const most = Math.max(...heights) * cornerHeight;
  const corner = Math.max(
    0,
    heights.findIndex((height) => height >= most),
  );
  const x = above[0] + side * corner * share;
  return [x, shape.topAt(x)];
}
