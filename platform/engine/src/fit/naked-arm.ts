/** The arm under a worn sleeve: as broad as the sleeve where that lies close, as arms usually are where it is loose. */
import {
  clamp,
  distance,
  dot,
  length,
  lerp,
  median,
  mix,
  perpendicular,
  scale,
  segmentFoot,
  sub,
  unit,
} from "../raster/scalars.ts";
import type { Vec } from "../types.ts";
import type { Arm, BodyTarget } from "./body-target.ts";
import { bareAt, usualArmRadius } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { readMap } from "./canvas.ts";

const stations = 25;
/** in usual radii: a sleeve closer than this is taken for the arm's own outline */
const closest = 1.5;
const usual = 1.12;
const thinnest = 0.7;
/** of both sides together, at the wrist: cuffs are wider than what is in them */
const widestWrist = 1.2;
/** how much broader than its bare part, for its place, an arm may be under cloth */
const broader = 1.02;
/** how far the back of the hand belongs to what a cuff hides */
const handShare = 0.45;

interface Bone {
  from: Vec;
  to: Vec;
  /** unit vector to the arm's outer side */
  outer: Vec;
}

/** The outline of one arm; `share` is below 1 inside it, `along` runs 0-1 from shoulder to wrist. */
export type NakedArm = (x: number, y: number) => { share: number; along: number };

function outerSide(arm: Arm, { frame }: BodyTarget, from: Vec, to: Vec): Vec {
  const across = perpendicular(unit(sub(to, from)));
  const lean = dot(across, scale(frame.across, arm.side)) - dot(across, frame.down) * 0.6;
  return lean < 0 ? scale(across, -1) : across;
}

/** Half-width on one side of the bone: cloth and skin up to the outline. */
function measureHalf(canvas: Canvas, from: Vec, direction: Vec, expected: number, isBare: boolean) {
  const most = expected * closest;
  let t = 0;
  for (; t <= most; t += 1) {
    const x = from[0] + direction[0] * t;
    const y = from[1] + direction[1] * t;
    // cloth beside a bare arm is the trunk's
    const worn = (isBare ? 0 : readMap(canvas, canvas.oldTop, x, y)) + readMap(canvas, canvas.skin, x, y);
    if (worn < 0.5 || readMap(canvas, canvas.person, x, y) < 0.5) break;
  }
  return t > most ? expected * usual : Math.max(t * 0.97, expected * thinnest);
}

function evenOut(values: number[]) {
  for (let round = 0; round < 6; round += 1)
    for (let k = 1; k < values.length - 1; k += 1) values[k] = (values[k - 1]! + 2 * values[k]! + values[k + 1]!) / 4;
}

/** Below a short worn sleeve the arm itself is seen: above, under wide cloth, it is hardly broader for its place. */
function likeBarePart(
  canvas: Canvas,
  { frame }: BodyTarget,
  bones: Bone[],
  bend: number,
  halves: readonly [number[], number[]],
) {
  const shares: number[] = [];
  const isBare: boolean[] = [];
  for (let k = 0; k < stations; k += 1) {
    const along = k / (stations - 1);
    const isUpper = along < bend;
    const f = isUpper ? along / Math.max(1e-6, bend) : (along - bend) / Math.max(1e-6, 1 - bend);
    const { from, to } = bones[isUpper ? 0 : 1]!;
    const [x, y] = mix(from, to, f);
    isBare.push(readMap(canvas, canvas.skin, x, y) > 0.7 && readMap(canvas, canvas.oldTop, x, y) < 0.3);
    if (isBare[k] && along < 0.9)
      shares.push((halves[0][k]! + halves[1][k]!) / 2 / usualArmRadius(frame.shoulderWidth, isUpper, f));
  }
  if (shares.length < 4) return;
  const share = median(shares);
  for (let k = 0; k < stations; k += 1) {
    if (isBare[k]) continue;
    const along = k / (stations - 1);
    const isUpper = along < bend;
    const f = isUpper ? along / Math.max(1e-6, bend) : (along - bend) / Math.max(1e-6, 1 - bend);
    const widest = usualArmRadius(frame.shoulderWidth, isUpper, f) * share * broader;
    for (const values of halves) values[k] = Math.min(values[k]!, widest);
  }
}

function at(values: number[], along: number) {
  const k = Math.min(along * (stations - 1), stations - 1.001);
  return lerp(values[k | 0]!, values[(k | 0) + 1]!, k % 1);
}

/** Measures the outline of a covered arm. */
export function measureNakedArm(canvas: Canvas, body: BodyTarget, arm: Arm): NakedArm {
  const bones: Bone[] = [
    [arm.shoulder, arm.elbow],
    [arm.elbow, arm.wrist],
    [arm.wrist, mix(arm.wrist, arm.knuckle, handShare)],
  ].map(([from, to]) => ({ from: from!, to: to!, outer: outerSide(arm, body, from!, to!) }));
  const [upper, fore] = [distance(arm.shoulder, arm.elbow), distance(arm.elbow, arm.wrist)];
  const bend = upper / Math.max(1, upper + fore);
  const halves: [number[], number[]] = [[], []];
  for (let k = 0; k < stations; k += 1) {
    const along = k / (stations - 1);
    const isUpper = along < bend;
    const bone = bones[isUpper ? 0 : 1]!;
    const f = isUpper ? along / Math.max(1e-6, bend) : (along - bend) / Math.max(1e-6, 1 - bend);
    const centre = mix(bone.from, bone.to, f);
    const expected = usualArmRadius(body.frame.shoulderWidth, isUpper, f);
    const isBare = bareAt(arm, along) > 0.7;
    const out = measureHalf(canvas, centre, bone.outer, expected, isBare);
    const inn = measureHalf(canvas, centre, scale(bone.outer, -1), expected, isBare);
    const widest = expected * 2 * lerp(closest, widestWrist, clamp((along - 0.6) / 0.4));
    const fit = Math.min(1, widest / (out + inn));
    halves[0].push(out * fit);
    halves[1].push(inn * fit);
  }
  likeBarePart(canvas, body, bones, bend, halves);
  for (const values of halves) evenOut(values);
  return (x, y) => {
    let best = Number.POSITIVE_INFINITY;
    let bestAlong = 0;
    for (let k = 0; k < bones.length; k += 1) {
      const { from, to, outer } = bones[k]!;
      const f = segmentFoot(x, y, from, to);
      const dx = x - lerp(from[0], to[0], f);
      const dy = y - lerp(from[1], to[1], f);
      const along = k === 0 ? f * bend : k === 1 ? bend + f * (1 - bend) : 1;
      const half = at(halves[dx * outer[0] + dy * outer[1] < 0 ? 1 : 0]!, along);
      const share = length(dx, dy) / half;
      if (share >= best) continue;
      best = share;
      bestAlong = along;
    }
    return { share: best, along: bestAlong };
  };
}
