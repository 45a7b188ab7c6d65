/** A short sleeve's outline: over its outer side to the cuff, along the cuff, and back to the armpit. */
import { clamp, distance, dot, mix, resample, sub, unit } from "../raster/scalars.ts";
import type { SleeveOutline, Vec } from "../types.ts";
import type { Silhouette } from "./silhouette.ts";

const rayCount = 120;
/** what a pixel's deviation weighs on the outer side, which may bulge over the shoulder, against cuff and inner side */
const bulge = 0.25;
/** of the outline's length: a cuff is no shorter, nor is the outer side */
const leastCuff = 0.12;
const leastOuter = 0.2;
/** a cuff turns off the outer side by about a right angle: cosine that is square enough, and what a flatter corner costs */
const square = 0.3;
const corner = 0.01;

/** The outermost cloth along each ray from the middle of the armhole, from the shoulder round to the armpit. */
function sweep(shape: Silhouette, tip: Vec, armpit: Vec): Vec[] {
  const centre = mix(tip, armpit, 0.5);
  const most = distance(tip, armpit) * 4;
  const from = Math.atan2(tip[1] - centre[1], tip[0] - centre[0]);
  let turn = Math.atan2(armpit[1] - centre[1], armpit[0] - centre[0]) - from;
  // outwards: over the side away from the mirror axis
  if (Math.cos(from + turn / 2) * (tip[0] - shape.axis) < 0) turn -= Math.sign(turn) * 2 * Math.PI;
  return Array.from({ length: rayCount + 1 }, (_, k): Vec => {
    const angle = from + (turn * k) / rayCount;
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    let t = 1;
    while (t < most && shape.has(Math.round(centre[0] + x * t), Math.round(centre[1] + y * t))) t += 1;
    return [centre[0] + x * (t - 0.5) + 0.5, centre[1] + y * (t - 0.5) + 0.5];
  });
}

/** How far the points between two of a polyline's lie from their chord, squared and summed. */
function chordSpread(points: readonly Vec[]) {
  return (from: number, to: number) => {
    const chord = sub(points[to]!, points[from]!);
    const length = Math.max(1e-6, Math.hypot(chord[0], chord[1]));
    let sum = 0;
    for (let k = from + 1; k < to; k += 1) {
      const off = sub(points[k]!, points[from]!);
      const along = clamp(dot(off, chord) / (length * length));
      sum += (off[0] - chord[0] * along) ** 2 + (off[1] - chord[1] * along) ** 2;
    }
    return sum;
  };
}

/** Reads the outline of a sleeve; null where it shows no cuff. */
export function traceSleeve(shape: Silhouette, tip: Vec, armpit: Vec): SleeveOutline | null {
  const points = resample(sweep(shape, tip, armpit), rayCount);
  const spread = chordSpread(points);
  const length = distance(points[0]!, points[1]!) * rayCount;
  let best = { cost: Number.POSITIVE_INFINITY, from: 0, to: 0 };
  for (let i = Math.round(rayCount * leastOuter); i < rayCount; i += 1) {
    const arriving = unit(sub(points[i]!, points[i - 10]!));
    for (let j = i + Math.round(rayCount * leastCuff); j <= rayCount; j += 1) {
      const slack = dot(arriving, unit(sub(points[j]!, points[i]!))) - square;
      const cost =
        (spread(0, i) * bulge + spread(i, j) + spread(j, rayCount)) / (rayCount * length * length) +
        corner * Math.max(0, slack) ** 2;
      if (cost < best.cost) best = { cost, from: i, to: j };
    }
  }
  if (best.to === 0) return null;
  return { outer: points.slice(0, best.from + 1), cuff: points.slice(best.from, best.to + 1) };
}
