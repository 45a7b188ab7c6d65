import { expect, test } from "vitest";
import type { Vec } from "../types.ts";
import { cutOut } from "./cut-out.ts";
import { drawGarment, mirrored } from "./draw-garment.fixture.ts";
import { findTip } from "./find-tip.ts";
import { describeSilhouette } from "./silhouette.ts";

/** A slender top with a boat neck, its sleeves hanging before it: the shoulder ends at x = 110, the armpit lies at x = 132. */
const half: Vec[] = [
  [200, 100],
  [160, 92],
  [140, 80],
  [110, 92],
  [82, 160],
  [60, 300],
  [96, 304],
  [132, 190],
  [138, 260],
  [128, 420],
];
const shape = describeSilhouette(cutOut(drawGarment([{ polygon: mirrored(half), color: [60, 90, 170] }], null)));

test("a slender top's shoulder ends where its outline turns into the sleeve, not above the armpit", () => {
  for (const side of [-1, 1]) {
    const tip = findTip(shape, [200 + side * 60, 80], [200 + side * 68, 190], 0.88);
    expect(Math.abs(tip[0] - (200 + side * 90))).toBeLessThan(8);
    expect(Math.abs(tip[1] - 92)).toBeLessThan(6);
  }
});

test("beside a narrow neck it ends above the armpit", () => {
  expect(findTip(shape, [160, 92], [132, 190], 0.5)[0]).toBe(132);
});
