import { expect, test } from "vitest";
import { toLab } from "../raster/color.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { measureWornShown } from "./measure-worn-shown.ts";

const side = 200;
const n = side * side;
const grey = [90, 90, 90] as const;
const white = toLab(240, 240, 240);
const fill = (value: (x: number, y: number) => number) =>
  Float32Array.from({ length: n }, (_, i) => value(i % side, Math.floor(i / side)));
const photo = Float32Array.from({ length: n * 3 }, (_, k) => grey[k % 3]!);

/** A grey worn top everywhere; its sleeves are what lies beyond columns 50 and 150. */
const canvas = { width: side, rgb: photo, person: fill(() => 1), oldTop: fill(() => 1) } as unknown as Canvas;
const arm = (end: number) => ({ bare: Array.from({ length: 25 }, (_, k) => (k < end ? 0 : 1)) });
const bodyWith = (end: number) =>
  ({
    frame: { midShoulder: [100, 0], down: [0, 1], across: [1, 0], torsoLength: 200, shoulderWidth: 100 },
    arms: [arm(end), arm(end)],
  }) as unknown as BodyTarget;
const naked = [
  (x: number) => ({ share: x < 50 ? 0.5 : 3, along: 0.4 }),
  (x: number) => ({ share: x >= 150 ? 0.5 : 3, along: 0.4 }),
] as const;
const cover: readonly [number, number] = [0.2, 0.2];
const placement = { isLayered: true, cover, naked, hemV: 0.98 };
const trunkOnly = fill((x) => (x >= 50 && x < 150 ? 1 : 0));
const shown = (end: number, more: Partial<typeof placement>, drawn = trunkOnly, result = photo, cloth = white) =>
  measureWornShown(canvas, bodyWith(end), { ...placement, ...more }, drawn, result, cloth);

test("short sleeves that stick out below shorter ones count, long ones kept below them do not", () => {
  expect(shown(10, {})).toBeGreaterThan(1.5);
  expect(shown(25, {})).toBe(0);
});

test("sleeves beside a garment without sleeves are kept on purpose; a collar in sight still counts", () => {
  expect(shown(10, { cover: [0, 0] })).toBe(0);
  const lower = fill((x, y) => (x >= 50 && x < 150 && y > 20 ? 1 : 0));
  expect(shown(10, { cover: [0, 0] }, lower)).toBeCloseTo(0.21, 2);
});

test("what was painted over and cloth that looks like the new one do not count", () => {
  expect(
    shown(
      10,
      {},
      trunkOnly,
      photo.map((v) => v + 100),
    ),
  ).toBe(0);
  expect(shown(10, {}, trunkOnly, photo, toLab(90, 90, 90))).toBe(0);
});
