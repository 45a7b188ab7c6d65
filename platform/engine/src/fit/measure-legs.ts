/** The lower body's own outline, which trousers and skirts are drawn to. Canvas pixels. */
import { pointOf } from "../person/body-frame.ts";
import {
  add,
  clamp,
  distance,
  lerp,
  mix,
  perpendicular,
  scale,
  segmentDistance,
  segmentFoot,
  sub,
  unit,
} from "../raster/scalars.ts";
import type { PersonAnalysis, Vec } from "../types.ts";
import type { BodyTarget } from "./body-target.ts";
import { armRadiusShare } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { readMap } from "./canvas.ts";

export interface Leg {
  hip: Vec;
  knee: Vec;
  ankle: Vec;
  length: number;
}

/** A leg across its line: how far it reaches away from the other leg and towards it. */
export interface LegSection {
  centre: Vec;
  outward: Vec;
  outer: number;
  inner: number;
}

export interface LowerBody {
  /** worn shorts or a skirt stand off the legs below their hems */
  isLoose: boolean;
  /** image left first */
  legs: readonly [Leg, Leg];
  hipWidth: number;
  /** y from which the legs are bare; the canvas's height when they are not */
  bareFrom: number;
  /** sections at 0 (hip joint), 1/legRows … 1 (ankle) */
  sections: readonly [LegSection[], LegSection[]];
  /** one tube around both legs: where each leg is inside it can only be guessed */
  isSkirtWorn: boolean;
}

export const legRows = 40;
/** of the leg's length, where shoes begin for sure */
const lowestEnd = 1.09;
/** half-widths of a leg in its own length, at the hip joint and the ankle */
const thigh = 0.105;
const shin = 0.052;
/** shoulder widths */
const handRadius = 0.14;
/** luma 0-1; seen: a plain skirt 0.02, white shorts 0.21 */
const seamContrast = 0.06;

interface Edge {
  at: number;
  /** the body ends here; else an arm or the frame hides where */
  isSeen: boolean;
  /** an arm lies in front from here on: the body reaches at least so far */
  isBehindArm?: boolean;
}

/** A point of the leg's line, 0 hip to 1 ankle. */
export const onLeg = ({ hip, knee, ankle }: Leg, f: number) =>
  f < 0.5 ? mix(hip, knee, f * 2) : mix(knee, ankle, f * 2 - 1);

export const nominalHalf = ({ length }: Leg, f: number) => length * lerp(thigh, shin, clamp(f));

function findLegs(canvas: Canvas, person: PersonAnalysis): readonly [Leg, Leg] {
  const joint = (index: number): Vec => sub(pointOf(person.keypoints, index), [canvas.left, canvas.top]);
  const leg = (hip: number, knee: number, ankle: number): Leg => {
    const [a, b, c] = [joint(hip), joint(knee), joint(ankle)];
    return { hip: a, knee: b, ankle: c, length: distance(a, b) + distance(b, c) };
  };
  // image left is the person's right
  return [leg(24, 26, 28), leg(23, 25, 27)];
}

const isLimb = (canvas: Canvas, [x, y]: Vec) =>
  Math.max(readMap(canvas, canvas.skin, x, y), readMap(canvas, canvas.oldTop, x, y)) > 0.4;

/** Whether a forearm, bare or sleeved, lies in front here; a wrist is broader than its measured radius, but not before a thigh. */
export function isForearm(canvas: Canvas, { arms, frame }: BodyTarget, at: Vec, isBeforeThigh = false) {
  if (!isLimb(canvas, at)) return false;
  for (let k = 0; k < 2; k += 1) {
    const { share, along } = armRadiusShare(arms[k as 0 | 1], frame.shoulderWidth, at[0], at[1]);
    if (share < (isBeforeThigh ? 1.2 : along > 0.8 ? 2.1 : 1.6) && along > 0.4) return true;
  }
  return false;
}

/** Whether a forearm or hand lies in front here. */
export function isArm(canvas: Canvas, body: BodyTarget, at: Vec, radius = handRadius) {
  if (!isLimb(canvas, at)) return false;
  const nearHand = body.arms.some(
    ({ wrist, knuckle }) =>
      segmentDistance(at[0], at[1], wrist, mix(wrist, knuckle, 1.8)) < body.frame.shoulderWidth * radius,
  );
  return nearHand || isForearm(canvas, body, at, radius < handRadius);
}

