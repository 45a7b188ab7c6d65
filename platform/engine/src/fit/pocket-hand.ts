/** A hand in a pocket lies under a new top that reaches below it: laid over the cloth it would look cut off. */
import { add, length, mix, scale, segmentDistance, smooth, sub } from "../raster/scalars.ts";
import type { Arm, BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { readMap } from "./canvas.ts";

/** fingers end so many times as far from the wrist as the knuckles lie */
export const fingerEnd = 1.7;
/** from wrist to knuckles, in that distance: where fingers must be */
const fingers = [1, 1.35, fingerEnd] as const;
/** shoulder widths around them within which no skin may show, and of the hand around its bones */
const nearby = 0.05;
const handReach = 0.17;
/** share of the arm from which it goes below the cloth */
export const intoPocket = [0.8, 0.88] as const;

/** Is the back of the hand seen, and cloth of the worn bottom where its fingers must be? */
function isInPocket(canvas: Canvas, { wrist, knuckle }: Arm, shoulderWidth: number): boolean {
  const at = (map: Float32Array, share: number, dx = 0, dy = 0) => {
    const [x, y] = mix(wrist, knuckle, share);
    return readMap(canvas, map, x + dx, y + dy);
  };
  if (Math.max(at(canvas.skin, 0.3), at(canvas.skin, 0.6)) < 0.5) return false;
  const r = shoulderWidth * nearby;
  const around = [
    [0, 0],
    [-r, 0],
    [r, 0],
    [0, -r],
    [0, r],
  ] as const;
  // at the knuckles the pocket's edge may be near
  const hasFingers = fingers.some((share, k) =>
    (k === 0 ? around.slice(0, 1) : around).some(([dx, dy]) => at(canvas.skin, share, dx, dy) > 0.3),
  );
  return !hasFingers && fingers.every((share) => at(canvas.oldBottom, share) > 0.5);
}

/** Which hands are in a pocket, image left first. */
export const handsInPockets = (canvas: Canvas, { arms, frame }: BodyTarget): readonly [boolean, boolean] => [
  isInPocket(canvas, arms[0], frame.shoulderWidth),
  isInPocket(canvas, arms[1], frame.shoulderWidth),
];

/** How surely a point belongs to the hand beyond the wrist, 0-1. */
export function onHand({ wrist, knuckle }: Arm, shoulderWidth: number, x: number, y: number): number {
  const bone = sub(knuckle, wrist);
  const far = add(wrist, scale(bone, fingerEnd));
  const along = ((x - wrist[0]) * bone[0] + (y - wrist[1]) * bone[1]) / Math.max(1, length(bone[0], bone[1]) ** 2);
  const near = smooth(handReach, handReach * 0.8, segmentDistance(x, y, wrist, far) / shoulderWidth);
  return near * smooth(-0.5, -0.2, along);
}
