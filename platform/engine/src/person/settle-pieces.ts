import { components } from "../raster/components.ts";
import { above } from "../raster/masks.ts";

/** pieces smaller than this, in squared shoulder widths, are left as they are */
const leastPiece = 0.02;
const sampleStep = 3;
const leastSamples = 8;
/** a piece that begins below this t is worn below; one that ends above `topEnd` is worn above */
const bottomStart = 0.62;
const topStart = 0.4;
const topEnd = 1.12;

interface PieceInput {
  top: Float32Array;
  bottom: Float32Array;
  clothes: Float32Array;
  width: number;
  height: number;
  shoulderWidth: number;
  tAt: (x: number, y: number) => number;
  isOnSleeve: (x: number, y: number) => boolean;
}

/**
 * Cloth cut off from other cloth by bare skin (crop top and skirt, a sleeve beside a pocket) is one garment: each such
 * piece goes whole to the top or the bottom by where it lies. Changes `top` and `bottom` in place.
 */
export function settlePieces({ top, bottom, clothes, width, height, shoulderWidth, tAt, isOnSleeve }: PieceInput) {
  const { labels, sizes } = components(above(clothes, 0.5), width, height);
  const isLarge = (label: number) => label > 0 && sizes[label]! > leastPiece * shoulderWidth ** 2;
  const heights: number[][] = sizes.map(() => []);
  const sleeved = new Float64Array(sizes.length);
  for (let i = 0; i < labels.length; i += sampleStep) {
    const label = labels[i]!;
    if (!isLarge(label)) continue;
    const x = i % width;
    const y = Math.floor(i / width);
    heights[label]!.push(tAt(x, y));
    if (isOnSleeve(x, y)) sleeved[label] = sleeved[label]! + 1;
  }
  const owner = heights.map((found, label): Float32Array | null => {
    if (found.length < leastSamples) return null;
    const sorted = Float32Array.from(found).sort();
    const from = sorted[Math.floor(sorted.length * 0.03)]!;
    const to = sorted[Math.floor(sorted.length * 0.97)]!;
    if (sleeved[label]! / found.length > 0.7) return top;
    if (from > bottomStart) return bottom;
    return to < topEnd && from < topStart ? top : null;
  });
  for (let i = 0; i < labels.length; i += 1) {
    const whole = owner[labels[i]!];
    if (!whole) continue;
    const other = whole === top ? bottom : top;
    whole[i] = whole[i]! + other[i]!;
    other[i] = 0;
  }
}
