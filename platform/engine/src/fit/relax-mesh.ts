/** Evens a mesh out: what its edges leave free turns and scales each piece of cloth as a whole, so that prints keep their shape. */
import type { Vec } from "../types.ts";
import type { Mesh } from "./draw-grid.ts";

/** what a point of the mesh may do: stay, go along its row or its column, or go anywhere */
export type Freedom = "none" | "row" | "column" | "all";

const corners = [
  [0, 0],
  [0, 1],
  [1, 1],
  [1, 0],
] as const;

/** Adds to `sums` where the best similarity of one cell's source onto its target would have the cell's corners. */
function addCell(source: Vec[][], target: Vec[][], sums: Float64Array[], r: number, c: number) {
  let [sx, sy, tx, ty] = [0, 0, 0, 0];
  for (const [dr, dc] of corners) {
    const s = source[r + dr]![c + dc]!;
    const t = target[r + dr]![c + dc]!;
    sx += s[0] / 4;
    sy += s[1] / 4;
    tx += t[0] / 4;
    ty += t[1] / 4;
  }
  let [cosine, sine, norm] = [0, 0, 0];
  for (const [dr, dc] of corners) {
    const s = source[r + dr]![c + dc]!;
    const t = target[r + dr]![c + dc]!;
    const [ax, ay, bx, by] = [s[0] - sx, s[1] - sy, t[0] - tx, t[1] - ty];
    cosine += ax * bx + ay * by;
    sine += ax * by - ay * bx;
    norm += ax * ax + ay * ay;
  }
  if (norm < 1e-6) return;
  for (const [dr, dc] of corners) {
    const s = source[r + dr]![c + dc]!;
    const [ax, ay] = [s[0] - sx, s[1] - sy];
    const sum = sums[r + dr]!;
    const at = (c + dc) * 3;
    sum[at]! += tx + (ax * cosine - ay * sine) / norm;
    sum[at + 1]! += ty + (ax * sine + ay * cosine) / norm;
    sum[at + 2]! += 1;
  }
}

/** The part of a step that the point's freedom leaves. */
function allowed(target: Vec[][], r: number, c: number, freedom: Freedom, [x, y]: Vec): Vec {
  if (freedom === "all") return [x, y];
  const row = target[r]!;
  const [from, to] =
    freedom === "row"
      ? [row[c - 1] ?? row[c]!, row[c + 1] ?? row[c]!]
      : [target[r - 1]?.[c] ?? row[c]!, target[r + 1]?.[c] ?? row[c]!];
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const share = (dx * x + dy * y) / (dx * dx + dy * dy + 1e-9);
  return [dx * share, dy * share];
}

/** Moves the free points of the target in place. */
export function relaxMesh(
  { source, target }: Mesh,
  freedomOf: (row: number, column: number) => Freedom,
  rounds: number,
) {
  const columns = target[0]!.length;
  const sums = target.map(() => new Float64Array(columns * 3));
  for (let round = 0; round < rounds; round += 1) {
    for (const sum of sums) sum.fill(0);
    for (let r = 0; r < target.length - 1; r += 1)
      for (let c = 0; c < columns - 1; c += 1) addCell(source, target, sums, r, c);
    const next = target.map((row, r) =>
      row.map((point, c): Vec => {
        const freedom = freedomOf(r, c);
        const count = sums[r]![c * 3 + 2]!;
        if (freedom === "none" || count === 0) return point;
        const wanted: Vec = [sums[r]![c * 3]! / count - point[0], sums[r]![c * 3 + 1]! / count - point[1]];
        const [x, y] = allowed(target, r, c, freedom, wanted);
        return [point[0] + x, point[1] + y];
      }),
    );
    for (let r = 0; r < next.length; r += 1) target[r] = next[r]!;
  }
}