/** Distance from the nearer leg's line in its own half-width. */
export function nearLeg(legs: readonly Leg[], x: number, y: number) {
  return Math.min(
    ...legs.map((leg) => {
      const f =
        y < leg.knee[1] ? segmentFoot(x, y, leg.hip, leg.knee) / 2 : 0.5 + segmentFoot(x, y, leg.knee, leg.ankle) / 2;
      return distance([x, y], onLeg(leg, f)) / nominalHalf(leg, f);
    }),
  );
}

/** Where the lower body ends from `from` in a direction. */
export function findEdge(
  canvas: Canvas,
  body: BodyTarget,
  from: Vec,
  direction: Vec,
  least: number,
  most: number,
): Edge {
  for (let t = least; t < most; t += 1) {
    const q = add(from, scale(direction, t));
    const isInFrame = q[0] >= 0 && q[1] >= 0 && q[0] < canvas.width && q[1] < canvas.height;
    if (!isInFrame) return { at: t, isSeen: false };
    if (isArm(canvas, body, q)) return { at: t, isSeen: false, isBehindArm: true };
    if (readMap(canvas, canvas.person, q[0], q[1]) < 0.5) return { at: t, isSeen: true };
  }
  return { at: most, isSeen: false };
}

/** What is hidden goes on between what is seen; single steps out of line are noise. All as shares of `nominal`. */
export function evenEdges(edges: Edge[], nominal: number[], low: number, high: number): number[] {
  const shares = edges.map(({ at }, k) => clamp(at / nominal[k]!, low, high));
  const seen = edges.flatMap(({ isSeen }, k) => (isSeen ? [k] : []));
  const full = shares.map((share, k) => {
    if (edges[k]!.isSeen) return share;
    const before = seen.findLast((j) => j < k);
    const after = seen.find((j) => j > k);
    const least = edges[k]!.isBehindArm ? share : 0;
    if (before === undefined || after === undefined) return Math.max(least, shares[before ?? after ?? -1] ?? 1);
    return Math.max(least, lerp(shares[before]!, shares[after]!, (k - before) / (after - before)));
  });
  let out = full.map((_, k) => {
    const near = full.slice(Math.max(0, k - 2), k + 3).sort((a, b) => a - b);
    return near[near.length >> 1]!;
  });
  for (let round = 0; round < 4; round += 1)
    out = out.map((v, k) => ((out[k - 1] ?? v) + 2 * v + (out[k + 1] ?? v)) / 4);
  return out.map((share, k) => share * nominal[k]!);
}

/** Share of the leg at which worn cloth ends over bare skin; null where it goes on to the ankle or the frame. */
function findHem(canvas: Canvas, leg: Leg) {
  let end = 0;
  for (let f = 0.1; f <= 0.9; f += 0.02) {
    const [x, y] = onLeg(leg, f);
    if (readMap(canvas, canvas.oldBottom, x, y) > 0.5) end = f;
    else if (f - end > 0.03) return end > 0.1 && readMap(canvas, canvas.skin, x, y) > 0.5 ? end : null;
  }
  return null;
}

/** Share of the leg at which worn trousers end over the shoe, a little more than 1 at most; 1 where that is not seen. */
export function findAnkleEnd(canvas: Canvas, leg: Leg) {
  const along = sub(leg.ankle, leg.knee);
  let end = 1;
  for (let f = 0.97; f < lowestEnd; f += 0.005) {
    const q = add(leg.knee, scale(along, f * 2 - 1));
    if (readMap(canvas, canvas.oldBottom, q[0], q[1]) > 0.5) end = Math.max(end, f);
  }
  return end;
}

/** How clear a line runs down between the legs, mean luma step: two trouser legs that touch have one, a skirt has none. */
function innerSeam(canvas: Canvas, legs: readonly [Leg, Leg], endF: number) {
  const reach = Math.round(distance(legs[0].hip, legs[1].hip) * 0.18);
  let sum = 0;
  let rows = 0;
  for (let f = endF * 0.6; f < endF - 0.03; f += 0.005) {
    const [x, y] = mix(onLeg(legs[0], f), onLeg(legs[1], f), 0.5);
    let step = 0;
    for (let dx = -reach; dx <= reach; dx += 1)
      step = Math.max(
        step,
        Math.abs(readMap(canvas, canvas.luma, x + dx + 2, y) - readMap(canvas, canvas.luma, x + dx - 2, y)),
      );
    sum += step;
    rows += 1;
  }
  return sum / Math.max(1, rows);
}

