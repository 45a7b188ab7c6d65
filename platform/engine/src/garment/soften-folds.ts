/**
 * Sleeves lie spread in a product picture, and what falls into folds between them and the trunk hangs smoothly on an arm
 * that is held down: there those folds would read as seams and gathers.
 */
import { gaussian } from "../raster/blur.ts";
import { toLab } from "../raster/color.ts";
import { floats, workspace } from "../raster/memory.ts";
import { clamp, distance, lerp, median, smooth } from "../raster/scalars.ts";
import type { LimbStrip, Raster, Vec } from "../types.ts";

/** chest widths: broader shading is the cloth's own, finer than that its weave and its stitches */
const broadest = 0.11;
const finest = 0.003;
/** of white: how much darker or lighter than the cloth around it a fold may stay, and a seam or a crease's edge */
const deepest = 0.007;
const sharpest = 0.02;
/** chest widths below the armpits at which the trunk's folds are its own again */
const reach = 0.35;
/** Lab units from the cloth's colour, lightness counting half: a print or another cloth */
const otherCloth = [9, 16] as const;
/** of brightness: black cloth has folds too */
const floor = 0.06;

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
      const beside = down * smooth(lerp(neckAt, tipAt, 0.05), lerp(neckAt, tipAt, 0.45), lateral);
      out[i] = Math.max(beside, limb[i]! / 255);
    }
  }
  return out;
}

/** Where the zone's own cloth is, 0-1. */
function clothOf({ data }: Raster, zone: Float32Array) {
  const lab = (i: number) => toLab(data[i * 4]!, data[i * 4 + 1]!, data[i * 4 + 2]!);
  const seen: number[][] = [[], [], []];
  for (let i = 0; i < zone.length; i += 5)
    if (zone[i]! > 0.9 && data[i * 4 + 3]! > 250) for (const [k, v] of lab(i).entries()) seen[k]!.push(v);
  const main = seen.map((values) => median(values));
  const out = floats(zone.length);
  for (let i = 0; i < zone.length; i += 1) {
    if (data[i * 4 + 3]! < 128) continue;
    const [l, a, b] = lab(i);
    const off = Math.hypot((l - main[0]!) * 0.5, a - main[1]!, b - main[2]!);
    out[i] = 1 - smooth(...otherCloth, off);
  }
  return out;
}

const limited = (value: number, most: number) => most * Math.tanh(value / most);

function soften(raster: Raster, zone: Float32Array, chest: number) {
  const { width, height, data } = raster;
  const cloth = clothOf(raster, zone);
  const luma = floats(zone.length);
  const weighted = floats(zone.length);
  for (let i = 0; i < zone.length; i += 1) {
    luma[i] = (data[i * 4]! * 0.3 + data[i * 4 + 1]! * 0.59 + data[i * 4 + 2]! * 0.11) / 255;
    weighted[i] = cloth[i]! * luma[i]!;
  }
  const mean = (sigma: number) => {
    const sum = gaussian(weighted, width, height, chest * sigma);
    const weight = gaussian(cloth, width, height, chest * sigma);
    for (let i = 0; i < sum.length; i += 1) sum[i] = sum[i]! / Math.max(1e-3, weight[i]!);
    return sum;
  };
  const [fine, broad] = [mean(finest), mean(broadest)];
  for (let i = 0; i < zone.length; i += 1) {
    const share = zone[i]! * cloth[i]!;
    if (share < 0.01) continue;
    const soft = broad[i]! + limited(fine[i]! - broad[i]!, deepest) + limited(luma[i]! - fine[i]!, sharpest);
    const gain = (lerp(luma[i]!, soft, share) + floor) / (luma[i]! + floor);
    for (let k = i * 4; k < i * 4 + 3; k += 1) data[k] = clamp(data[k]! * gain, 0, 255);
  }
}

/** Changes the garment's picture in place, where it has short sleeves. */
export function softenFolds(raster: Raster, shoulders: Shoulders): void {
  for (const side of [0, 1] as const)
    if (shoulders.sleeves[side])
      workspace(() =>
        soften(raster, zoneOf(raster, shoulders, side), distance(shoulders.armpit[0], shoulders.armpit[1])),
      );
}
