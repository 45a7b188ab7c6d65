import { expect, test } from "vitest";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { eraseHemTip } from "./erase-hem.ts";

const [width, height] = [120, 160];
const n = width * height;
const fill = (value: (x: number, y: number) => number) =>
  Float32Array.from({ length: n }, (_, i) => value(i % width, Math.floor(i / width)));
const pink = [230, 180, 175];
const black = [20, 20, 24];

/** A pink top worn down to row `hem`, with a tip below it in the middle; black trousers under it. */
function wear(hem: number, tip: number) {
  const oldTop = fill((x, y) => (y < (x > 50 && x < 70 ? hem + tip : hem) ? 1 : 0));
  const rgb = new Float32Array(n * 3);
  for (let k = 0; k < rgb.length; k += 1) rgb[k] = (oldTop[Math.floor(k / 3)]! > 0.5 ? pink : black)[k % 3]!;
  const oldBottom = fill((_, y) => y).map((_, i) => 1 - oldTop[i]!);
  return { width, height, rgb, oldTop, oldBottom, skin: new Float32Array(n) } as unknown as Canvas;
}
const body = {
  frame: { midShoulder: [60, 0], down: [0, 1], across: [1, 0], torsoLength: 100, shoulderWidth: 100 },
  trunk: (v: number) => ({ centre: [60, v * 100], across: [1, 0] }),
  half: () => 40,
  expectedHalf: () => 40,
} as unknown as BodyTarget;
/** the new top ends at row 100 */
const placement = { hemV: 1, layer: { rgb: new Float32Array(n * 3), alpha: fill((_, y) => (y < 100 ? 1 : 0)) } };

test("the tip of a worn hem below the new one becomes what is worn below", () => {
  const canvas = wear(96, 9);
  const base = Float32Array.from(canvas.rgb);
  eraseHemTip(canvas, body, placement, base);
  for (const y of [100, 102, 104, 106]) expect(base[(y * width + 60) * 3]!).toBeLessThan(30);
  expect(base[(90 * width + 60) * 3]).toBe(pink[0]);
});

test("a top that is longer than the new one stays as it is", () => {
  const canvas = wear(125, 0);
  const base = Float32Array.from(canvas.rgb);
  eraseHemTip(canvas, body, placement, base);
  expect(base).toEqual(canvas.rgb);
});
