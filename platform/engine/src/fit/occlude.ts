/** What stays in front of the new garment: face, hair, hands and forearms beyond the cuff, held things. */
import { boxBlur, guidedFilter } from "../raster/blur.ts";
import { components } from "../raster/components.ts";
import { above } from "../raster/masks.ts";
import { bytes, floats, workspace } from "../raster/memory.ts";
import { clamp, lerp, mix, segmentDistance, smooth } from "../raster/scalars.ts";
import type { BodyTarget } from "./body-target.ts";
import { armRadiusShare } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { evenArms } from "./even-arms.ts";
import { fingerEnd, handsInPockets, intoPocket } from "./pocket-hand.ts";
import type { TopPlacement } from "./warp-top.ts";

/** on a bare thigh only what is close to the hand's own bones is hand */
const slimmer = 0.6;
/** of a leg's radius */
export const thighReach = 1.5;
/** shares of the arm between which its even outline turns into the hand's own */
export const wrist = [0.9, 0.985] as const;

/** Things within reach of a hand, or lying big on the trunk; a ribbon at the neck is not held. */
function heldThings(canvas: Canvas, body: BodyTarget): Uint8Array {
  const out = bytes(canvas.other.length);
  workspace(() => markHeld(canvas, body, out));
  return out;
}

function markHeld(canvas: Canvas, body: BodyTarget, out: Uint8Array) {
  const { width, height, other } = canvas;
  const { labels, sizes } = components(above(other, 0.4), width, height);
  if (sizes.length === 1) return;
  const shoulder = body.frame.shoulderWidth;
  const isHeld = new Uint8Array(sizes.length);
  for (let i = 0; i < other.length; i += 2) {
    const label = labels[i]!;
    if (label === 0 || isHeld[label]) continue;
    const x = i % width;
    const y = Math.floor(i / width);
    const toHand = Math.min(...body.arms.map((arm) => segmentDistance(x, y, arm.wrist, arm.knuckle)));
    if (toHand < shoulder * 0.2 && sizes[label]! > shoulder * shoulder * 0.004) isHeld[label] = 1;
  }
  for (let i = 0; i < other.length; i += 1) if (isHeld[labels[i]!]) out[i] = other[i]! * 255;
}

/** How surely a point of one arm, so far along it, lies beyond the new garment's sleeve, 0-1. */
export type BeyondSleeve = (side: 0 | 1, along: number, x: number, y: number) => number;

/** Without a sleeve the arm comes out from behind the shoulder. */
export const beyondShoulder: BeyondSleeve = (_, along) => (along > 0.3 ? 1 : 0);

/** How surely skin at a point is hand or forearm beyond the new sleeve, 0-1. */
function bareArms(
  canvas: Canvas,
  body: BodyTarget,
  beyondSleeve: BeyondSleeve,
  legShare?: (x: number, y: number) => number,
) {
  const { arms, frame } = body;
  const isUnder = legShare ? [false, false] : handsInPockets(canvas, body);
  const shoulder = frame.shoulderWidth;
  const hands = arms.map(({ wrist, knuckle }) => mix(wrist, knuckle, fingerEnd));
  return (x: number, y: number) => {
    const slim = legShare && legShare(x, y) < thighReach ? slimmer : 1;
    let front = 0;
    let hand = 0;
    for (let k = 0; k < 2; k += 1) {
      const arm = arms[k as 0 | 1]!;
      const { share, along } = armRadiusShare(arm, shoulder, x, y);
      const isOver = isUnder[k] ? smooth(intoPocket[1], intoPocket[0], along) : 1;
      const beyond = share < 1.5 * slim ? beyondSleeve(k as 0 | 1, along, x, y) * isOver : 0;
      if (beyond > 0) front = Math.max(front, smooth(1.5 * slim, 1.15 * slim, share) * beyond);
      if (share < 3) hand = Math.max(hand, smooth(wrist[0], wrist[1], along));
      if (along <= 0.97 || isUnder[k]) continue;
      const toHand = segmentDistance(x, y, arm.wrist, hands[k]!) / shoulder;
      front = Math.max(front, smooth(0.17 * slim, 0.12 * slim, toHand));
    }
    return { front, hand };
  };
}

