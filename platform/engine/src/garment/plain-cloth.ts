/** Which pixels of a garment's part show its main cloth, in light and in shadow. */
import { boxBlur } from "../raster/blur.ts";
import { toLab } from "../raster/color.ts";
import { floats } from "../raster/memory.ts";
import { clamp, length, lerp, median, smooth } from "../raster/scalars.ts";
import type { Raster } from "../types.ts";

/** Lab units from the cloth's colour: a print or another cloth. Lightness counts less, least in the shadow under an arm */
const otherCloth = [9, 16] as const;
const lightnessCounts = [0.4, 0.17] as const;
/** share of a sleeve away from its armpit that may be dark: more is a cuff of another cloth and no shadow */
const mostDark = 0.03;
/** of brightness: two cloths are as far apart at least, and hardly a pixel is between them */
const apart = 0.06;
const bins = 24;
const leastMass = 0.1;
const deepestValley = 0.12;

/**
 * Where the main cloth of `zone` is, 0-1. `underArm` tells how far a pixel may lie in deep shadow, 0-1, and null for
 * what is no sleeve.
 */
export function findPlainCloth(raster: Raster, zone: Float32Array, underArm: (i: number) => number | null) {
  const { width, height, data } = raster;
  const lab = (i: number) => toLab(data[i * 4]!, data[i * 4 + 1]!, data[i * 4 + 2]!);
  const isSeen = (i: number) => zone[i]! > 0 && data[i * 4 + 3]! >= 128;
  const seen: number[][] = [[], [], []];
  for (let i = 0; i < zone.length; i += 5)
    if (zone[i]! > 0.9 && data[i * 4 + 3]! > 250) for (const [k, v] of lab(i).entries()) seen[k]!.push(v);
  const [mainL, mainA, mainB] = seen.map((values) => median(values)) as [number, number, number];
  const far = (i: number, shade: number) => {
    const [l, a, b] = lab(i);
    // a shadow takes from the colour what it takes from the light
    const dim = Math.min(1, l / Math.max(1, mainL));
    const dl = (l - mainL) * lerp(lightnessCounts[0], lightnessCounts[1], l < mainL ? shade : 0);
    return length(length(dl, a - mainA * dim), b - mainB * dim);
  };
  let [dark, all] = [0, 0];
  for (let i = 0; i < zone.length; i += 5) {
    if (underArm(i) !== 0 || !isSeen(i)) continue;
    all += 1;
    if (far(i, 0) > otherCloth[0]) dark += 1;
  }
  const isShaded = dark < all * mostDark;
  const out = floats(zone.length);
  for (let i = 0; i < zone.length; i += 1)
    if (isSeen(i)) out[i] = 1 - smooth(...otherCloth, far(i, isShaded ? (underArm(i) ?? 0) : 0));
  return boxBlur(out, width, height, 1);
}

/** Whether brightnesses are those of two cloths: folds have all shades between theirs. Sorts the values. */
export function isTwoToned(values: Float32Array): boolean {
  values.sort();
  const at = (share: number) => values[Math.floor((values.length - 1) * share)] ?? 0;
  const [low, high] = [at(0.02), at(0.98)];
  if (high - low < apart) return false;
  const shares = new Float32Array(bins);
  for (const value of values) {
    const k = clamp(Math.floor(((value - low) / (high - low)) * bins), 0, bins - 1);
    shares[k] = shares[k]! + 1 / values.length;
  }
  const mass = (part: Float32Array) => part.reduce((sum, v) => sum + v, 0);
  return shares.some((valley, k) => {
    const sides = [shares.subarray(0, k), shares.subarray(k + 1)];
    if (sides.some((side) => mass(side) < leastMass)) return false;
    return valley < deepestValley * Math.min(...sides.map((side) => Math.max(...side)));
  });
}
