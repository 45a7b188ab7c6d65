import { describe, expect, it } from "vitest";
import { distance, dot, sub, unit } from "../raster/scalars.ts";
import type { Vec } from "../types.ts";
import { relaxMesh } from "./relax-mesh.ts";
import { pullTaut } from "./short-sleeve.ts";

const size = 12;
const grid = (at: (x: number, y: number) => Vec) =>
  Array.from({ length: size + 1 }, (_, r) => Array.from({ length: size + 1 }, (_, c) => at(c * 10, r * 10)));
const isEdge = (k: number) => k === 0 || k === size;
const freedom = (r: number, c: number) => (isEdge(r) || isEdge(c) ? "none" : "all");

/** The largest cosine between a cell's sides: how much a print shears. */
function worstShear(target: Vec[][]) {
  let worst = 0;
  for (let r = 0; r < size; r += 1)
    for (let c = 0; c < size; c += 1) {
      const [right, down] = [sub(target[r]![c + 1]!, target[r]![c]!), sub(target[r + 1]![c]!, target[r]![c]!)];
      worst = Math.max(worst, Math.abs(dot(unit(right), unit(down))));
    }
  return worst;
}

describe("a relaxed mesh", () => {
  it("keeps a print's shape where its rows were pushed aside", () => {
    const mesh = {
      source: grid((x, y) => [x, y]),
      target: grid((x, y) => [x === 0 || x === 120 || y < 60 || y === 120 ? x : x + 8, y]),
    };
    const before = worstShear(mesh.target);
    relaxMesh(mesh, freedom, 120);
    expect(before).toBeGreaterThan(0.5);
    expect(worstShear(mesh.target)).toBeLessThan(0.05);
  });

  it("leaves what is already a similarity as it is", () => {
    const turned = (x: number, y: number): Vec => [1.2 * x - 0.5 * y + 30, 0.5 * x + 1.2 * y];
    const mesh = { source: grid((x, y) => [x, y]), target: grid(turned) };
    relaxMesh(mesh, freedom, 20);
    for (const [r, row] of mesh.target.entries())
      for (const [c, point] of row.entries()) expect(distance(point, turned(c * 10, r * 10))).toBeLessThan(1e-6);
  });

  it("moves points along their row alone where only that is free", () => {
    const mesh = { source: grid((x, y) => [x, y]), target: grid((x, y) => [x === 60 ? x + 4 : x, y]) };
    relaxMesh(mesh, (r, c) => (r === size && !isEdge(c) ? "row" : freedom(r, c)), 120);
    for (const [, y] of mesh.target[size]!) expect(y).toBeCloseTo(120, 9);
    expect(mesh.target[size]![6]![0]).toBeLessThan(61);
  });
});

describe("a sleeve's outer edge", () => {
  const outer: Vec = [-1, 0];

  it("runs straight from the shoulder to the cuff past dents in the arm", () => {
    const edge = pullTaut(
      [
        [0, 0],
        [-12, 20],
        [-4, 40],
        [-6, 60],
        [-14, 80],
      ],
      outer,
    );
    expect(edge).toEqual([
      [0, 0],
      [-12, 20],
      [-14, 80],
    ]);
  });

  it("goes round a shoulder that stands out further than the cuff", () => {
    const edge = pullTaut(
      [
        [0, 0],
        [-10, 10],
        [-14, 30],
        [-11, 80],
      ],
      outer,
    );
    expect(edge).toEqual([
      [0, 0],
      [-10, 10],
      [-14, 30],
      [-11, 80],
    ]);
  });
});
