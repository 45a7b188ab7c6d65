import { expect, test } from "vitest";
import type { Canvas } from "./canvas.ts";
import { compose } from "./shade-and-compose.ts";

const [width, height, shoulder] = [200, 200, 120];
const [left, right, top, bottom] = [40, 160, 40, 160];

/** A body of one grey, dressed whole in cloth of another. */
function dressed() {
  const n = width * height;
  const isBody = (i: number) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x >= left && x < right && y >= top && y < bottom;
  };
  const body = () => Float32Array.from({ length: n }, (_, i) => (isBody(i) ? 1 : 0));
  const nothing = new Float32Array(n);
  const grey = () => new Float32Array(n * 3).fill(200);
  const maps = { person: body(), face: nothing, hair: nothing, luma: nothing };
  const canvas = { left: 0, top: 0, width, height, rgb: grey(), ...maps } as unknown as Canvas;
  const layer = { rgb: new Float32Array(n * 3).fill(180), alpha: body() };
  const { rgb } = compose(canvas, { base: grey(), layer, occluders: nothing, worn: nothing, shoulder });
  return (x: number, y: number) => rgb[(y * width + x) * 3]!;
}

test("cloth darkens where the body turns away at its sides, hardly on the shoulders", () => {
  const at = dressed();
  const middle = at(100, 100);
  expect(at(left + 3, 100)).toBeLessThan(middle * 0.95);
  expect(at(right - 4, 100)).toBeCloseTo(at(left + 3, 100), 0);
  expect(at(100, top + 3)).toBeGreaterThan(middle * 0.96);
  expect(at(100, bottom - 4)).toBeLessThan(middle * 0.95);
});
