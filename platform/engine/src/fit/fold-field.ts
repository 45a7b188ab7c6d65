/** The folds of the worn cloth, which the new one takes over. */
import { boxBlur, gaussian } from "../raster/blur.ts";
import { toLab } from "../raster/color.ts";
import { bytes, floats, workspace } from "../raster/memory.ts";
import { clamp, lerp, median, smooth } from "../raster/scalars.ts";
import type { Canvas } from "./canvas.ts";

/** shoulder widths: what is finer is the worn garment's own (seams, plackets, creases of a tight fit), not the body's form */
const form = 0.032;
/** how far below and above its surroundings that may be */
const deepest = 0.16;
const highest = 0.08;

interface Cloth {
  /** median colour of the worn cloth */
  main: readonly [number, number, number];
  /** how one-coloured it is, 0-1 */
  calm: number;
}

const deviation = (values: number[], middle: number) =>
  Math.sqrt(values.reduce((sum, v) => sum + (v - middle) ** 2, 0) / values.length);

function lookAt({ rgb }: Canvas, worn: Float32Array): Cloth | null {
  const ls: number[] = [];
  const as: number[] = [];
  const bs: number[] = [];
  for (let i = 0; i < worn.length; i += 11) {
    if (worn[i]! < 0.95) continue;
    const lab = toLab(rgb[i * 3]!, rgb[i * 3 + 1]!, rgb[i * 3 + 2]!);
    ls.push(lab[0]);
    as.push(lab[1]);
    bs.push(lab[2]);
  }
  if (ls.length < 50) return null;
  const main = [median(ls), median(as), median(bs)] as const;
  return { main, calm: clamp(1.25 - deviation(ls, main[0]) / 17) * clamp(1.1 - deviation(as, main[1]) / 14) };
}

/** Where the main cloth is, 0-1: a print is not a fold. */
function weigh({ width, height, rgb }: Canvas, worn: Float32Array, { main }: Cloth, shoulder: number) {
  const out = boxBlur(worn, width, height, Math.max(1, Math.round(shoulder * 0.01)));
  for (let i = 0; i < out.length; i += 1) {
    const v = out[i]!;
    out[i] = 0;
    if (v <= 0.7) continue;
    const lab = toLab(rgb[i * 3]!, rgb[i * 3 + 1]!, rgb[i * 3 + 2]!);
    const dl = (lab[0] - main[0]) * 0.6;
    const da = lab[1] - main[1];
    const db = lab[2] - main[2];
    const off = Math.sqrt(dl * dl + da * da + db * db);
    out[i] = smooth(0.7, 0.98, v) * (1 - smooth(13, 24, off));
  }
  return out;
}

/** How the folds of the worn cloth darken and brighten it, about 1; little for prints, textures and very dark cloth. */
export function foldField(canvas: Canvas, worn: Float32Array, shoulder: number): Float32Array {
  const out = floats(worn.length).fill(1);
  const cloth = lookAt(canvas, worn);
  if (cloth) workspace(() => drawFolds(canvas, worn, cloth, shoulder, out));
  return out;
}

function drawFolds(canvas: Canvas, worn: Float32Array, cloth: Cloth, shoulder: number, out: Float32Array) {
  const { width, height, luma } = canvas;
  const weight = weigh(canvas, worn, cloth, shoulder);
  const over = (values: Float32Array, sigma: number) => gaussian(values, width, height, shoulder * sigma);
  const [fineWeight, broadWeight] = [over(weight, form), over(weight, 0.16)];
  // in its place: it is not needed again
  const weighted = weight;
  for (let i = 0; i < weighted.length; i += 1) weighted[i] = weight[i]! * luma[i]!;
  const [fine, broad] = [over(weighted, form), over(weighted, 0.16)];
  // towards its own hem and straps the worn cloth darkens as the new one does not
  const inside = bytes(worn.length);
  workspace(() => {
    const share = over(worn, 0.07);
    for (let i = 0; i < inside.length; i += 1) inside[i] = share[i]! * 255;
  });
  const fold = (i: number) => {
    const ratio = (fine[i]! / fineWeight[i]! + 0.06) / (broad[i]! / broadWeight[i]! + 0.06);
    return ratio < 1 ? -deepest * Math.tanh((1 - ratio) / deepest) : highest * Math.tanh((ratio - 1) / highest);
  };
  let square = 0;
  let texture = 0;
  let count = 0;
  for (let i = 0; i < worn.length; i += 3) {
    if (fineWeight[i]! < 0.9) continue;
    square += fold(i) ** 2;
    texture += ((luma[i]! + 0.06) / (fine[i]! / fineWeight[i]! + 0.06) - 1) ** 2;
    count += 1;
  }
  const rms = (sum: number) => (count > 50 ? Math.sqrt(sum / count) : 0);
  const most = (limit: number, value: number) => Math.min(1, (limit / (value + 1e-6)) ** 2);
  // a strong pattern, broad or fine, is fabric and no form
  const strength =
    cloth.calm * lerp(0.15, 1, smooth(10, 42, cloth.main[0])) * most(0.05, rms(square)) * most(0.055, rms(texture));
  for (let i = 0; i < worn.length; i += 1) {
    if (fineWeight[i]! <= 0.45 || broadWeight[i]! < 0.05) continue;
    out[i] = 1 + fold(i) * strength * smooth(0.45, 0.95, fineWeight[i]!) * smooth(0.7, 0.99, inside[i]! / 255);
  }
}
