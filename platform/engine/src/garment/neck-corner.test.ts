import { expect, test } from "vitest";
import type { Vec } from "../types.ts";
import { cutOut } from "./cut-out.ts";
import { drawGarment, mirrored } from "./draw-garment.fixture.ts";
import { neckCorner } from "./neck-corner.ts";
import { describeSilhouette } from "./silhouette.ts";

/** A band that stands 8 px above the shoulder: its inner upper corner is at [172, 76], its foot at [160, 84]. */
const half: Vec[] = [
  [200, 118],
  [186, 112],
  [176, 96],
  [172, 76],
  [160, 84],
  [112, 100],
  [60, 190],
  [92, 212],
  [115, 180],
  [115, 420],
];

test("the neck ends at the inner upper corner of its band, not at the band's foot", () => {
  const cut = cutOut(drawGarment([{ polygon: mirrored(half), color: [40, 130, 100] }], null));
  const shape = describeSilhouette(cut);
  for (const side of [-1, 1]) {
    const corner = neckCorner(cut, shape, 200, side * 40)!;
    expect(Math.abs(corner[0] - (200 + side * 28))).toBeLessThan(5);
    expect(Math.abs(corner[1] - 76)).toBeLessThan(5);
  }
});

test("crumbs of the back above the opening are no corner", () => {
  const crumb: Vec[] = [
    [178, 60],
    [182, 60],
    [182, 62],
    [178, 62],
  ];
  const color = [40, 130, 100] as const;
  const pieces = [
    { polygon: mirrored(half), color },
    { polygon: crumb, color },
  ];
  const cut = cutOut(drawGarment(pieces, null));
  expect(neckCorner(cut, describeSilhouette(cut), 200, -40)![1]).toBeGreaterThan(70);
});