/** Coverage of what is in front, 0-1. `legShare` tells bare thigh from the hand beside it. */
export function findOccluders(
  canvas: Canvas,
  body: BodyTarget,
  beyondSleeve: BeyondSleeve,
  garment: Float32Array,
  legShare?: (x: number, y: number) => number,
): Float32Array {
  const { width, height } = canvas;
  const sharp = floats(width * height);
  workspace(() => {
    const { front, limbs, hands } = findFront(canvas, body, bareArms(canvas, body, beyondSleeve, legShare), garment);
    const fine = guidedFilter(canvas.luma, front, width, height, 3, 8e-4);
    for (let i = 0; i < sharp.length; i += 1) {
      const isLimb = limbs[i]! >= 0 && front[i]! - limbs[i]! < 0.1;
      const hand = isLimb ? hands[i]! / 255 : 1;
      sharp[i] = lerp(limbs[i]!, smooth(0.15, 0.75, fine[i]!), hand);
    }
  });
  return sharp;
}

function findFront(
  canvas: Canvas,
  body: BodyTarget,
  bare: (x: number, y: number) => { front: number; hand: number },
  garment: Float32Array,
): { front: Float32Array; limbs: Float32Array; hands: Uint8Array } {
  const { width, height, person, face, hair, skin } = canvas;
  const held = heldThings(canvas, body);
  const out = floats(width * height);
  // below 0 where no arm is
  const limbs = floats(width * height).fill(-1);
  const arms = evenArms(canvas.skin, width, height, body);
  const hands = bytes(width * height);
  // a little beyond the cloth, so that the filter has what is in front on both sides of the cloth's edge
  const near = bytes(width * height);
  const beyond = Math.max(6, Math.round(body.frame.shoulderWidth * 0.05));
  workspace(() => near.set(above(boxBlur(garment, width, height, beyond), 1e-4)));
  for (let i = 0; i < out.length; i += 1) {
    if (!near[i] || person[i]! < 0.05) continue;
    let front = Math.max(face[i]!, hair[i]!, held[i]! / 255);
    const isPerson = smooth(0.3, 0.8, person[i]!);
    if (skin[i]! > front || arms[i]! >= 0) {
      const limb = bare(i % width, Math.floor(i / width));
      hands[i] = limb.hand * 255;
      if (arms[i]! >= 0) limbs[i] = arms[i]! * limb.front * isPerson;
      front = Math.max(front, (arms[i]! < 0 ? skin[i]! : lerp(arms[i]!, skin[i]!, limb.hand)) * limb.front);
    }
    out[i] = clamp(front) * isPerson;
  }
  return { front: out, limbs, hands };
}

/** The worn sleeves below the new cuffs, in front of the new trunk. */
export function wornSleeves(
  canvas: Canvas,
  body: BodyTarget,
  { layer, naked }: Pick<TopPlacement, "layer" | "naked">,
  beyond: BeyondSleeve,
): Float32Array {
  const { width, oldTop } = canvas;
  const isUnder = handsInPockets(canvas, body);
  const out = floats(oldTop.length);
  for (let i = 0; i < out.length; i += 1) {
    if (oldTop[i]! < 0.05 || layer.alpha[i]! < 0.01) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    for (const side of [0, 1] as const) {
      const { share, along } = naked[side](x, y);
      if (share >= 1.1) continue;
      const isOver = isUnder[side] ? smooth(intoPocket[1], intoPocket[0], along) : 1;
      out[i] = Math.max(out[i]!, smooth(1.06, 0.98, share) * oldTop[i]! * beyond(side, along, x, y) * isOver);
    }
  }
  return out;
}
