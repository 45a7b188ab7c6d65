import { expect, test } from "vitest";
import type { Canvas, Layer } from "./canvas.ts";
import { castShadow } from "./sleeve-shadow.ts";

const [width, height] = [120, 160];

const cloth = (isCovered: (x: number, y: number) => boolean): Layer => ({
  rgb: new Float32Array(width * height * 3).fill(200),
  alpha: Float32Array.from({ length: width * height }, (_, i) => (isCovered(i % width, Math.floor(i / width)) ? 1 : 0)),
});

test("a sleeve shades the trunk beside it from the armpit down, and nothing at the shoulder or further off", () => {
  const trunk = cloth((x) => x < 80);
  const sleeve = cloth((x, y) => x >= 76 && y < 110);
  const frame = { down: [0, 1] as const, shoulderWidth: 120 };
  castShadow({ width, height } as Canvas, trunk, sleeve, { tip: [80, 10], armpit: [78, 70] }, frame);
  const light = (layer: Layer, x: number, y: number) => layer.rgb[(y * width + x) * 3]! / 200;
  expect(light(trunk, 75, 90)).toBeLessThan(0.9);
  expect(light(trunk, 75, 40)).toBeGreaterThan(light(trunk, 75, 90) + 0.03);
  expect(light(trunk, 75, 14)).toBe(1);
  expect(light(trunk, 40, 90)).toBe(1);
  // on the sleeve's own side a little, at its outer edge nothing
  expect(light(sleeve, 77, 90)).toBeLessThan(0.97);
  expect(light(sleeve, 110, 90)).toBe(1);
});
