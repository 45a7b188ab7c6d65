import { expect, test } from "vitest";
import type { Vec } from "../types.ts";
import type { CutOut } from "./cut-out.ts";
import { cutOut } from "./cut-out.ts";
import { drawGarment, mirrored } from "./draw-garment.fixture.ts";
import type { RoughNeck } from "./trace-neckline.ts";
import { cutWithin, traceNeckline } from "./trace-neckline.ts";

/** A boat neck that is a half ellipse of 60 × 40 pixels about [200, 90]. */
const front: Vec[] = Array.from({ length: 19 }, (_, k) => {
  const angle = (Math.PI / 2) * (1 - k / 18);
  return [200 - Math.cos(angle) * 60, 90 + Math.sin(angle) * 40];
});
const half: Vec[] = [...front, [110, 100], [110, 420]];
const back = mirrored([
  [200, 86],
  [141, 88],
  [141, 131],
  [200, 131],
]);

function wearing(inside: readonly [number, number, number]) {
  const pieces = [
    { polygon: back, color: inside },
    { polygon: mirrored(half), color: [200, 170, 50] as const },
  ];
  return cutOut(drawGarment(pieces, null));
}

/** Too narrow by a sixth and of another shape. */
function rough({ raster }: CutOut): RoughNeck {
  const lineAt = (x: number) => 90 + 40 * (1 - ((x - 200) / 50) ** 2);
  const cloth = Array.from({ length: 19 }, (_, k) => 138 * raster.width + 160 + k * 4);
  return { centreX: 200, top: 90, halfWidth: 50, lineAt, cloth };
}

test("follows the edge of the front from corner to corner where the back is of another colour", () => {
  const cut = wearing([30, 35, 60]);
  const radii = traceNeckline(cut, rough(cut))!;
  for (const [k, expected] of [
    [6, 57.7],
    [18, 47],
    [36, 40],
    [54, 47],
    [66, 57.7],
  ] as const)
    expect(Math.abs(radii[k]! - expected)).toBeLessThan(3);
  cutWithin(cut, rough(cut), radii, 80);
  const alphaAt = (x: number, y: number) => cut.alpha[y * cut.raster.width + x]!;
  expect(alphaAt(150, 96)).toBeLessThan(0.1);
  expect(alphaAt(200, 124)).toBeLessThan(0.1);
  expect(alphaAt(200, 136)).toBe(1);
  expect(alphaAt(136, 104)).toBe(1);
});

test("claims nothing where the back hardly differs from the front", () => {
  const cut = wearing([190, 161, 46]);
  expect(traceNeckline(cut, rough(cut))).toBeNull();
});
