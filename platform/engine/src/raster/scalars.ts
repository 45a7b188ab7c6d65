/** Small maths that every room of the engine uses. */
import type { Vec } from "../types.ts";

export const clamp = (value: number, low = 0, high = 1) => (value < low ? low : Math.min(value, high));
export const lerp = (from: number, to: number, t: number) => from + (to - from) * t;

/** 0 below `low`, 1 above `high`, a smooth S between; `low` may be the larger one for a falling S. */
export const smooth = (low: number, high: number, value: number) => {
  const t = clamp((value - low) / (high - low));
  return t * t * (3 - 2 * t);
};

export const add = (a: Vec, b: Vec): Vec => [a[0] + b[0], a[1] + b[1]];
export const sub = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1]];
export const scale = (a: Vec, factor: number): Vec => [a[0] * factor, a[1] * factor];
export const dot = (a: Vec, b: Vec) => a[0] * b[0] + a[1] * b[1];
/** As Math.hypot, which makes garbage of every call. */
export const length = (x: number, y: number) => Math.sqrt(x * x + y * y);
export const distance = (a: Vec, b: Vec) => length(a[0] - b[0], a[1] - b[1]);
export const mix = (a: Vec, b: Vec, t: number): Vec => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
export const perpendicular = (a: Vec): Vec => [-a[1], a[0]];
export const unit = (a: Vec): Vec => {
  const length = Math.hypot(a[0], a[1]) || 1;
  return [a[0] / length, a[1] / length];
};

/** Distance of (x, y) from the segment a-b. */
export const segmentDistance = (x: number, y: number, a: Vec, b: Vec) => {
  const vx = b[0] - a[0];
  const vy = b[1] - a[1];
  const t = clamp(((x - a[0]) * vx + (y - a[1]) * vy) / (vx * vx + vy * vy + 1e-6));
  return length(x - a[0] - t * vx, y - a[1] - t * vy);
};

/** How far along the segment a-b the foot of (x, y) lies, 0-1. */
export const segmentFoot = (x: number, y: number, a: Vec, b: Vec) => {
  const vx = b[0] - a[0];
  const vy = b[1] - a[1];
  return clamp(((x - a[0]) * vx + (y - a[1]) * vy) / (vx * vx + vy * vy + 1e-6));
};

/** The middle value; 0 of nothing. Sorts a copy. */
export const median = (values: ArrayLike<number>) => {
  const sorted = Float32Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? 0;
};

/** A polyline of `count` + 1 points at even arc lengths. */
export function resample(points: readonly Vec[], count: number): Vec[] {
  const lengths = [0];
  for (let i = 1; i < points.length; i += 1) lengths.push(lengths[i - 1]! + distance(points[i]!, points[i - 1]!));
  const total = lengths.at(-1) ?? 0;
  const out: Vec[] = [];
  let j = 1;
  for (let k = 0; k <= count; k += 1) {
    const want = (total * k) / count;
    while (j < points.length - 1 && lengths[j]! < want) j += 1;
    const from = lengths[j - 1]!;
    out.push(mix(points[j - 1]!, points[j]!, (want - from) / (lengths[j]! - from + 1e-9)));
  }
  return out;
}
