/** The light of the scene on the new cloth, and everything laid together. */
import { gaussian } from "../raster/blur.ts";
import { floats, workspace } from "../raster/memory.ts";
import { clamp, lerp, smooth } from "../raster/scalars.ts";
import type { Canvas, Layer } from "./canvas.ts";
import { bleedColors } from "./canvas.ts";
import { foldField } from "./fold-field.ts";

/** how much a garment darkens the body beside its edge, and below it */
const sideShadow = 0.08;
const hemShadow = 0.42;

/** how much darker the body's outline is at its sides, and on the shoulders */
const turned = [0.12, 0.03] as const;

/** How bright the scene's white is: product pictures are brighter than rooms. */
function exposureOf(canvas: Canvas) {
  const histogram = new Float32Array(256);
  const { rgb } = canvas;
  for (let i = 0; i < rgb.length; i += 15) {
    const peak = Math.max(rgb[i]!, rgb[i + 1]!, rgb[i + 2]!);
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

/** Light on a body that turns away towards its outline: less at the sides, hardly less on the shoulders, which see the lamps. */
function turning(roundness: Float32Array, i: number, rise: number) {
  const towards = 1 - smooth(0.42, 0.9, roundness[i]!);
  if (towards === 0) return 1;
  const upwards = clamp(((roundness[i + rise] ?? 0) - (roundness[i - rise] ?? 0)) * 4);
  return 1 - towards * lerp(turned[0], turned[1], upwards);
}

export interface Composition {
  /** becomes the finished picture */
  base: Float32Array;
  layer: Layer;
  occluders: Float32Array;
  /** the worn cloth whose folds the new one takes over */
  worn: Float32Array;
  shoulder: number;
}

/** RGB of the finished canvas, and the garment's visible coverage. */
export function compose(canvas: Canvas, parts: Composition) {
  const drawn = floats(parts.occluders.length);
  workspace(() => composeInto(drawn, canvas, parts));
  return { rgb: parts.base, drawn };
}

function composeInto(
  drawn: Float32Array,
  canvas: Canvas,
  { base: out, layer, occluders, worn, shoulder }: Composition,
) {
  const { width, height, person, face, hair } = canvas;
  const folds = foldField(canvas, worn, shoulder);
  const exposure = exposureOf(canvas);
  const roundness = gaussian(person, width, height, shoulder * 0.08);
  const rim = gaussian(layer.alpha, width, height, shoulder * 0.02);
  for (let i = 0; i < drawn.length; i += 1) drawn[i] = layer.alpha[i]! * (1 - occluders[i]!);
  const contact = gaussian(drawn, width, height, shoulder * 0.02);
  const under = gaussian(occluders, width, height, shoulder * 0.03);
  // light comes from above: a hem and a cuff throw their shadow downwards
  const fall = Math.round(shoulder * 0.014) * width;
  const rise = Math.round(shoulder * 0.03) * width;
  bleedColors(canvas, layer);
  const { rgb, alpha: coverage } = layer;
  for (let i = 0; i < drawn.length; i += 1) {
    const alpha = drawn[i]!;
    const isNear = contact[i]! > 0 && alpha < 0.99;
    let shadow = 1;
    if (isNear && person[i]! > 0.3 && face[i]! < 0.05 && hair[i]! < 0.3) {
      const below = Math.max(0, (contact[i - fall] ?? 0) - (contact[i + fall] ?? 0));
      // what is in front of the cloth stands in no shadow of it
      const beside = coverage[i]! < 0.99 ? clamp(contact[i]! * 1.4) * (1 - occluders[i]!) : 0;
      shadow = 1 - (sideShadow * beside + hemShadow * below) * smooth(0.3, 0.8, person[i]!);
    }
    if (alpha === 0) {
      if (shadow < 1) for (let k = i * 3; k < i * 3 + 3; k += 1) out[k] = out[k]! * shadow;
      continue;
    }
    const light =
      folds[i]! *
      turning(roundness, i, rise) *
      lerp(0.97, 1, smooth(0.5, 0.9, rim[i]!)) *
      (1 - 0.26 * clamp(under[i]!)) *
      exposure;
    for (let k = i * 3; k < i * 3 + 3; k += 1) out[k] = lerp(out[k]! * shadow, clamp(rgb[k]! * light, 0, 255), alpha);
  }
}