/** One piece of cloth that ends on both legs and between them at the same height. */
function findSkirt(canvas: Canvas, legs: readonly [Leg, Leg]) {
  const lowest = (at: (f: number) => Vec) => {
    let end = 0;
    for (let f = 0.14; f <= 1; f += 0.02) {
      const [x, y] = at(f);
      if (y >= canvas.height - 2) return null;
      if (readMap(canvas, canvas.oldBottom, x, y) > 0.5) end = f;
      else if (f - end > 0.03) break;
    }
    return end;
  };
  const between = lowest((f) => mix(onLeg(legs[0], f), onLeg(legs[1], f), 0.5));
  const ends = legs.map((leg) => lowest((f) => onLeg(leg, f)));
  if (between === null || between < 0.24) return false;
  if (!ends.every((end) => end !== null && end < 0.92 && Math.abs(end - between) < 0.09)) return false;
  return innerSeam(canvas, legs, between) < seamContrast;
}

function measureLeg(canvas: Canvas, body: BodyTarget, legs: readonly [Leg, Leg], k: 0 | 1, isSkirtWorn: boolean) {
  const [leg, other] = [legs[k], legs[1 - k]!];
  const rows = Array.from({ length: legRows + 1 }, (_, row) => {
    const f = row / legRows;
    const centre = onLeg(leg, f);
    const along = unit(sub(onLeg(leg, Math.min(1, f + 0.08)), onLeg(leg, Math.max(0, f - 0.08))));
    const away = sub(centre, onLeg(other, f));
    const normal = perpendicular(along);
    const outward = normal[0] * away[0] + normal[1] * away[1] < 0 ? scale(normal, -1) : normal;
    return { f, centre, outward, nominal: nominalHalf(leg, f), toMiddle: distance(centre, onLeg(other, f)) / 2 };
  });
  const nominal = rows.map((row) => row.nominal);
  // wide shorts stand off the leg: their own edge is not the leg's
  const hem = findHem(canvas, leg);
  const isLoose = (f: number) => hem !== null && f > 0.12 && f < hem + 0.04;
  const scan = (direction: 1 | -1, most: (row: (typeof rows)[number]) => number) =>
    rows.map((row) => {
      const edge = findEdge(canvas, body, row.centre, scale(row.outward, direction), row.nominal * 0.5, most(row));
      return isLoose(row.f) ? { at: edge.at, isSeen: false } : edge;
    });
  const hidden = rows.map((): Edge => ({ at: 0, isSeen: false }));
  const outer = evenEdges(isSkirtWorn ? hidden : scan(1, (row) => row.nominal * 2), nominal, 0.75, 1.7);
  // legs that touch meet in the middle between them
  const inner = scan(-1, ({ toMiddle, nominal: own }) => Math.max(toMiddle, own * 0.5));
  const innerHalf = isSkirtWorn
    ? nominal.map((own, row) => Math.min(own, rows[row]!.toMiddle))
    : evenEdges(
        inner.map(({ at, isSeen }, row) => ({ at, isSeen: isSeen || !isLoose(rows[row]!.f) })),
        nominal,
        0.5,
        3,
      );
  return rows.map(
    ({ centre, outward }, row): LegSection => ({ centre, outward, outer: outer[row]!, inner: innerHalf[row]! }),
  );
}

export function measureLowerBody(canvas: Canvas, body: BodyTarget, person: PersonAnalysis): LowerBody {
  const legs = findLegs(canvas, person);
  const isSkirtWorn = findSkirt(canvas, legs);
  const hems = legs.flatMap((leg) => {
    const hem = findHem(canvas, leg);
    return hem === null ? [] : [onLeg(leg, hem)[1]];
  });
  return {
    bareFrom: Math.min(canvas.height, ...hems),
    legs,
    hipWidth: distance(legs[0].hip, legs[1].hip),
    sections: [measureLeg(canvas, body, legs, 0, isSkirtWorn), measureLeg(canvas, body, legs, 1, isSkirtWorn)],
    isSkirtWorn,
    isLoose: isSkirtWorn || hems.length > 0,
  };
}
