/** How far a short sleeve reaches on this body, and where the garment's armholes come to lie. */
import { add, clamp, distance, dot, lerp, mix, scale, smooth, sub } from "../raster/scalars.ts";
import type { LimbStrip, TopGarment, Vec } from "../types.ts";
import type { BodyTarget } from "./body-target.ts";
import { wornEnd } from "./body-target.ts";
import { sleeveShare } from "./warp-sleeve.ts";

/** share of the arm: a sleeve that ends above it hangs as one patch */
const shortest = 0.58;
const shortShares = [0.2, 0.47] as const;
/**
 * Shares of the arm: a short sleeve is drawn so much longer at most, and so far beyond the end of the worn one, so that
 * it covers that one and no arm need be invented.
 */
const mostLengthened = 0.26;
const beyondWorn = 0.035;
/** shoulder widths from the joints' line up to the side of the neck */
const neckRise = 0.2;

export interface Armholes {
  /** per side: share of the arm that a short sleeve covers; null for none and for a longer one */
  short: readonly [number | null, number | null];
  armpitV: number;
  /** body pixels per garment pixel */
  scale: number;
}

/** Garment pixels from the mirror axis over the shoulder to the outer end of the cuff. */
function spanOf({ axisX, neck, shoulderTip }: TopGarment, strip: LimbStrip, k: 0 | 1) {
  const { centre, outer, outerHalf } = strip.sections.at(-1)!;
  const cuff = strip.outline?.outer.at(-1) ?? add(centre, scale(outer, outerHalf));
  return Math.abs(neck[k][0] - axisX) + distance(neck[k], shoulderTip[k]) + Math.max(0, distance(shoulderTip[k], cuff));
}

/** A short sleeve ends where the garment's span, in proportion to its length, reaches on this body. */
function shortShare(garment: TopGarment, body: BodyTarget, k: 0 | 1, hemV: number) {
  const strip = garment.sleeves[k];
  if (!strip || sleeveShare(garment, strip) >= shortest) return null;
  const { frame, arms, tipWidth } = body;
  const arm = arms[k];
  const own = garment.hemY - (garment.neck[0][1] + garment.neck[1][1]) / 2;
  const onBody = hemV * frame.torsoLength + frame.shoulderWidth * neckRise;
  const beyondTip = (spanOf(garment, strip, k) / own) * onBody - tipWidth * 0.52;
  const whole = distance(arm.shoulder, arm.elbow) + distance(arm.elbow, arm.wrist);
  return clamp((beyondTip - distance(arm.tip, arm.shoulder) * 0.35) / whole, shortShares[0], shortShares[1]);
}

/** Per side the share of the arm that a short sleeve covers, long enough for short worn ones on both sides or on none. */
export function shortSleeves(garment: TopGarment, body: BodyTarget, hemV: number): Armholes["short"] {
  const fitting = ([0, 1] as const).map((k) => shortShare(garment, body, k, hemV));
  const worn = body.arms.map((arm) => (wornEnd(arm) ?? 0) + beyondWorn);
  const [left, right] = fitting.map((share, k) => {
    const isNear = worn.every((end, side) => end - (fitting[side] ?? end) < mostLengthened);
    return share === null || !isNear ? share : Math.max(share, worn[k]!);
  });
  return [left ?? null, right ?? null];
}

/**
 * The garment with its armholes where this body has them: a boxy cut's shoulders hang down the arm, so the seam's upper
 * end moves inwards; a sleeve that hangs beside the trunk hides how high it is sewn in, so the lower end moves up.
 */
export function setArmholes(garment: TopGarment, body: BodyTarget, plan: Armholes): TopGarment {
  if (plan.short[0] === null || plan.short[1] === null) return garment;
  // narrow shoulders beside a wide neckline end where they end
  const opening = (garment.neck[1][0] - garment.neck[0][0]) / distance(garment.armpit[0], garment.armpit[1]);
  const least = lerp(0.6, 1, smooth(0.55, 0.75, opening));
  const shoulderTip = ([0, 1] as const).map((k) => {
    const strip = garment.sleeves[k]!;
    const whole =
      distance(body.arms[k].shoulder, body.arms[k].elbow) + distance(body.arms[k].elbow, body.arms[k].wrist);
    const across = body.tipWidth * 0.52;
    const at = (spanOf(garment, strip, k) * across) / (across + plan.short[k]! * whole);
    const { neck, shoulderTip: tip, axisX } = garment;
    const share = clamp((at - Math.abs(neck[k][0] - axisX)) / Math.max(1, distance(neck[k], tip[k])), least, 1);
    return onContour(garment, mix(neck[k], tip[k], share), distance(neck[k], tip[k]) * 0.12);
  }) as [Vec, Vec];
  const tipY = (garment.shoulderTip[0][1] + garment.shoulderTip[1][1]) / 2;
  const first = garment.rows[0]!;
  const highest = tipY + ((plan.armpitV - tipVOf(body)) * body.frame.torsoLength) / plan.scale;
  if (highest >= first.y - 2) return { ...garment, shoulderTip };
  const y = Math.max(highest, lerp(tipY, first.y, 0.45));
  const more = Array.from({ length: 6 }, (_, k) => ({ ...first, y: lerp(y, first.y, k / 6) }));
  return {
    ...garment,
    shoulderTip,
    armpit: [
      [garment.armpit[0][0], y],
      [garment.armpit[1][0], y],
    ],
    rows: [...more, ...garment.rows],
  };
}

/** v of the shoulder tips. */
export const tipVOf = ({ arms, frame }: BodyTarget) =>
  dot(sub(mix(arms[0].tip, arms[1].tip, 0.5), frame.midShoulder), frame.down) / frame.torsoLength;

/** The upper end of the cloth near a point: a seam bulges a little above the straight line, or sags below it. */
export function onContour({ raster }: TopGarment, [x, y]: Vec, reach: number): Vec {
  const isCloth = (row: number) => (raster.data[(Math.round(row) * raster.width + Math.round(x)) * 4 + 3] ?? 0) > 128;
  let row = Math.max(0, y - reach);
  while (row < y + reach && !isCloth(row)) row += 1;
  return row >= y + reach ? [x, y] : [x, row + 1];
}
