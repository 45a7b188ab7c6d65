/** Where a garment goes on this person: shoulder tips, neck, armpits, the trunk's half-widths, the arms. Canvas pixels. */
import { pointOf } from "../person/body-frame.ts";
import {
  add,
  clamp,
  distance,
  dot,
  length,
  lerp,
  mix,
  perpendicular,
  scale,
  segmentFoot,
  sub,
  unit,
} from "../raster/scalars.ts";
import type { BodyFrame, PersonAnalysis, Vec } from "../types.ts";
import type { Canvas } from "./canvas.ts";
import { readMap } from "./canvas.ts";
import type { ShoulderLine } from "./shoulder-line.ts";
import { measureShoulders } from "./shoulder-line.ts";

export interface Arm {
  /** -1 at the image's left, 1 at its right */
  side: -1 | 1;
  shoulder: Vec;
  elbow: Vec;
  wrist: Vec;
  knuckle: Vec;
  hip: Vec;
  /** top of the deltoid */
  tip: Vec;
  /** 0-1 of the arm, at 0, 1/24 … 1: how bare it is there */
  bare: number[];
}

export interface BodyTarget {
  frame: BodyFrame;
  arms: readonly [Arm, Arm];
  shoulders: ShoulderLine;
  /** centre of the trunk at v torso lengths below the shoulders, and the unit vector across it */
  trunk: (v: number) => { centre: Vec; across: Vec };
  /** half-width at v on one side (0 image left), pixels; and whether an arm limits it there */
  half: (v: number, side: 0 | 1) => number;
  isArmLimited: (v: number, side: 0 | 1) => boolean;
  expectedHalf: (v: number) => number;
  tipWidth: number;
}

/** share of the arm that a short sleeve covers at most; and stations of the arm that must be bare below it */
const shortEnd = 0.62;
const steadyFor = 4;
/** how far beyond the wrist a worn cuff may reach, shoulder widths */
const longestCuff = 0.32;
const halfRows = 31;
const halfFrom = 0.18;
const halfStep = 0.045;
/** how much broader than expected a trunk may be measured */
const widest = 1.7;
/** how far above the joint a shoulder's outline is looked for, shoulder widths: a broad one's joint lies deep */
const highestTip = 0.3;
/** how far from a joint the limb's outline is looked for, shoulder widths */
const centringReach = 0.24;
/** how far inside the person's outline a joint lies, shoulder widths */
const leastInside = 0.06;
/** measured on bare arms, in shoulder widths */
const upperArm = [0.138, 0.11] as const;
const foreArm = [0.113, 0.07] as const;

const shifted = (canvas: Canvas, point: Vec): Vec => [point[0] - canvas.left, point[1] - canvas.top];

/** Steps until the map falls below a half. */
function ray(canvas: Canvas, map: Float32Array, from: Vec, direction: Vec, most: number) {
  let t = 0;
  while (t < most && readMap(canvas, map, from[0] + direction[0] * t, from[1] + direction[1] * t) > 0.5) t += 1;
  return t;
}

/** How far beside a point the middle of the limb lies, where the map shows its edge on both sides; else null. */
function limbMiddle(canvas: Canvas, map: Float32Array, point: Vec, across: Vec, shoulderWidth: number): number | null {
  const most = Math.round(shoulderWidth * centringReach);
  let best: [number, number] | null = null;
  let from: number | null = null;
  for (let t = -most; t <= most + 1; t += 1) {
    const isLimb = t <= most && readMap(canvas, map, point[0] + across[0] * t, point[1] + across[1] * t) > 0.5;
    if (isLimb) from ??= t;
    if (isLimb || from === null) continue;
    const gap = (run: [number, number]) => Math.max(0, run[0], -run[1]);
    const run: [number, number] = [from, t - 1];
    if (!best || gap(run) < gap(best)) best = run;
    from = null;
  }
  if (!best || best[1] - best[0] < shoulderWidth * 0.06) return null;
  const [isOpenBefore, isOpenAfter] = [best[0] <= -most, best[1] >= most];
  if (!isOpenBefore && !isOpenAfter) return (best[0] + best[1]) / 2;
  // a limb that runs into the trunk has no middle to tell, but a joint lies no nearer to the outline than this
  const inmost = shoulderWidth * leastInside;
  if (isOpenAfter && !isOpenBefore && -best[0] < inmost) return best[0] + inmost;
  if (isOpenBefore && !isOpenAfter && best[1] < inmost) return best[1] - inmost;
  return null;
}

