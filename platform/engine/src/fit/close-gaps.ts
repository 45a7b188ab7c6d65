/** A garment covers the limb it is worn on: slits and slivers that the strips missed take the nearest cloth. */
import { boxBlur } from "../raster/blur.ts";
import { distanceMap } from "../raster/distance-map.ts";
import { above } from "../raster/masks.ts";
import { bytes, integers } from "../raster/memory.ts";
import { clamp, dot, lerp, mix, smooth, sub } from "../raster/scalars.ts";
import type { Arm, BodyTarget } from "./body-target.ts";
import { armRadiusShare, bareAt, wornEnd } from "./body-target.ts";
import type { Canvas, Layer } from "./canvas.ts";
import { beyondCuff } from "./cuff.ts";
import { neckOpening } from "./neck-opening.ts";
import { handsInPockets, onHand } from "./pocket-hand.ts";
import type { TopPlacement } from "./warp-top.ts";

/**
 * Shoulder widths that cloth may stand off the body, per torso length below the shoulders, and down to where that holds:
 * without a sleeve, and with one, whose own edge counts soon.
 */
const looseness = [0.22, 0.8] as const;
const trimmed = [0.36, 0.12] as const;
/** share of the arm by which the two ends of a worn cuff may differ in height, and how far from the arm's middle it ends */
const cuffSlant = 0.12;
const widestCuff = 1.5;
/** usual radii of the arm within which bare skin is a broad arm's */
const widestArm = 2.2;
/** torso lengths below the shoulders: what is worn below begins under it */
const waistFrom = 0.6;
/** torso lengths: a drawn hem may lean by that much */
const hemMargin = 0.14;
/** shoulder widths towards the trunk's middle at which cloth is looked for beside a hem */
const besideSteps = [0.03, 0.06, 0.09, 0.12] as const;
/** how far a bottom may grow, shoulder widths */
const farthest = 0.2;

/** A worn cuff's soft edge and what hangs from it count as sleeve too. */
const isSleeved = (arm: Arm, along: number) =>
  Math.min(...[-0.08, 0, 0.08].map((step) => bareAt(arm, along + step))) < 0.6;

interface Spot {
  i: number;
  x: number;
  y: number;
  /** torso lengths below the shoulders, and shoulder widths from their middle */
  t: number;
  lateral: number;
  side: 0 | 1;
}

/** A bare arm is always covered, slits towards the trunk are closed; on the outer side wide old cloth goes instead. */
function wishOnArm(canvas: Canvas, body: BodyTarget, placement: TopPlacement, { i, x, y, t, lateral, side }: Spot) {
  const arm = body.arms[side];
  if (placement.cover[side] === 0 || (Math.abs(lateral) < 0.42 && t < 0.12)) return 0;
  const { share, along } = armRadiusShare(arm, body.frame.shoulderWidth, x, y);
  const axis = along < 0.5 ? mix(arm.shoulder, arm.elbow, along * 2) : mix(arm.elbow, arm.wrist, along * 2 - 1);
  const outward = dot(sub([x, y], axis), body.frame.across) * arm.side;
  const isLooseCloth = outward > 0 && canvas.oldTop[i]! > canvas.skin[i]!;
  const widest = isLooseCloth ? 1.15 : canvas.skin[i]! > 0.5 ? widestArm : 1.5;
  return share < widest ? 1 - beyondCuff(placement, side, along, [x, y]) : 0;
}

/** Is there cloth further in, at the same height? A hem may lean: that tells whether a pixel beside it lies above it. */
function isBesideCloth({ width }: Canvas, body: BodyTarget, { layer, hemV }: TopPlacement, i: number, side: 0 | 1) {
  const inward = side === 0 ? 1 : -1;
  const { across } = body.trunk(hemV);
  const slope = (across[1] / Math.max(0.5, across[0])) * inward;
  return besideSteps.some((step) => {
    const off = Math.round(step * body.frame.shoulderWidth);
    return layer.alpha[i + off * inward + Math.round(slope * off) * width]! > 0.9;
  });
}

/** Worn cloth at the trunk's sides is covered down to the hem; what is worn below must not stand out beside it either. */
function wishOnTrunk(canvas: Canvas, body: BodyTarget, placement: TopPlacement, { i, x, y, t, side }: Spot) {
  const isNearHem = t > placement.hemV - hemMargin && t < placement.hemV + hemMargin;
  if (
    t < placement.armpitV * 0.8 ||
    (isNearHem ? !isBesideCloth(canvas, body, placement, i, side) : t >= placement.hemV)
  )
    return 0;
  const isUnder = t > waistFrom;
  const under = clamp(canvas.oldTop[i]! + (isUnder ? canvas.oldBottom[i]! : 0));
  if (under <= 0.15) return 0;
  const { centre, across } = body.trunk(t);
  const u = Math.abs((x - centre[0]) * across[0] + (y - centre[1]) * across[1]);
  const arm = placement.naked[side](x, y);
  const half = body.half(Math.max(0.18, t), side);
  // beyond the new cuff the arm is bare, and loose cloth between it and the trunk goes with the sleeve
  const isSleeve =
    (placement.isLayered || isSleeved(body.arms[side], arm.along)) &&
    arm.share < (u > half * 1.04 ? 2.8 : 1.1) &&
    beyondCuff(placement, side, arm.along, [x, y]) > 0.5;
  // half-seen cloth at the outline is covered whole: it would stay as a rim
  return !isSleeve && u > half * 0.6 && u < half * 1.3 ? smooth(0.1, 0.6, under) : 0;
}

