import { expect, test } from "vitest";
import { evenEdges } from "./measure-legs.ts";

const rows = 9;
const nominal = Array.from({ length: rows }, () => 100);

test("a body goes on behind an arm at least as far as the arm begins", () => {
  const edges = nominal.map((_, k) =>
    k > 2 && k < 6 ? { at: 130, isSeen: false, isBehindArm: true } : { at: 100, isSeen: true },
  );
  const even = evenEdges(edges, nominal, 0.8, 1.5);
  expect(even[4]).toBeGreaterThan(120);
  expect(even[0]).toBeLessThan(103);
});

test("where only the frame hides the edge, it goes on between what is seen", () => {
  const edges = nominal.map((_, k) => (k > 2 && k < 6 ? { at: 130, isSeen: false } : { at: 100, isSeen: true }));
  expect(evenEdges(edges, nominal, 0.8, 1.5)[4]).toBeCloseTo(100, 0);
});
