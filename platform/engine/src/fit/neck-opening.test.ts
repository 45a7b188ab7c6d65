import { expect, test } from "vitest";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { hairNear } from "./hair-near.ts";
import { neckOpening } from "./neck-opening.ts";

const side = 200;
const fill = (value: (x: number, y: number) => number) =>
  Float32Array.from({ length: side * side }, (_, i) => value(i % side, Math.floor(i / side)));
const body = {
  frame: { midShoulder: [100, 80], across: [1, 0], down: [0, 1], shoulderWidth: 100 },
  shoulders: { neckAt: 0 },
} as unknown as BodyTarget;

test("an opening is as wide as the cloth leaves it below its corners, and ends with the cloth", () => {
  const canvas = { width: side, height: side } as Canvas;
  // corners 20 beside the middle at row 60, 26 wide at row 70, closed from row 90 on
  const isCloth = (x: number, y: number) => y >= 60 && (y >= 90 || Math.abs(x - 100) > (y < 65 ? 20 : 26));
  const layer = { rgb: new Float32Array(0), alpha: fill((x, y) => (isCloth(x, y) ? 1 : 0)) };
  const isOpen = neckOpening(canvas, body, { layer, neckHalf: 20 });
  expect([isOpen(100, 70), isOpen(124, 70), isOpen(76, 70)]).toEqual([true, true, true]);
  expect([isOpen(128, 70), isOpen(124, 62), isOpen(100, 95)]).toEqual([false, false, false]);
  // above the cloth the neck's own width bounds it
  expect([isOpen(118, 50), isOpen(122, 50)]).toEqual([true, false]);
});

test("the nearest hair lends its colour, hair out of reach none", () => {
  const hair = fill((x) => (x >= 120 ? 1 : 0));
  const rgb = new Float32Array(side * side * 3).map((_, k) => [150, 110, 60][k % 3]!);
  const canvas = { width: side, height: side, hair, rgb } as unknown as Canvas;
  const near = hairNear(canvas, [112, 60], 20)!;
  expect(Math.abs(near.distance - 8)).toBeLessThan(2);
  expect(near.color.map(Math.round)).toEqual([150, 110, 60]);
  expect(hairNear(canvas, [90, 60], 20)).toBeNull();
});
