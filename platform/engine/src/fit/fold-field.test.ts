import { expect, test } from "vitest";
import type { Canvas } from "./canvas.ts";
import { foldField } from "./fold-field.ts";

const [width, height, shoulder] = [240, 240, 160];
const [left, right, top, bottom] = [40, 200, 30, 190];
const isWorn = (x: number, y: number) => x >= left && x < right && y >= top && y < bottom;

/** Worn cloth of one grey before a lighter wall, darkened by `light`. */
function foldsOf(light: (x: number, y: number) => number) {
  const n = width * height;
  const [luma, rgb, worn] = [new Float32Array(n), new Float32Array(n * 3), new Float32Array(n)];
  for (let i = 0; i < n; i += 1) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const value = isWorn(x, y) ? 190 * light(x, y) : 240;
    rgb.fill(value, i * 3, i * 3 + 3);
    luma[i] = value / 255;
    worn[i] = isWorn(x, y) ? 1 : 0;
  }
  const folds = foldField({ width, height, rgb, luma } as unknown as Canvas, worn, shoulder);
  return { folds, at: (x: number, y: number) => folds[y * width + x]! };
}

test("a placket and a crease of the worn cloth do not show on the new one", () => {
  const { folds } = foldsOf((x, y) => (Math.abs(x - 120) <= 1 || Math.abs(y - 80) <= 1 ? 0.8 : 1));
  expect(Math.min(...folds)).toBeGreaterThan(0.94);
});

test("the body's form does, within limits", () => {
  const { folds, at } = foldsOf((x, y) => 1 - 0.16 * Math.exp(-(((x - 120) / 30) ** 2 + ((y - 110) / 12) ** 2)));
  expect(at(120, 110)).toBeLessThan(0.97);
  expect(at(120, 70)).toBeGreaterThan(0.99);
  expect(Math.min(...folds)).toBeGreaterThan(0.84);
});

test("where the worn cloth ends nothing tells", () => {
  const { at } = foldsOf((_, y) => (y > bottom - 14 ? 0.8 : 1));
  for (let y = 130; y < 230; y += 1) expect(Math.abs(at(120, y) - 1)).toBeLessThan(0.035);
});

test("a patterned cloth has no form to tell", () => {
  const { folds } = foldsOf((x, y) => (((x >> 2) + (y >> 2)) % 2 === 0 ? 0.85 : 1));
  for (const value of folds) expect(Math.abs(value - 1)).toBeLessThan(0.01);
});
