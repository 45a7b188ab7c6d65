import { expect, test } from "vitest";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { beyondShoulder, findOccluders } from "./occlude.ts";
import { handsInPockets, onHand } from "./pocket-hand.ts";

const [width, height] = [200, 240];
const fill = (value: (x: number, y: number) => number) =>
  Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)));
const none = fill(() => 0);
/** both arms hang straight; below row 150 the worn bottom, where the image's left hand is hidden in it */
const arm = (side: number, x: number) => ({
  side,
  shoulder: [x, 20],
  elbow: [x, 80],
  wrist: [x, 130],
  knuckle: [x, 155],
  hip: [x, 150],
  bare: Array.from({ length: 25 }, () => 1),
});
const arms = [arm(-1, 60), arm(1, 140)];
const body = { arms, frame: { shoulderWidth: 100, across: [1, 0], down: [0, 1] } } as unknown as BodyTarget;
const isLimb = (x: number, y: number) =>
  (Math.abs(x - 60) < 9 && y > 20 && y < 150) || (Math.abs(x - 140) < 9 && y > 20 && y < 185);
const skin = fill((x, y) => (isLimb(x, y) ? 1 : 0));
const canvas = {
  width,
  height,
  luma: fill((x, y) => (isLimb(x, y) ? 0.7 : 0.2)),
  person: fill(() => 1),
  skin,
  oldBottom: fill((x, y) => (y >= 150 && !isLimb(x, y) ? 1 : 0)),
  oldTop: none,
  face: none,
  hair: none,
  other: none,
} as unknown as Canvas;

test("a hand whose fingers are hidden by the bottom is in a pocket, one that hangs before it is not", () => {
  expect(handsInPockets(canvas, body)).toEqual([true, false]);
  const bareLegs = { ...canvas, oldBottom: none };
  expect(handsInPockets(bareLegs, body)).toEqual([false, false]);
});

test("the hand in the pocket goes below a new top, its arm and the other hand stay before it", () => {
  const front = findOccluders(
    canvas,
    body,
    beyondShoulder,
    fill(() => 1),
  );
  const at = (x: number, y: number) => front[y * width + x]!;
  expect(at(60, 145)).toBeLessThan(0.05);
  expect(at(140, 145)).toBeGreaterThan(0.9);
  expect(at(60, 95)).toBeGreaterThan(0.9);
  // before a new bottom it stays
  const overBottom = findOccluders(
    canvas,
    body,
    beyondShoulder,
    fill(() => 1),
    () => 9,
  );
  expect(overBottom[145 * width + 60]).toBeGreaterThan(0.9);
});

test("the hand lies around its bones, beyond the wrist", () => {
  const [left] = body.arms;
  expect(onHand(left, 100, 60, 145)).toBe(1);
  expect(onHand(left, 100, 60, 110)).toBe(0);
  expect(onHand(left, 100, 90, 145)).toBe(0);
});