/** A joint of the arm moved to the middle of the limb: by the outline, or by its skin beside the trunk, a little further down if need be. */
function centred(canvas: Canvas, joint: Vec, bone: Vec, shoulderWidth: number, further: Vec): Vec {
  const across = perpendicular(unit(bone));
  const at = (map: Float32Array, point: Vec) => limbMiddle(canvas, map, point, across, shoulderWidth);
  const offset = at(canvas.person, joint) ?? at(canvas.skin, joint) ?? at(canvas.skin, further) ?? 0;
  return add(joint, scale(across, offset));
}

/** Below a stretch of bare arm no sleeve begins again: cloth there is the trunk's and hangs before the arm. */
export function onceBare(bare: number[]): number[] {
  const from = bare.findIndex(
    (_, k) => k + steadyFor <= bare.length && bare.slice(k, k + steadyFor).every((v) => v > 0.5),
  );
  return bare.map((v, k) => (from >= 0 && k >= from ? Math.max(v, 1) : v));
}

/** A long worn sleeve hides where the hand begins: the wrist is where its cuff ends. */
function belowCuff(canvas: Canvas, wrist: Vec, elbow: Vec, bare: number[], shoulderWidth: number): Vec {
  if (bare.some((v) => v > 0.5)) return wrist;
  const along = unit(sub(wrist, elbow));
  const most = shoulderWidth * longestCuff;
  let beyond = 0;
  const isCloth = ([x, y]: Vec) =>
    readMap(canvas, canvas.person, x, y) > 0.5 && readMap(canvas, canvas.skin, x, y) < 0.4;
  while (beyond < most && isCloth(add(wrist, scale(along, beyond)))) beyond += 1;
  return beyond < most ? add(wrist, scale(along, beyond)) : wrist;
}

function findArm(canvas: Canvas, person: PersonAnalysis, frame: BodyFrame, side: -1 | 1): Arm {
  const joint = (left: number, right: number) => shifted(canvas, pointOf(person.keypoints, side < 0 ? right : left));
  const shoulder = joint(11, 12);
  const seen = { elbow: joint(13, 14), wrist: joint(15, 16) };
  const { shoulderWidth } = frame;
  const fore = mix(seen.elbow, seen.wrist, 0.25);
  const elbow = centred(canvas, seen.elbow, sub(seen.wrist, shoulder), shoulderWidth, fore);
  const wrist = centred(canvas, seen.wrist, sub(seen.wrist, elbow), shoulderWidth, seen.wrist);
  const out = scale(frame.across, side);
  const diagonal = unit(add(scale(out, 0.8), scale(frame.down, -0.9)));
  const reach = ray(canvas, canvas.person, shoulder, diagonal, frame.shoulderWidth * highestTip);
  const tip = add(shoulder, scale(diagonal, Math.max(reach * 0.92, frame.shoulderWidth * 0.03)));
  const bare = onceBare(
    Array.from({ length: 25 }, (_, k) => {
      const f = k / 24;
      const q = f < 0.5 ? mix(shoulder, elbow, f * 2) : mix(elbow, wrist, f * 2 - 1);
      return clamp(readMap(canvas, canvas.skin, q[0], q[1]) * 1.5 - 0.25);
    }),
  );
  const end = belowCuff(canvas, wrist, elbow, bare, shoulderWidth);
  return { side, shoulder, elbow, wrist: end, knuckle: joint(19, 20), hip: joint(23, 24), tip, bare };
}

/** How broad a bare arm usually is at share f of its upper or lower half. */
export const usualArmRadius = (shoulderWidth: number, isUpper: boolean, f: number) =>
  shoulderWidth * (isUpper ? lerp(upperArm[0], upperArm[1], f) : lerp(foreArm[0], foreArm[1], f));

/** Signed nearness to an arm: how far inside (below 1) its measured radius the point lies; also how far along, 0-1. */
export function armRadiusShare(arm: Arm, shoulderWidth: number, x: number, y: number) {
  const { shoulder, elbow, wrist } = arm;
  const t1 = segmentFoot(x, y, shoulder, elbow);
  const t2 = segmentFoot(x, y, elbow, wrist);
  const upper = length(x - lerp(shoulder[0], elbow[0], t1), y - lerp(shoulder[1], elbow[1], t1));
  const fore = length(x - lerp(elbow[0], wrist[0], t2), y - lerp(elbow[1], wrist[1], t2));
  const upperShare = upper / usualArmRadius(shoulderWidth, true, t1);
  const foreShare = fore / usualArmRadius(shoulderWidth, false, t2);
  const l1 = distance(shoulder, elbow);
  const l2 = distance(elbow, wrist);
  const isUpper = upper <= fore;
  return {
    share: Math.min(upperShare, foreShare),
    along: (isUpper ? t1 * l1 : l1 + t2 * l2) / Math.max(1, l1 + l2),
    isUpper,
  };
}

