/** Evens a mesh out: what its edges leave free turns and scales each piece of cloth as a whole, so that prints keep their shape. */
import { clamp } from "../raster/scalars.ts";
import type { Vec } from "../types.ts";
import type { Mesh } from "./draw-grid.ts";

/** what a point of the mesh may do: stay, go along its row or its column, or go anywhere */
export type Freedom = "none" | "row" | "column" | "all";

/** Points as x, y, x, y … row by row: plain numbers, since a point for every step of every round would be garbage. */
const flat = (points: Vec[][]) => Float64Array.from(points.flat(2));

/** Adds to `sums` (x, y, count) where the best similarity of one cell's source onto its target would have the cell's corners. */
function addCell(source: Float64Array, target: Float64Array, sums: Float64Array, at: number, columns: number) {
  const corner = (k: number) => at + (k & 1) + (k >> 1) * columns;
  let [sx, sy, tx, ty] = [0, 0, 0, 0];
  for (let k = 0; k < 4; k += 1) {
    const i = corner(k) * 2;
    sx += source[i]! / 4;
    sy += source[i + 1]! / 4;
    tx += target[i]! / 4;
    ty += target[i + 1]! / 4;
  }
  let [cosine, sine, norm] = [0, 0, 0];
  for (let k = 0; k < 4; k += 1) {
    const i = corner(k) * 2;
    const ax = source[i]! - sx;
    const ay = source[i + 1]! - sy;
    const bx = target[i]! - tx;
    const by = target[i + 1]! - ty;
    cosine += ax * bx + ay * by;
    sine += ax * by - ay * bx;
    norm += ax * ax + ay * ay;
  }
  if (norm < 1e-6) return;
  for (let k = 0; k < 4; k += 1) {
    const i = corner(k);
    const ax = source[i * 2]! - sx;
    const ay = source[i * 2 + 1]! - sy;
    sums[i * 3]! += tx + (ax * cosine - ay * sine) / norm;
    sums[i * 3 + 1]! += ty + (ax * sine + ay * cosine) / norm;
    sums[i * 3 + 2]! += 1;
  }
}

/** Steps one point to where its cells would have it, as far as the line between its two neighbours allows. */
function stepPoint(
  points: Float64Array,
  before: Float64Array,
  sums: Float64Array,
  i: number,
  beside: [number, number],
) {
  const count = sums[i * 3 + 2]!;
  if (count === 0) return;
  const x = sums[i * 3]! / count - before[i * 2]!;
  const y = sums[i * 3 + 1]! / count - before[i * 2 + 1]!;
  const [from, to] = beside;
  if (from === to) {
    points[i * 2]! += x;
    points[i * 2 + 1]! += y;
    return;
  }
  const dx = before[to * 2]! - before[from * 2]!;
  const dy = before[to * 2 + 1]! - before[from * 2 + 1]!;
  const share = (dx * x + dy * y) / (dx * dx + dy * dy + 1e-9);
  points[i * 2]! += dx * share;
  points[i * 2 + 1]! += dy * share;
}

/** Moves the free points of the target in place. */
export function relaxMesh(
  { source, target }: Mesh,
  freedomOf: (row: number, column: number) => Freedom,
  rounds: number,
) {
  const rows = target.length;
  const columns = target[0]!.length;
  const [from, points] = [flat(source), flat(target)];
  const before = new Float64Array(points.length);
  const sums = new Float64Array(rows * columns * 3);
  const free = target.flatMap((row, r) =>
    row.flatMap((_, c) => {
      const freedom = freedomOf(r, c);
      const at = (dr: number, dc: number) => clamp(r + dr, 0, rows - 1) * columns + clamp(c + dc, 0, columns - 1);
      const along: Record<Freedom, [number, number]> = {
        none: [0, 0],
        all: [0, 0],
        row: [at(0, -1), at(0, 1)],
        column: [at(-1, 0), at(1, 0)],
      };
      return freedom === "none" ? [] : [{ i: at(0, 0), beside: along[freedom] }];
    }),
  );
  for (let round = 0; round < rounds; round += 1) {
    sums.fill(0);
    before.set(points);
    for (let r = 0; r < rows - 1; r += 1)
      for (let c = 0; c < columns - 1; c += 1) addCell(from, points, sums, r * columns + c, columns);
    for (const { i, beside } of free) stepPoint(points, before, sums, i, beside);
  }
  for (const { i } of free) target[Math.floor(i / columns)]![i % columns] = [points[i * 2]!, points[i * 2 + 1]!];
}
