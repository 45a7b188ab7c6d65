import { expect, test } from "vitest";
import { placeWaist } from "./worn-waist.ts";

test("a waist that is seen is met, slope and all, a little under the hem", () => {
  const placed = placeWaist({ at: 0.8, slope: 0.05 });
  expect(placed.slope).toBe(0.05);
  expect(placed.at).toBeLessThan(0.8);
  expect(placed.at).toBeGreaterThan(0.75);
});

test("below a top that hangs over the waist it lies where a waist usually is", () => {
  expect(placeWaist({ at: 1.15, slope: 0.05 })).toEqual({ at: 0.9, slope: 0 });
  expect(placeWaist(null)).toEqual({ at: 0.9, slope: 0 });
});
