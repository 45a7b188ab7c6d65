import { expect, test } from "vitest";
import type { BodyTarget } from "./body-target.ts";
import { evenArms } from "./even-arms.ts";
import { matteSkin } from "./matte-arms.ts";

const [width, height] = [120, 240];
const fill = (value: (x: number, y: number) => number) =>
  Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)));
/** an arm between columns 40 and 80 before cloth; its label lacks a notch, and has taken a bit of cloth elsewhere */
const isArm = (x: number) => x >= 40 && x < 80;
const label = fill((x, y) => {
  if (y >= 100 && y < 108 && x >= 74) return 0;
  if (y >= 150 && y < 158 && x >= 80 && x < 85) return 1;
  return isArm(x) ? 1 : 0;
});
const picture = (skin: number[], cloth: number[]) =>
  Float32Array.from(
    { length: width * height * 3 },
    (_, k) => (isArm(Math.floor(k / 3) % width) ? skin : cloth)[k % 3]!,
  );
const at = (map: Float32Array, x: number, y: number) => map[y * width + x]!;

test("colours give an arm back what its label lacks, and take what it has too much", () => {
  const matte = matteSkin(picture([205, 165, 140], [190, 210, 235]), label, width, height, 9);
  expect(at(matte, 77, 104)).toBeGreaterThan(0.95);
  expect(at(matte, 83, 154)).toBeLessThan(0.05);
  expect(at(matte, 60, 106)).toBe(1);
  expect(at(matte, 100, 106)).toBe(0);
});

test("cloth of the skin's colour leaves the label as it is", () => {
  const matte = matteSkin(picture([205, 165, 140], [215, 170, 155]), label, width, height, 9);
  expect(at(matte, 77, 104)).toBe(0);
  expect(at(matte, 83, 154)).toBe(1);
});

test("an arm's outline is even along the arm, and a pixel or two soft", () => {
  const arm = { side: -1, shoulder: [60, 20], elbow: [60, 120], wrist: [60, 220] };
  const away = { side: 1, shoulder: [400, 20], elbow: [400, 120], wrist: [400, 220] };
  const body = { arms: [arm, away], frame: { shoulderWidth: 180 } } as unknown as BodyTarget;
  const even = evenArms(label, width, height, body);
  // the edge lies where most of the arm has it, a little inside
  const edge = (y: number) => {
    let x = 60;
    while (at(even, x, y) > 0.5) x += 1;
    return x;
  };
  const edges = [60, 90, 104, 130, 154, 180].map(edge);
  expect(Math.max(...edges) - Math.min(...edges)).toBeLessThanOrEqual(3);
  expect(edge(60)).toBeGreaterThan(76);
  const soft = Array.from({ length: width - 60 }, (_, k) => at(even, 60 + k, 60)).filter((v) => v > 0.02 && v < 0.98);
  expect(soft.length).toBeLessThanOrEqual(4);
  expect(at(even, 2, 100)).toBe(-1);
});
