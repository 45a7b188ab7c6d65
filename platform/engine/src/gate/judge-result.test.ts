import { expect, test } from "vitest";
import type { EngineProblem, GarmentSignals, PersonSignals } from "../types.ts";
import { judgeResult } from "./judge-result.ts";

const person: PersonSignals = {
  torso: { clothes: 0.95, skin: 0, hair: 0, other: 0 },
  jointsOnPerson: 1,
  faceOn: 0.95,
  uncertain: 0.005,
  veto: 0.08,
  topBottomContrast: 0.95,
  seam: 4,
  seamAt: 1,
  wornSleeve: [0.3, 0.3],
  armSeen: 0.9,
  bodySkinPixels: 4000,
  legsSeen: 0.9,
};
const garment: GarmentSignals = { confidence: 0.9, symmetry: 0.95, opening: 0.9, via: [] };
const fit = { repainted: 0.02, forbidden: 0, filled: 0.05, wornLeft: 0, wornShown: 0.02, neckPainted: 0.01 };

const codeOf = (run: () => number) => {
  try {
    run();
  } catch (error) {
    return (error as EngineProblem).code;
  }
  return null;
};

test("a plain person in a clear garment passes with high confidence", () => {
  expect(judgeResult(person, [garment], fit, false)).toBeGreaterThan(0.85);
});

test("confidence falls with every square of skin that has to be invented", () => {
  const less = judgeResult(person, [garment], { ...fit, repainted: 0.05 }, false);
  const more = judgeResult(person, [garment], { ...fit, repainted: 0.18 }, false);
  expect(more).toBeLessThan(less);
});

test.each([
  ["skin painted on the trunk", person, { ...fit, forbidden: 0.1 }, false],
  ["much repainted", person, { ...fit, repainted: 0.6 }, false],
  ["skin and cloth invented together", person, { ...fit, repainted: 0.3, filled: 0.15 }, false],
  ["worn sleeves that stick out of the new ones", person, { ...fit, wornShown: 0.12 }, false],
  ["a flat painted neck", person, { ...fit, neckPainted: 0.11 }, false],
  ["worn trousers that still show", person, { ...fit, wornLeft: 0.3 }, true],
  ["legs that the frame hides", { ...person, legsSeen: 0.1 }, fit, true],
  ["a waist that cannot be told", { ...person, topBottomContrast: 0.1, seam: 1 }, fit, true],
  ["a figure that is no number", person, { ...fit, filled: Number.NaN }, false],
  ["a person signal that is no number", { ...person, veto: Number.NaN }, fit, false],
] as const)("refuses %s", (_, signals, figures, needsLegs) => {
  expect(codeOf(() => judgeResult(signals, [garment], figures, needsLegs))).toBe("preview_not_reliable");
});

test("sleeves that end in lace are not shown: the ground shows through them", () => {
  expect(codeOf(() => judgeResult(person, [{ ...garment, fineEnds: 8 }], fit, false))).toBe("preview_not_reliable");
  expect(codeOf(() => judgeResult(person, [{ ...garment, fineEnds: 1.2 }], fit, false))).toBeNull();
});
