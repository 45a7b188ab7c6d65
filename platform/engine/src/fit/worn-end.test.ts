import { expect, test } from "vitest";
import { onceBare, wornEnd } from "./body-target.ts";

const arm = (pattern: string) => ({ bare: Array.from(pattern.padEnd(25, pattern.at(-1)), Number) });

test("a short worn sleeve ends where the arm stays bare", () => {
  expect(wornEnd(arm("0000000001"))).toBeCloseTo(9 / 24, 9);
  expect(wornEnd(arm("0000010000"))).toBeNull();
});

test("bare arms and long sleeves have no such end", () => {
  expect(wornEnd(arm("1"))).toBeNull();
  expect(wornEnd(arm("0"))).toBeNull();
  expect(wornEnd(arm(`${"0".repeat(18)}1`))).toBeNull();
});

test("cloth that hangs before a bare arm is no sleeve", () => {
  expect(onceBare([0, 1, 1, 1, 1, 0, 0.2, 1])).toEqual([0, 1, 1, 1, 1, 1, 1, 1]);
  expect(onceBare([0, 0, 1, 1, 0, 0, 0, 0])).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
});
