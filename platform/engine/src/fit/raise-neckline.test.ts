import { expect, test } from "vitest";
import type { Raster, Vec } from "../types.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { followsBy, narrowNeckline, neckDepths, raise } from "./raise-neckline.ts";

const side = 200;

/** A worn top that begins at row `from`, more than `half` pixels beside the middle. */
function wornTop(from: number, half: number): Canvas {
  const oldTop = Float32Array.from({ length: side * side }, (_, i) =>
    Math.floor(i / side) >= from && Math.abs((i % side) - 100) >= half ? 1 : 0,
  );
  return { width: side, height: side, oldTop } as unknown as Canvas;
}

/** Cloth from row `from` down. */
const garment = (from: number): Raster => ({
  width: side,
  height: side,
  data: Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) => (Math.floor(i / 4 / side) >= from ? 255 : 0)),
});

const middle: readonly [Vec, Vec] = [
  [100, 0],
  [100, 100],
];

const body = {
  frame: { across: [1, 0], shoulderWidth: 100 },
  tipWidth: 120,
  shoulders: { neckHalf: 15, at: (k: number, lateral: number) => [100 + (k ? lateral : -lateral), 50] },
} as unknown as BodyTarget;

test("a neckline below the worn one is drawn as high as that one", () => {
  const { own, drawn } = neckDepths(wornTop(40, 0), garment(50), middle, middle);
  expect(own).toBeCloseTo(0.5, 1);
  expect(drawn).toBeCloseTo(0.38, 1);
});

test("a deep neckline stays deep, and one that bares nothing new stays as it is", () => {
  const deep = neckDepths(wornTop(5, 0), garment(70), middle, middle);
  expect(deep.drawn).toBeCloseTo(deep.own * 0.6, 5);
  const same = neckDepths(wornTop(80, 0), garment(50), middle, middle);
  expect(same.drawn).toBe(same.own);
});

test("cloth above and below a raised neckline gives evenly, and follows it down to the armpits", () => {
  const depths = { own: 0.5, drawn: 0.3 };
  expect([0, 0.25, 0.5].map((share) => raise(share, depths))).toEqual([0, 0.15, 0.3]);
  expect(raise(1, depths)).toBeCloseTo(1 - followsBy(depths), 9);
  expect([0, 0.4, 1].map((share) => raise(share, { own: 0, drawn: 0 }))).toEqual([0, 0.4, 1]);
});

test("a neckline wider than the worn one is narrowed to it, never to less than it may", () => {
  expect(narrowNeckline(wornTop(0, 30), body, 36)).toBe(30);
  expect(narrowNeckline(wornTop(0, 18), body, 40)).toBeCloseTo(40 * 0.62, 5);
  expect(narrowNeckline(wornTop(0, 30), body, 20)).toBe(20);
  expect(narrowNeckline(wornTop(0, 90), body, 40)).toBe(40);
});
