/** The garment without its background: real transparency when the picture has it, else a flood from the border. */
import { boxBlur } from "../raster/blur.ts";
import { labImage } from "../raster/color.ts";
import { components } from "../raster/components.ts";
import { distanceMap } from "../raster/distance-map.ts";
import { bytes, floats, integers } from "../raster/memory.ts";
import { clamp, median, smooth } from "../raster/scalars.ts";
import type { Raster } from "../types.ts";
import { EngineProblem } from "../types.ts";
import { addFineGround } from "./fine-ground.ts";

export interface CutOut {
  raster: Raster;
  /** coverage 0-1 */
  alpha: Float32Array;
  lab: Float32Array;
  /** 0-1: how different the garment is from its background */
  clarity: number;
  /** how far the ground's colours stray from their median, CIE Lab; 0 for real transparency */
  groundSpread: number;
}

const minTransparentShare = 0.03;
const minGarmentShare = 0.03;
const maxBorderSpread = 14;

interface Scene {
  width: number;
  height: number;
  lab: Float32Array;
  background: readonly [number, number, number];
  /** colour distance from the background */
  difference: Float32Array;
  gradient: Float32Array;
  border: number[];
  spread: number;
  /** the garment is nearly the background's colour (white on white) */
  isLow: boolean;
}

/** Typed arrays' own `from` walks an iterator, ten times slower than a loop. */
function mapFlags(source: ArrayLike<number>, flag: (value: number, i: number) => 0 | 1): Uint8Array {
  const out = bytes(source.length);
  for (let i = 0; i < out.length; i += 1) out[i] = flag(source[i]!, i);
  return out;
}

function mapFloats(source: ArrayLike<number>, value: (value: number, i: number) => number): Float32Array {
  const out = floats(source.length);
  for (let i = 0; i < out.length; i += 1) out[i] = value(source[i]!, i);
  return out;
}

function describeScene(raster: Raster, lab: Float32Array): Scene {
  const { width, height } = raster;
  const n = width * height;
  const margin = Math.max(2, Math.round(Math.min(width, height) * 0.012));
  const border: number[] = [];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (x < margin || y < margin || x >= width - margin || y >= height - margin) border.push(y * width + x);
    }
  const background = [0, 1, 2].map((k) => median(border.map((i) => lab[i * 3 + k]!))) as [number, number, number];
  const difference = floats(n);
  const luma = floats(n);
  for (let i = 0; i < n; i += 1) {
    const a = (lab[i * 3 + 1]! - background[1]) * 1.3;
    const b = (lab[i * 3 + 2]! - background[2]) * 1.3;
    difference[i] = Math.hypot(lab[i * 3]! - background[0], a, b);
    luma[i] = lab[i * 3]!;
  }
  const soft = boxBlur(luma, width, height, 1);
  const gradient = floats(n);
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      gradient[i] = Math.hypot(soft[i + 1]! - soft[i - 1]!, soft[i + width]! - soft[i - width]!);
    }
  const sorted = Float32Array.from(border, (i) => difference[i]!).sort();
  if (sorted[Math.floor(sorted.length * 0.75)]! > maxBorderSpread)
    throw new EngineProblem("garment_background_not_plain");
  const isLow = shareBelow(difference, width, height, 12) > 0.25;
  return {
    width,
    height,
    lab,
    background,
    difference,
    gradient,
    border,
    spread: sorted[Math.floor(sorted.length * 0.9)]!,
    isLow,
  };
}

/** Share of the picture's middle whose colour is within `limit` of the background's. */
function shareBelow(difference: Float32Array, width: number, height: number, limit: number) {
  let near = 0;
  let all = 0;
  for (let y = Math.floor(height * 0.3); y < height * 0.7; y += 2)
    for (let x = Math.floor(width * 0.35); x < width * 0.65; x += 2) {
      all += 1;
      if (difference[y * width + x]! < limit) near += 1;
    }
  return near / Math.max(1, all);
}

/** Spreads from the seeds over pixels that `admits`. */
function flood(mask: Uint8Array, seeds: ArrayLike<number>, width: number, admits: (i: number) => boolean) {
  const n = mask.length;
  // each pixel comes once: as a seed or when it is marked
  const stack = integers(n);
  stack.set(seeds);
  let top = seeds.length;
  const visit = (i: number) => {
    if (mask[i] || !admits(i)) return;
    mask[i] = 1;
    stack[top++] = i;
  };
  while (top > 0) {
    const i = stack[--top]!;
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < n - width) visit(i + width);
  }
}