/** A new cuff that lies just below the worn one hides it whole, slant and all. */
function isWornCuff(canvas: Canvas, body: BodyTarget, { cover, naked }: TopPlacement, { i, x, y, side }: Spot) {
  const worn = wornEnd(body.arms[side]);
  if (worn === null || cover[side] < worn || canvas.oldTop[i]! <= 0.3) return false;
  const { share, along } = naked[side](x, y);
  return share < widestCuff && Math.abs(along - cover[side]) < cuffSlant;
}

/** Cloth that reaches below a hand in a pocket lies over it. */
function wishOnPocket(canvas: Canvas, { arms, frame }: BodyTarget, { hemV }: TopPlacement, { i, x, y, t, side }: Spot) {
  if (t >= hemV - 0.005 || canvas.skin[i]! < 0.05) return 0;
  return smooth(0.05, 0.3, canvas.skin[i]!) * onHand(arms[side], frame.shoulderWidth, x, y);
}

/** Which hands are in a pocket under the cloth, and where the neckline opens. */
interface Known {
  isUnder: readonly [boolean, boolean];
  isOpen: ReturnType<typeof neckOpening>;
}

/** How much this pixel wants cloth (0-1) and how far cloth may be fetched from, shoulder widths. */
function wish(canvas: Canvas, body: BodyTarget, placement: TopPlacement, { isUnder, isOpen }: Known, i: number) {
  const { frame } = body;
  const x = i % canvas.width;
  const y = Math.floor(i / canvas.width);
  const dx = x - frame.midShoulder[0];
  const dy = y - frame.midShoulder[1];
  const t = (dx * frame.down[0] + dy * frame.down[1]) / frame.torsoLength;
  const lateral = (dx * frame.across[0] + dy * frame.across[1]) / frame.shoulderWidth;
  const side = lateral < 0 ? 0 : 1;
  const spot: Spot = { i, x, y, t, lateral, side };
  if (isWornCuff(canvas, body, placement, spot)) return { want: canvas.oldTop[i]!, reach: 0.12, isWide: false };
  const fromNeck = Math.abs(lateral * frame.shoulderWidth - body.shoulders.neckAt);
  const isShoulder =
    placement.cover[side] > 0 &&
    t > -0.25 &&
    t < placement.armpitV &&
    fromNeck > placement.neckHalf + frame.shoulderWidth * 0.015 &&
    !isOpen(x, y) &&
    Math.abs(lateral) < 0.65;
  const onShoulder = isShoulder ? 1 - beyondCuff(placement, side, placement.naked[side](x, y).along, [x, y]) : 0;
  const onTrunk = wishOnTrunk(canvas, body, placement, spot);
  const onPocket = isUnder[side] ? wishOnPocket(canvas, body, placement, spot) : 0;
  if (onPocket > 0.1) return { want: onPocket, reach: 0.14, isWide: true };
  const want = Math.max(wishOnArm(canvas, body, placement, spot), onShoulder, onTrunk);
  return { want, reach: onTrunk > 0 ? 0.12 : canvas.oldTop[i]! > 0.5 && !isShoulder ? 0.06 : 0.14, isWide: false };
}

/** As far inside the cloth as a pixel lies outside: where much is filled, the edge's colour alone would be drawn out to streaks. */
function mirrored(solid: Float32Array, width: number, i: number, edge: number) {
  const inside = 2 * edge - i;
  const isOnSide = Math.abs((inside % width) - (i % width)) < width / 2;
  return isOnSide && solid[inside]! > 0.97 ? inside : edge;
}

