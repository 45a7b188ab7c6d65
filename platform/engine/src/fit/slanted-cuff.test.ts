import { expect, test } from "vitest";
import type { Arm, BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { slantedCuff } from "./short-sleeve.ts";

const [width, height] = [100, 120];
const wearTo = (end: (x: number) => number) =>
  ({
    width,
    height,
    oldTop: Float32Array.from({ length: width * height }, (_, i) => (Math.floor(i / width) < end(i % width) ? 1 : 0)),
  }) as unknown as Canvas;
const body = { frame: { shoulderWidth: 100 } } as unknown as BodyTarget;
const armOf = (end: number) => ({ bare: Array.from({ length: 25 }, (_, k) => (k < end ? 0 : 1)) }) as unknown as Arm;
/** the new cuff lies across row 60, from column 30, outside, to column 70, beside the trunk */
const ends = [
  [30, 60],
  [70, 60],
] as const;
const down = [0, 1] as const;

test("a cuff slants like the worn one that would show below it", () => {
  const [outer, inner] = slantedCuff(
    wearTo((x) => 55 + (x - 30) * 0.4),
    body,
    armOf(10),
    0.45,
    down,
    ends,
  );
  expect(outer).toEqual([30, 60]);
  expect(inner[1]).toBeGreaterThan(67);
  expect(inner[1]).toBeLessThan(75);
});

test("cloth that goes on is the trunk's, and without a short worn sleeve a cuff stays as it is", () => {
  expect(
    slantedCuff(
      wearTo((x) => (x > 55 ? 120 : 50)),
      body,
      armOf(10),
      0.45,
      down,
      ends,
    ),
  ).toEqual(ends);
  const worn = wearTo((x) => 55 + (x - 30) * 0.4);
  expect(slantedCuff(worn, body, armOf(25), 0.45, down, ends)).toEqual(ends);
  expect(slantedCuff(worn, body, armOf(0), 0.45, down, ends)).toEqual(ends);
});
