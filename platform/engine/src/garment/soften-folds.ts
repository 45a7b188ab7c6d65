/**
 * Sleeves lie spread in a product picture, and what falls into folds between them and the trunk hangs smoothly on an arm
 * that is held down: there those folds would read as seams and gathers.
 */
import { gaussian } from "../raster/blur.ts";
import { floats, workspace } from "../raster/memory.ts";
import { clamp, distance, length, lerp, smooth } from "../raster/scalars.ts";
import type { LimbStrip, Raster, Vec } from "../types.ts";
import { findPlainCloth, isTwoToned } from "./plain-cloth.ts";

/** chest widths: broader shading is the cloth's own, finer than that its weave and its stitches */
const broadest = 0.11;
const finest = 0.003;
/** of white: how much darker or lighter than the cloth around it a fold may stay, and a seam or a crease's edge */
const deepest = 0.007;
const sharpest = 0.02;
/** and how much of that in black cloth, where it shows more */
const darkCloth = 0.25;
/** chest widths below the armpits at which the trunk's folds are its own again */
const reach = 0.35;
/** of the shoulder's length from the neck outwards: where they begin, and where all of them count */
const besideNeck = [-0.05, 0.2] as const;
/** of white: from how deep in a fold its colour counts less, and where the cloth's around it takes over */
const colorless = [0.04, 0.12] as const;
/** chest widths from the armpit on the sleeve: how far such shadow reaches */
const shadow = [0.3, 0.55] as const;
/** of brightness: black cloth has folds too */
const floor = 0.06;
/** every so manyth pixel tells enough */
const sampled = 3;

interface Shoulders {
  axisX: number;
  neck: readonly [Vec, Vec];
  shoulderTip: readonly [Vec, Vec];
  armpit: readonly [Vec, Vec];
  sleeves: readonly [LimbStrip | null, LimbStrip | null];
}

/** How much of a fold's place each pixel is, 0-1: the sleeve and the trunk beside its armhole. */
function zoneOf({ width, height }: Raster, { axisX, neck, shoulderTip, armpit, sleeves }: Shoulders, side: 0 | 1) {
  const out = floats(width * height);
  const chest = distance(armpit[0], armpit[1]);
  const neckAt = Math.abs(neck[side][0] - axisX);
  const tipAt = Math.abs(shoulderTip[side][0] - axisX);
  const sign = side === 0 ? -1 : 1;
  const limb = sleeves[side]!.alpha;
  const last = Math.min(height, Math.ceil(armpit[side][1] + chest * reach));
  for (let y = 0; y < height; y += 1) {
    const down = y < last ? smooth(armpit[side][1] + chest * reach, armpit[side][1], y) : 0;
    for (let i = y * width; i < (y + 1) * width; i += 1) {
      const lateral = ((i % width) - axisX) * sign;
      if (lateral <= 0) continue;
      const beside = down * smooth(lerp(neckAt, tipAt, besideNeck[0]), lerp(neckAt, tipAt, besideNeck[1]), lateral);
      out[i] = Math.max(beside, limb[i]! / 255);
    }
  }
  return out;
}

const limited = (value: number, most: number) => most * Math.tanh(value / most);

function soften(raster: Raster, { armpit, sleeves }: Shoulders, side: 0 | 1, zone: Float32Array) {
  const { width, data } = raster;
  const chest = distance(armpit[0], armpit[1]);
  const limb = sleeves[side]!.alpha;
  const [pitX, pitY] = armpit[side];
  const cloth = findPlainCloth(raster, zone, (i) =>
    limb[i]! > 128
      ? smooth(shadow[1], shadow[0], length((i % width) - pitX, Math.floor(i / width) - pitY) / chest)
      : null,
  );
  const luma = floats(zone.length);
  for (let i = 0; i < zone.length; i += 1)
    luma[i] = (data[i * 4]! * 0.3 + data[i * 4 + 1]! * 0.59 + data[i * 4 + 2]! * 0.11) / 255;
  const mean = (sigma: number, value: (i: number) => number) => meanOf(raster, cloth, chest * sigma, value);
  const fine = mean(finest, (i) => luma[i]!);
  // sleeves of another tone than the trunk are no folds
  if (isTwoToned(fine.filter((_, i) => i % sampled === 0 && zone[i]! * cloth[i]! > 0.5))) return;
  const broad = mean(broadest, (i) => luma[i]!);
  const colors = [0, 1, 2].map((k) => mean(broadest, (i) => data[i * 4 + k]!));
  for (let i = 0; i < zone.length; i += 1) {
    const share = zone[i]! * cloth[i]!;
    if (share < 0.01) continue;
    // the darker the cloth, the more of a fold is seen
    const seen = lerp(darkCloth, 1, broad[i]!);
    const raw = fine[i]! - broad[i]!;
    const fold = limited(raw, deepest * seen);
    const soft = broad[i]! + fold + limited(luma[i]! - fine[i]!, sharpest * seen);
    const gain = (lerp(luma[i]!, soft, share) + floor) / (luma[i]! + floor);
    // what was in deep shadow tells no colour
    const lost = share * smooth(...colorless, -raw);
    for (let k = 0; k < 3; k += 1) {
      const own = data[i * 4 + k]! * gain;
      data[i * 4 + k] = clamp(lerp(own, (colors[k]![i]! * soft) / Math.max(1e-3, broad[i]!), lost), 0, 255);
    }
  }
}

/** The cloth's mean around each pixel. */
function meanOf({ width, height }: Raster, cloth: Float32Array, sigma: number, value: (i: number) => number) {
  const weighted = floats(cloth.length);
  for (let i = 0; i < cloth.length; i += 1) weighted[i] = cloth[i]! * value(i);
  const sum = gaussian(weighted, width, height, sigma);
  const weight = gaussian(cloth, width, height, sigma);
  for (let i = 0; i < sum.length; i += 1) sum[i] = sum[i]! / Math.max(1e-3, weight[i]!);
  return sum;
}

/** Changes the garment's picture in place, where it has short sleeves. */
export function softenFolds(raster: Raster, shoulders: Shoulders): void {
  for (const side of [0, 1] as const)
    if (shoulders.sleeves[side]) workspace(() => soften(raster, shoulders, side, zoneOf(raster, shoulders, side)));
}
