import { expect, test } from "vitest";
import { toLab } from "../raster/color.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { measureWornLeft } from "./measure-worn-left.ts";

const [width, height] = [100, 200];
const [red, blue, white] = [
  [190, 30, 30],
  [30, 40, 150],
  [240, 240, 240],
] as const;
const lab = ([r, g, b]: readonly [number, number, number]) => toLab(r, g, b);

/** A red top above a blue bottom, parted at row 100 = one torso length below the shoulders. */
function twoCloths(): { canvas: Canvas; body: BodyTarget; drawn: Float32Array } {
  const map = (value: (y: number) => number) =>
    Float32Array.from({ length: width * height }, (_, i) => value(Math.floor(i / width)));
  const rgb = new Float32Array(width * height * 3);
  for (let i = 0; i < width * height; i += 1) rgb.set(i < width * 100 ? red : blue, i * 3);
  const nothing = map(() => 0);
  const maps = { person: map(() => 1), face: nothing, skin: nothing, hair: nothing, other: nothing, luma: nothing };
  const worn = { oldTop: map((y) => (y < 100 ? 1 : 0)), oldBottom: map((y) => (y < 100 ? 0 : 1)) };
  const frame = { midShoulder: [50, 0], down: [0, 1], across: [1, 0], torsoLength: 100, shoulderWidth: 100 };
  return {
    canvas: { left: 0, top: 0, width, height, rgb, ...maps, ...worn },
    body: { frame } as unknown as BodyTarget,
    drawn: map((y) => (y < 100 ? 0 : 1)),
  };
}

test("a bottom that covers the worn one leaves nothing of it", () => {
  const { canvas, body, drawn } = twoCloths();
  expect(measureWornLeft(canvas, body, drawn, lab(blue), lab(white))).toBe(0);
});

test("worn cloth above a waist drawn too low counts, unless the new cloth looks the same", () => {
  const { canvas, body, drawn } = twoCloths();
  drawn.fill(0, width * 100, width * 130);
  expect(measureWornLeft(canvas, body, drawn, lab(blue), lab(white))).toBeCloseTo(0.3, 5);
  expect(measureWornLeft(canvas, body, drawn, lab(blue), lab(blue))).toBe(0);
});
