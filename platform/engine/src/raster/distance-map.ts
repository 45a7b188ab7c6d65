import { floats } from "./memory.ts";

const diagonal = Math.SQRT2;

/** Chamfer distance in pixels to the nearest non-zero pixel of `mask`; with `nearest`, also which one that is. */
export function distanceMap(
  mask: ArrayLike<number>,
  width: number,
  height: number,
  nearest?: Int32Array,
): Float32Array {
  const n = width * height;
  const out = floats(n);
  for (let i = 0; i < n; i += 1) out[i] = mask[i] ? 0 : 1e6;
  if (nearest) for (let i = 0; i < n; i += 1) nearest[i] = mask[i] ? i : -1;
  for (let y = 0; y < height; y += 1) relaxRow(out, y * width, width, 1, y === 0 ? 0 : -width, nearest);
  for (let y = height - 1; y >= 0; y -= 1)
    relaxRow(out, (y + 1) * width - 1, width, -1, y === height - 1 ? 0 : width, nearest);
  return out;
}

/** One row from `start` in steps of `step`: the way may come from the pixel before and from the row `toRow` away (0: none). */
function relaxRow(
  out: Float32Array,
  start: number,
  width: number,
  step: 1 | -1,
  toRow: number,
  nearest: Int32Array | undefined,
) {
  for (let x = 0, i = start; x < width; x += 1, i += step) {
    let best = out[i]!;
    if (best === 0) continue;
    let from = i;
    if (x > 0 && out[i - step]! + 1 < best) {
      from = i - step;
      best = Math.fround(out[from]! + 1);
    }
    if (toRow !== 0) {
      const j = i + toRow;
      if (out[j]! + 1 < best) {
        from = j;
        best = Math.fround(out[j]! + 1);
      }
      if (x > 0 && out[j - step]! + diagonal < best) {
        from = j - step;
        best = Math.fround(out[from]! + diagonal);
      }
      if (x < width - 1 && out[j + step]! + diagonal < best) {
        from = j + step;
        best = Math.fround(out[from]! + diagonal);
      }
    }
    if (from === i) continue;
    out[i] = best;
    if (nearest) nearest[i] = nearest[from]!;
  }
}