/** Share of the arm at which a short worn sleeve ends; null for a bare arm and for a longer sleeve. */
export function wornEnd({ bare }: Pick<Arm, "bare">): number | null {
  const end = bare.findIndex((v) => v > 0.5);
  const last = bare.length - 1;
  // a sleeve ends once: skin that shows again further down is a slit or a gap in the labels
  const isSteady = end > 0 && bare.slice(end, end + steadyFor).every((v) => v > 0.5);
  return isSteady && end / last <= shortEnd ? end / last : null;
}

export const bareAt = (arm: Arm, along: number) => arm.bare[Math.round(clamp(along) * 24)]!;

/** The trunk's edge at one height and side: where the person ends, a bare arm begins, or a sleeved arm must be. */
function findEdge(
  canvas: Canvas,
  arms: readonly Arm[],
  frame: BodyFrame,
  centre: Vec,
  across: Vec,
  expected: number,
  side: 0 | 1,
) {
  const direction = scale(across, side === 0 ? -1 : 1);
  const arm = arms[side]!;
  const most = expected * widest;
  for (let t = expected * 0.55; t < most; t += 1) {
    const x = centre[0] + direction[0] * t;
    const y = centre[1] + direction[1] * t;
    if (readMap(canvas, canvas.person, x, y) < 0.5) return { half: t, isArm: false };
    if (t < expected * 0.72) continue;
    const { share, along } = armRadiusShare(arm, frame.shoulderWidth, x, y);
    const isBareEdge = readMap(canvas, canvas.skin, x, y) > 0.6 && share < 1.35;
    if (isBareEdge) return { half: t, isArm: true };
    if (share < 0.92 && along > 0.15 && bareAt(arm, along) < 0.5)
      return { half: Math.min(t, expected * 1.12), isArm: true };
  }
  return { half: expected, isArm: false };
}

export function measureBody(canvas: Canvas, person: PersonAnalysis): BodyTarget {
  const frame: BodyFrame = {
    ...person.frame,
    midShoulder: shifted(canvas, person.frame.midShoulder),
    midHip: shifted(canvas, person.frame.midHip),
  };
  const { midShoulder, midHip, across, shoulderWidth } = frame;
  const arms = [findArm(canvas, person, frame, -1), findArm(canvas, person, frame, 1)] as const;
  const hipAcross = unit(sub(arms[1].hip, arms[0].hip));
  const lower = dot(hipAcross, across) > 0.8 ? unit(mix([1, 0], hipAcross, 0.4)) : across;
  const trunk = (v: number) => ({
    centre: add(midShoulder, scale(sub(midHip, midShoulder), v)),
    across: unit(mix(across, lower, clamp(v))),
  });
  const hipWidth = distance(arms[0].hip, arms[1].hip);
  const expectedHalf = (v: number) => {
    const chest = shoulderWidth * 0.495;
    const waist = lerp(shoulderWidth * 0.5, hipWidth * 0.75, 0.5) * 0.88;
    const hip = Math.max(hipWidth * 0.81, shoulderWidth * 0.44);
    if (v < 0.3) return chest;
    if (v < 0.65) return lerp(chest, waist, (v - 0.3) / 0.35);
    return v < 1.05 ? lerp(waist, hip, (v - 0.65) / 0.4) : hip * 1.02;
  };
  const table = ([0, 1] as const).map((side) =>
    Array.from({ length: halfRows }, (_, k) => {
      const v = halfFrom + k * halfStep;
      const expected = expectedHalf(v);
      const at = trunk(v);
      const edge = findEdge(canvas, arms, frame, at.centre, at.across, expected, side);
      return { half: clamp(edge.half, expected * 0.8, expected * widest), isArm: edge.isArm };
    }),
  );
  for (const column of table) evenHalves(column);
  const row = (v: number) => clamp((v - halfFrom) / halfStep, 0, halfRows - 1.001);
  const tipWidth = distance(arms[0].tip, arms[1].tip);
  return {
    frame,
    arms,
    shoulders: measureShoulders(canvas, frame, arms),
    trunk,
    half: (v, side) => lerp(table[side]![row(v) | 0]!.half, table[side]![(row(v) | 0) + 1]!.half, row(v) % 1),
    isArmLimited: (v, side) => table[side]![Math.round(row(v))]!.isArm,
    expectedHalf,
    tipWidth,
  };
}

function evenHalves(column: { half: number }[]) {
  for (let round = 0; round < 4; round += 1)
    for (let k = 1; k < column.length - 1; k += 1) {
      column[k]!.half = (column[k - 1]!.half + 2 * column[k]!.half + column[k + 1]!.half) / 4;
    }
}