/** The background by flooding with a brush that cannot leak through gaps narrower than itself. */
function floodBackground(scene: Scene): Uint8Array {
  const { width, height, difference, gradient, border, spread, isLow } = scene;
  const n = width * height;
  const tolerance = clamp(2.2 + spread * 1.6, 2.6, 9);
  const noise = Float32Array.from(border, (i) => gradient[i]!).sort();
  const noiseTop = noise[Math.floor(noise.length * 0.9)]!;
  const barrier = isLow ? clamp(noiseTop * 1.5 + 0.25, 0.45, 1.6) : Math.max(1.6, tolerance * 0.7);
  const limit = isLow ? Math.min(tolerance, 3.4) : tolerance;
  const brush = isLow ? Math.max(3, Math.round(width * 0.007)) : 1;
  const soft = boxBlur(difference, width, height, 1);
  const blocked = mapFlags(soft, (value, i) => (value < limit && gradient[i]! < barrier ? 0 : 1));
  const room = distanceMap(blocked, width, height);
  const core = new Uint8Array(n);
  const seeds = border.filter((i) => soft[i]! < tolerance * 2 && (room[i]! > brush || !isLow));
  for (const i of seeds) core[i] = 1;
  flood(core, seeds, width, (i) => room[i]! > brush);
  const fromCore = distanceMap(core, width, height);
  return mapFlags(fromCore, (d) => (d <= brush + 1.5 ? 1 : 0));
}

/** Mean x of what is not background. */
function axisOf(background: Uint8Array, width: number): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < background.length; i += 1) {
    if (background[i]) continue;
    sum += i % width;
    count += 1;
  }
  return sum / Math.max(1, count);
}

/** Soft shadows around a garment that is itself not of their tone, and background seen between sleeve and body. */
function removeShadows(scene: Scene, background: Uint8Array) {
  const { width, height, lab, difference, gradient, isLow } = scene;
  const [l, a, b] = scene.background;
  const fromEdge = distanceMap(background, width, height);
  let neutral = 0;
  let ring = 0;
  for (let i = 0; i < background.length; i += 3) {
    if (fromEdge[i]! <= 14 || fromEdge[i]! >= 32) continue;
    ring += 1;
    if (lab[i * 3]! > l - 50 && Math.hypot(lab[i * 3 + 1]! - a, lab[i * 3 + 2]! - b) < 6) neutral += 1;
  }
  const isDistinct = neutral / Math.max(1, ring) < 0.25;
  if (l > 80 && !isLow && isDistinct) {
    const seeds = integers(background.length);
    let count = 0;
    for (let i = 0; i < background.length; i += 1) if (background[i]) seeds[count++] = i;
    const middle = axisOf(background, width);
    flood(background, seeds.subarray(0, count), width, (i) => {
      const isDarker = lab[i * 3]! > l - 45 && lab[i * 3]! < l + 2;
      const chroma = Math.hypot(lab[i * 3 + 1]! - a, lab[i * 3 + 2]! - b);
      // the gap between two legs narrows upwards into its own shadow
      const isBetweenLegs = Math.abs((i % width) - middle) < width * 0.05;
      return isBetweenLegs
        ? isDarker && chroma < 5 && gradient[i]! < 45 && fromEdge[i]! < height * 0.09
        : isDarker && chroma < 4 && gradient[i]! < 16 && fromEdge[i]! < 16;
    });
  }
  removePockets(scene, background, isLow ? 0.9 : 3, difference, gradient);
}

/** Enclosed pieces of background away from the middle: a white print in the middle of a shirt is not one. */
function removePockets(
  scene: Scene,
  background: Uint8Array,
  limit: number,
  difference: Float32Array,
  gradient: Float32Array,
) {
  const { width, height } = scene;
  const pocket = mapFlags(background, (is, i) =>
    !is && difference[i]! < limit && gradient[i]! < (scene.isLow ? 0.35 : 1) ? 1 : 0,
  );
  const { labels, sizes } = components(pocket, width, height);
  const sumX = new Float64Array(sizes.length);
  for (let i = 0; i < labels.length; i += 1) sumX[labels[i]!] = sumX[labels[i]!]! + (i % width);
  const middle = axisOf(background, width);
  const isAside = sizes.map(
    (size, k) => k > 0 && size > labels.length * 0.0015 && Math.abs(sumX[k]! / size - middle) > width * 0.15,
  );
  for (let i = 0; i < labels.length; i += 1) if (isAside[labels[i]!]) background[i] = 1;
}

