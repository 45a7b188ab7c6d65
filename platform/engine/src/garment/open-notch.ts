/** The narrow slit above the gap between two legs, which a flood from the border does not enter. */
import { medianLab } from "../person/color-model.ts";
import type { Vec } from "../types.ts";
import type { CutOut } from "./cut-out.ts";

/** shadows lie in a slit: lightness tells less than colour */
const lightnessWeight = 0.45;

type Lab = readonly [number, number, number];

function colorNear(cut: CutOut, box: readonly [number, number, number, number], keep: (alpha: number) => boolean) {
  const { width } = cut.raster;
  const samples: number[] = [];
  for (let y = box[1]; y < box[3]; y += 1)
    for (let x = box[0]; x < box[2]; x += 1) {
      const i = y * width + x;
      if (keep(cut.alpha[i] ?? -1)) samples.push(cut.lab[i * 3]!, cut.lab[i * 3 + 1]!, cut.lab[i * 3 + 2]!);
    }
  return medianLab(samples, 1);
}

const away = (lab: Float32Array, i: number, color: Lab) =>
  Math.hypot((lab[i * 3]! - color[0]) * lightnessWeight, lab[i * 3 + 1]! - color[1], lab[i * 3 + 2]! - color[2]);

/**
 * Clears the slit above `crotch` in the cut-out's coverage, row by row upwards and never widening; returns where the
 * legs really part.
 */
export function openNotch(cut: CutOut, crotch: Vec, width: number, height: number): Vec {
  const [axis, from] = [Math.round(crotch[0]), Math.round(crotch[1])];
  const reach = Math.round(width * 0.1);
  const gap = colorNear(
    cut,
    [axis - reach, from, axis + reach, from + Math.round(height * 0.06)],
    (a) => a >= 0 && a < 0.05,
  );
  const cloth = colorNear(cut, [axis - reach * 3, from - reach, axis + reach * 3, from], (a) => a > 0.95);
  if (!gap || !cloth) return crotch;
  const isGap = (x: number, y: number) => {
    const i = y * cut.raster.width + x;
    return cut.alpha[i]! < 0.3 || away(cut.lab, i, gap) < 0.9 * away(cut.lab, i, cloth);
  };
  let [left, right] = [axis - reach, axis + reach];
  // the lowest rows of the slit are open already: they tell how wide it is
  let y = from + Math.round(height * 0.012);
  for (; y > from - height * 0.16; y -= 1) {
    const xs: number[] = [];
    for (let x = left; x <= right; x += 1) if (isGap(x, y)) xs.push(x);
    if (xs.length < 2) break;
    [left, right] = [Math.max(left, xs[0]! - 1), Math.min(right, xs.at(-1)! + 1)];
    for (const x of xs) cut.alpha[y * cut.raster.width + x] = 0;
  }
  return [crotch[0], Math.min(from, y + 1)];
}