/** Extends the layer in place; returns how many pixels it filled, in shoulder widths squared. */
export function closeGaps(canvas: Canvas, body: BodyTarget, placement: TopPlacement): number {
  const { layer } = placement;
  const { width, height } = canvas;
  const isOpen = neckOpening(canvas, body, placement);
  const solid = boxBlur(layer.alpha, width, height, 2);
  const nearest = integers(width * height);
  const distances = distanceMap(above(solid, 0.97), width, height, nearest);
  const shoulder = body.frame.shoulderWidth;
  const isUnder = handsInPockets(canvas, body);
  let filled = 0;
  for (let i = 0; i < layer.alpha.length; i += 1) {
    const alpha = layer.alpha[i]!;
    if (alpha > 0.95 || nearest[i]! < 0 || distances[i]! > shoulder * 0.14) continue;
    // labels are soft at the outline: cloth fills up to it
    const isBody = smooth(
      0.12,
      0.5,
      clamp(canvas.skin[i]! + canvas.oldTop[i]! + canvas.oldBottom[i]!) * canvas.person[i]!,
    );
    if (isBody < 0.1) continue;
    const { want, reach, isWide } = wish(canvas, body, placement, { isUnder, isOpen }, i);
    const limit = shoulder * reach;
    const next = Math.max(alpha, want * isBody * (1 - smooth(limit * 0.75, limit, distances[i]!)));
    if (next <= alpha + 0.01) continue;
    const j = isWide ? mirrored(solid, width, i, nearest[i]!) : nearest[i]!;
    for (let k = 0; k < 3; k += 1)
      layer.rgb[i * 3 + k] = lerp(
        layer.rgb[i * 3 + k]!,
        layer.rgb[j * 3 + k]!,
        alpha > 0.02 ? (next - alpha) / next : 1,
      );
    layer.alpha[i] = next;
    filled += 1;
  }
  return filled / (shoulder * shoulder);
}

/**
 * What a bottom must cover takes the nearest cloth, down to the row `lowest`. `wish` tells how much a pixel wants
 * cloth (0-1) and how far cloth may be fetched from, shoulder widths; where `spare` is set its colour is there
 * already. Returns the filled area in shoulder widths squared.
 */
export function closeBottomGaps(
  { width, height }: Canvas,
  layer: Layer,
  shoulder: number,
  lowest: number,
  spare: Uint8Array | null,
  wish: (i: number) => { want: number; reach: number } | null,
): number {
  const nearest = integers(width * height);
  const solid = above(layer.alpha, 0.9);
  const distances = distanceMap(solid, width, height, nearest);
  const end = Math.min(solid.length, Math.max(0, Math.round(lowest)) * width);
  let filled = 0;
  for (let i = 0; i < end; i += 1) {
    const from = nearest[i]!;
    if (solid[i] || from < 0 || distances[i]! > shoulder * farthest) continue;
    const wished = wish(i);
    if (!wished) continue;
    const reach = shoulder * wished.reach;
    const want = wished.want * (1 - smooth(reach * 0.8, reach, distances[i]!));
    if (want <= layer.alpha[i]!) continue;
    if (!spare?.[i]) for (let k = 0; k < 3; k += 1) layer.rgb[i * 3 + k] = layer.rgb[from * 3 + k]!;
    filled += want - layer.alpha[i]!;
    layer.alpha[i] = want;
  }
  return filled / (shoulder * shoulder);
}

/** The person without the hair that stands off the shoulders; hair lying on them hides body. */
function shoulderMask({ person, hair, width }: Canvas, { shoulders }: BodyTarget): Uint8Array {
  const out = bytes(person.length);
  for (let i = 0; i < out.length; i += 1) {
    if (person[i]! < 0.5) continue;
    out[i] = hair[i]! < 0.5 || shoulders.isBelow([i % width, Math.floor(i / width)]) ? 1 : 0;
  }
  return out;
}

/** Cloth beyond the person's own outline at the shoulders fades: no horns. */
export function trimShoulders(canvas: Canvas, body: BodyTarget, placement: TopPlacement) {
  const { layer, neckHalf, cover } = placement;
  const { frame } = body;
  const kind = cover[0] + cover[1] > 0 ? 1 : 0;
  const distances = distanceMap(shoulderMask(canvas, body), canvas.width, canvas.height);
  for (let i = 0; i < layer.alpha.length; i += 1) {
    if (layer.alpha[i]! < 0.01 || distances[i]! === 0) continue;
    const dx = (i % canvas.width) - frame.midShoulder[0];
    const dy = Math.floor(i / canvas.width) - frame.midShoulder[1];
    const t = (dx * frame.down[0] + dy * frame.down[1]) / frame.torsoLength;
    const lateral = Math.abs(dx * frame.across[0] + dy * frame.across[1] - body.shoulders.neckAt);
    const isBesideNeck = smooth(neckHalf - frame.shoulderWidth * 0.04, neckHalf + frame.shoulderWidth * 0.01, lateral);
    // loose cloth may stand off further the lower it hangs
    const slack = frame.shoulderWidth * (0.008 + Math.max(0, t - 0.02) * looseness[kind]);
    const isShoulder = smooth(trimmed[kind], trimmed[kind] - 0.05, t);
    const beyond = smooth(slack, slack + frame.shoulderWidth * 0.014, distances[i]!);
    layer.alpha[i] = layer.alpha[i]! * (1 - isBesideNeck * isShoulder * beyond);
  }
}