/** Fraction of garment in each edge pixel, by where its colour lies between the background's and the inside's. */
function matteEdges(scene: Scene, solid: Float32Array, alpha: Float32Array) {
  const { width, height, lab, background } = scene;
  const outside = mapFlags(solid, (v) => (v > 0.5 ? 0 : 1));
  const depth = distanceMap(outside, width, height);
  const inside = mapFlags(depth, (d) => (d > 5 ? 1 : 0));
  const nearest = integers(inside.length);
  distanceMap(inside, width, height, nearest);
  for (let i = 0; i < alpha.length; i += 1) {
    const j = nearest[i]!;
    if (depth[i]! <= 0 || depth[i]! > 5 || j < 0) continue;
    const v = [0, 1, 2].map((k) => lab[j * 3 + k]! - background[k]!);
    const length = v[0]! ** 2 + v[1]! ** 2 + v[2]! ** 2;
    if (length < 900) continue;
    const along = [0, 1, 2].reduce((sum, k) => sum + (lab[i * 3 + k]! - background[k]!) * v[k]!, 0) / length;
    alpha[i] = Math.min(alpha[i]!, smooth(0.25, 0.85, along));
  }
}

function alphaByFlood(raster: Raster, lab: Float32Array): Pick<CutOut, "alpha" | "clarity" | "groundSpread"> {
  const { width, height } = raster;
  const scene = describeScene(raster, lab);
  const background = floodBackground(scene);
  removeShadows(scene, background);
  const isFine = scene.isLow && addFineGround({ ...scene, background, middle: axisOf(background, width) });
  const garment = mapFlags(background, (is) => (is ? 0 : 1));
  const { labels, sizes } = components(garment, width, height);
  const biggest = Math.max(...sizes);
  if (biggest < width * height * minGarmentShare) throw new EngineProblem("garment_not_found");
  const solid = mapFloats(labels, (k) => (k > 0 && sizes[k]! > biggest * 0.06 ? 1 : 0));
  const soft = boxBlur(solid, width, height, isFine ? 2 : scene.isLow ? 3 : 1);
  const alpha = mapFloats(soft, (v) => (scene.isLow ? smooth(0.44, 0.64, v) : smooth(0.42, 0.98, v)));
  if (!scene.isLow) matteEdges(scene, solid, alpha);
  return { alpha: erode(alpha, width, height), clarity: scene.isLow ? 0.6 : 1, groundSpread: scene.spread };
}

/** Most of a pixel off the edge: what is left there of the background shows as a halo. */
function erode(alpha: Float32Array, width: number, height: number) {
  const out = Float32Array.from(alpha);
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      if (alpha[i] === 0) continue;
      const least = Math.min(alpha[i - 1]!, alpha[i + 1]!, alpha[i - width]!, alpha[i + width]!);
      out[i] = Math.min(alpha[i]!, least * 0.8 + alpha[i]! * 0.2);
    }
  return out;
}

/** Edge pixels take the colour of the cloth inside: no trace of the background travels with them. */
function bleedColors(raster: Raster, alpha: Float32Array): Raster {
  const { width, height, data } = raster;
  const inner = boxBlur(alpha, width, height, 2);
  const solid = mapFlags(inner, (v) => (v > 0.985 ? 1 : 0));
  const nearest = integers(solid.length);
  const depth = distanceMap(solid, width, height, nearest);
  const out = new Uint8ClampedArray(data.length);
  for (let i = 0; i < solid.length; i += 1) {
    const from = depth[i]! < 12 && nearest[i]! >= 0 ? nearest[i]! : i;
    for (let k = 0; k < 3; k += 1) out[i * 4 + k] = data[from * 4 + k]!;
    out[i * 4 + 3] = 255;
  }
  return { width, height, data: out };
}

/** Cuts the garment out. Throws garment_background_not_plain or garment_not_found. */
export function cutOut(raster: Raster): CutOut {
  const { width, height, data } = raster;
  const n = width * height;
  let transparent = 0;
  for (let i = 0; i < n; i += 1) if (data[i * 4 + 3]! < 128) transparent += 1;
  const lab = labImage(data, n);
  if (transparent > n * minTransparentShare) {
    if (transparent > n * (1 - minGarmentShare)) throw new EngineProblem("garment_not_found");
    const alpha = new Float32Array(n).map((_, i) => data[i * 4 + 3]! / 255);
    return { raster: bleedColors(raster, alpha), alpha, lab, clarity: 1, groundSpread: 0 };
  }
  const flooded = alphaByFlood(raster, lab);
  return { raster: bleedColors(raster, flooded.alpha), lab, ...flooded };
}
