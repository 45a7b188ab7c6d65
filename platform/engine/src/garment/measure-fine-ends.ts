/** Lace, fringe and mesh at the ends of sleeves: their gaps hold the ground, which the cut cannot take out. */
import type { LimbStrip } from "../types.ts";
import type { CutOut } from "./cut-out.ts";

/** Lab lightness per two pixels: less fine detail than this is cloth with a seam or a stripe */
const leastDetail = 10;
/** of the half-width: nearer to the outline the change is the outline's */
const inner = 0.7;

/** Mean change of lightness over some cross-sections of the sleeves. */
function detailOf(
  { lab, alpha, raster: { width } }: CutOut,
  sleeves: readonly (LimbStrip | null)[],
  from: number,
  to: number,
) {
  let sum = 0;
  let count = 0;
  for (const strip of sleeves)
    for (const { centre, outer, outerHalf, innerHalf } of strip?.sections.slice(from, to) ?? [])
      for (let t = -innerHalf * inner; t < outerHalf * inner; t += 1) {
        const i = Math.round(centre[1] + outer[1] * t) * width + Math.round(centre[0] + outer[0] * t);
        if (!(alpha[i - 3]! > 0.9 && alpha[i + 3]! > 0.9 && alpha[i + 3 * width]! > 0.9)) continue;
        sum += Math.hypot(lab[(i + 1) * 3]! - lab[(i - 1) * 3]!, lab[(i + width) * 3]! - lab[(i - width) * 3]!);
        count += 1;
      }
  return sum / Math.max(1, count);
}

/** How many times finer the detail is at the sleeves' ends than near the armholes; 0 where it is not fine at all. */
export function measureFineEnds(cut: CutOut, sleeves: readonly [LimbStrip | null, LimbStrip | null]): number {
  const ends = detailOf(cut, sleeves, -6, -1);
  return ends < leastDetail ? 0 : ends / Math.max(1, detailOf(cut, sleeves, 3, 8));
}
