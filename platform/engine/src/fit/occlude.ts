/** What stays in front of the new garment: face, hair, hands and forearms beyond the cuff, held things. */
import { boxBlur, guidedFilter } from "../raster/blur.ts";
import { components } from "../raster/components.ts";
import { above } from "../raster/masks.ts";
import { floats } from "../raster/memory.ts";
import { clamp, segmentDistance, smooth } from "../raster/scalars.ts";
import type { BodyTarget } from "./body-target.ts";
import { armRadiusShare } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import type { TopPlacement } from "./warp-top.ts";

/** on a bare thigh only what is close to the hand's own bones is hand */
const slimmer = 0.6;

/** Things within reach of a hand, or lying big on the trunk; a ribbon at the neck is not held. */
function heldThings(canvas: Canvas, body: BodyTarget): Float32Array {
  const { width, height, other } = canvas;
  const out = floats(other.length);
  const { labels, sizes } = components(above(other, 0.4), width, height);
  if (sizes.length === 1) return out;
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
  for (let i = 0; i < other.length; i += 1) if (isHeld[labels[i]!]) out[i] = other[i]!;
  return out;
}

/** How surely a point of one arm, so far along it, lies beyond the new garment's sleeve, 0-1. */
export type BeyondSleeve = (side: 0 | 1, along: number, x: number, y: number) => number;

/** Without a sleeve the arm comes out from behind the shoulder. */
export const beyondShoulder: BeyondSleeve = (_, along) => (along > 0.3 ? 1 : 0);

/** Coverage of what is in front, 0-1. `legShare` tells bare thigh from the hand beside it. */
export function findOccluders(
  canvas: Canvas,
  body: BodyTarget,
  beyondSleeve: BeyondSleeve,
  garment: Float32Array,
  legShare?: (x: number, y: number) => number,
): Float32Array {
  const { width, height } = canvas;
  const shoulder = body.frame.shoulderWidth;
  const held = heldThings(canvas, body);
  const out = floats(width * height);
  // a little beyond the cloth, so that the filter below has what is in front on both sides of the cloth's edge
  const near = boxBlur(garment, width, height, Math.max(6, Math.round(shoulder * 0.05)));
  for (let i = 0; i < out.length; i += 1) {
    if (near[i]! < 1e-4 || canvas.person[i]! < 0.05) continue;
    const x = i % width;
    const y = Math.floor(i / width);
    let front = Math.max(canvas.face[i]!, canvas.hair[i]!, held[i]!);
    const slim = legShare && legShare(x, y) < 0.95 ? slimmer : 1;
    for (const [k, arm] of body.arms.entries()) {
      const { share, along } = armRadiusShare(arm, shoulder, x, y);
      const beyond = share < 1.5 * slim ? beyondSleeve(k as 0 | 1, along, x, y) : 0;
      if (beyond > 0) front = Math.max(front, smooth(1.5 * slim, 1.15 * slim, share) * canvas.skin[i]! * beyond);
      const reach: [number, number] = [
        arm.wrist[0] + (arm.knuckle[0] - arm.wrist[0]) * 1.7,
        arm.wrist[1] + (arm.knuckle[1] - arm.wrist[1]) * 1.7,
      ];
      const toHand = segmentDistance(x, y, arm.wrist, reach) / shoulder;
      if (along > 0.97) front = Math.max(front, smooth(0.17 * slim, 0.12 * slim, toHand) * canvas.skin[i]!);
    }
    out[i] = clamp(front) * smooth(0.3, 0.8, canvas.person[i]!);
  }
  const sharp = guidedFilter(canvas.luma, out, width, height, 3, 8e-4);
  for (let i = 0; i < sharp.length; i += 1) sharp[i] = smooth(0.15, 0.75, sharp[i]!);
  return sharp;
}

/** The worn sleeves below the new cuffs, in front of the new trunk. */
export function wornSleeves(
  { width, oldTop }: Canvas,
  { layer, naked }: Pick<TopPlacement, "layer" | "naked">,
  beyond: BeyondSleeve,
): Float32Array {
  const out = floats(oldTop.length);
  for (let i = 0; i < out.length; i += 1) {
    if (oldTop[i]! < 0.05 || layer.alpha[i]! < 0.01) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    for (const side of [0, 1] as const) {
      const { share, along } = naked[side](x, y);
      if (share < 1.1) out[i] = Math.max(out[i]!, smooth(1.06, 0.98, share) * oldTop[i]! * beyond(side, along, x, y));
    }
  }
  return out;
}
