/** The light of the scene on the new cloth, and everything laid together. */
import { boxBlur, gaussian } from "../raster/blur.ts";
import { deltaE, toLab } from "../raster/color.ts";
import { clamp, lerp, median, smooth } from "../raster/scalars.ts";
import type { Canvas, Layer } from "./canvas.ts";
import { bleedColors } from "./canvas.ts";

/** How the folds of the worn cloth darken and brighten it, about 1; little for prints, textures and very dark cloth. */
function foldField(canvas: Canvas, worn: Float32Array, shoulder: number): Float32Array {
  const { width, height, rgb, luma } = canvas;
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
  const out = new Float32Array(worn.length).fill(1);
  if (ls.length < 50) return out;
  const main = [median(ls), median(as), median(bs)] as const;
  const weight = new Float32Array(worn.length);
  const weighted = new Float32Array(worn.length);
  const inner = boxBlur(worn, width, height, Math.max(1, Math.round(shoulder * 0.01)));
  for (let i = 0; i < worn.length; i += 1) {
    if (inner[i]! < 0.6) continue;
    const lab = toLab(rgb[i * 3]!, rgb[i * 3 + 1]!, rgb[i * 3 + 2]!);
    // only the main cloth: a print is not a fold
    weight[i] =
      smooth(0.7, 0.98, inner[i]!) *
      (1 - smooth(13, 24, deltaE([lab[0] * 0.6, lab[1], lab[2]], [main[0] * 0.6, main[1], main[2]])));
    weighted[i] = luma[i]! * weight[i]!;
  }
  const fine = [
    gaussian(weighted, width, height, shoulder * 0.012),
    gaussian(weight, width, height, shoulder * 0.012),
  ] as const;
  const broad = [
    gaussian(weighted, width, height, shoulder * 0.16),
    gaussian(weight, width, height, shoulder * 0.16),
  ] as const;
  const deviation = (values: number[], middle: number) =>
    Math.sqrt(values.reduce((sum, v) => sum + (v - middle) ** 2, 0) / values.length);
  const calm = clamp(1.25 - deviation(ls, main[0]) / 17) * clamp(1.1 - deviation(as, main[1]) / 14);
  let strength = clamp(calm) * lerp(0.15, 1, smooth(10, 42, main[0]));
  let square = 0;
  let count = 0;
  const ratio = (i: number) => (fine[0][i]! / fine[1][i]! + 0.06) / (broad[0][i]! / broad[1][i]! + 0.06);
  for (let i = 0; i < worn.length; i += 3) {
    if (fine[1][i]! < 0.9) continue;
    square += (clamp(ratio(i), 0.66, 1.2) - 1) ** 2;
    count += 1;
  }
  const spread = count > 50 ? Math.sqrt(square / count) : 0;
  // strong mid-frequency pattern is fabric, not folds
  strength *= Math.min(1, (0.05 / (spread + 1e-6)) ** 2);
  for (let i = 0; i < worn.length; i += 1) {
    if (fine[1][i]! < 0.05 || broad[1][i]! < 0.05) continue;
    out[i] = 1 + (clamp(ratio(i), 0.66, 1.2) - 1) * strength * smooth(0.45, 0.95, fine[1][i]!);
  }
  return out;
}

/** How bright the scene's white is: product pictures are brighter than rooms. */
function exposureOf(canvas: Canvas) {
  const histogram = new Float32Array(256);
  for (let i = 0; i < canvas.luma.length; i += 5) {
    const peak = Math.max(canvas.rgb[i * 3]!, canvas.rgb[i * 3 + 1]!, canvas.rgb[i * 3 + 2]!);
    histogram[Math.min(255, peak | 0)]! += 1;
  }
  const total = histogram.reduce((sum, v) => sum + v, 0);
  let seen = 0;
  for (let v = 255; v > 0; v -= 1) {
    seen += histogram[v]!;
    if (seen > total * 0.02) return clamp((0.97 * v) / 245, 0.8, 0.99);
  }
  return 0.97;
}

export interface Composition {
  base: Float32Array;
  layer: Layer;
  occluders: Float32Array;
  /** the worn cloth whose folds the new one takes over */
  worn: Float32Array;
  shoulder: number;
}

/** RGB of the finished canvas, and the garment's visible coverage. */
export function compose(canvas: Canvas, { base, layer, occluders, worn, shoulder }: Composition) {
  const { width, height, person } = canvas;
  const folds = foldField(canvas, worn, shoulder);
  const exposure = exposureOf(canvas);
  const roundness = gaussian(person, width, height, shoulder * 0.06);
  const rim = gaussian(layer.alpha, width, height, shoulder * 0.035);
  const contact = gaussian(layer.alpha, width, height, shoulder * 0.022);
  const under = gaussian(occluders, width, height, shoulder * 0.03);
  bleedColors(canvas, layer);
  const edge = boxBlur(layer.alpha, width, height, 1);
  const out = new Float32Array(base.length);
  const drawn = new Float32Array(width * height);
  for (let i = 0; i < drawn.length; i += 1) {
    const alpha =
      clamp(Math.min(edge[i]! * 1.15, 1)) * (1 - occluders[i]!) * (layer.alpha[i]! > 0 || edge[i]! > 0 ? 1 : 0);
    // a soft shadow of the garment on the body beside it
    const shadow =
      layer.alpha[i]! < 0.5 && person[i]! > 0.4 && canvas.face[i]! < 0.05 && canvas.hair[i]! < 0.3
        ? 1 - 0.2 * clamp(contact[i]! * 1.6) * (1 - layer.alpha[i]!)
        : 1;
    const light =
      folds[i]! *
      lerp(0.84, 1, smooth(0.4, 0.98, roundness[i]!)) *
      lerp(0.93, 1, smooth(0.5, 0.95, rim[i]!)) *
      (1 - 0.26 * clamp(under[i]!)) *
      exposure;
    drawn[i] = alpha;
    for (let k = 0; k < 3; k += 1) {
      const cloth = clamp(layer.rgb[i * 3 + k]! * light, 0, 255);
      out[i * 3 + k] = lerp(base[i * 3 + k]! * shadow, cloth, alpha);
    }
  }
  return { rgb: out, drawn };
}
