/** A top's trunk as a mesh from the garment onto the body. */
import { add, clamp, distance, dot, lerp, mix, perpendicular, scale, smooth, sub } from "../raster/scalars.ts";
import type { TopGarment, Vec } from "../types.ts";
import { onContour } from "./armholes.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import type { Mesh } from "./draw-grid.ts";
import { followsBy, neckDepths, raise } from "./raise-neckline.ts";
import type { Freedom } from "./relax-mesh.ts";
import { relaxMesh } from "./relax-mesh.ts";
import type { Plan } from "./warp-top.ts";

const shoulderColumns = 6;
const neckColumns = 10;
const shoulderRows = 10;
const relaxRounds = 120;
/** how much more or less of the length than its even share the upper part of the trunk may take */
const stretches = [0.75, 1.35] as const;

/** A point of the garment's own shoulder line on the side of u, both sides joined over the neck. */
function onGarmentShoulder(garment: TopGarment, u: number, neckShare: number): Vec {
  const { neck, shoulderTip } = garment;
  const k = u < 0 ? 0 : 1;
  const a = Math.abs(u);
  if (a <= neckShare) return mix(mix(neck[0], neck[1], 0.5), neck[k], a / neckShare);
  const point = mix(neck[k], shoulderTip[k], (a - neckShare) / (1 - neckShare));
  return onContour(garment, point, distance(neck[k], shoulderTip[k]) * 0.12);
}

/** The same point on the person: over the neck straight, then along the outline of the shoulder. */
function onBodyShoulder({ shoulders, frame }: BodyTarget, plan: Plan, u: number, neckShare: number): Vec {
  const k = u < 0 ? 0 : 1;
  const a = Math.abs(u);
  const foot = (side: 0 | 1) => shoulders.at(side, plan.neckHalf);
  if (a <= neckShare) return mix(mix(foot(0), foot(1), 0.5), foot(k), a / neckShare);
  const sign = k === 0 ? -1 : 1;
  const tipAt = sign * (dot(sub(plan.tip[k], frame.midShoulder), frame.across) - shoulders.neckAt);
  const f = (a - neckShare) / (1 - neckShare);
  const point = shoulders.at(k, lerp(plan.neckHalf, tipAt, f));
  // at the very tip the sleeve takes over
  return add(
    mix(point, plan.tip[k], smooth(0.85, 1, f)),
    scale(perpendicular(frame.across), -frame.shoulderWidth * 0.006),
  );
}

/** The trunk's width on the person at each row of the garment. */
function targetRows(garment: TopGarment, body: BodyTarget, plan: Plan) {
  const first = garment.rows[0]!.y;
  // a print keeps its proportions: what the length has too much or too little is taken from the plain lower part
  const wide = (body.half(0.4, 0) + body.half(0.4, 1)) / (garment.rows[0]!.right - garment.rows[0]!.left);
  const long = ((plan.hemV - plan.armpitV) * body.frame.torsoLength) / Math.max(1, garment.hemY - first);
  const stretch = clamp(wide / long, stretches[0], stretches[1]);
  const rows = garment.rows.map((row, j) => {
    const share = (row.y - first) / (garment.hemY - first);
    const v = lerp(plan.armpitV, plan.hemV, share * stretch + (1 - stretch) * share * share);
    const own = ((row.right - row.left) / 2) * plan.scale;
    const reach = ([0, 1] as const).map((side) => {
      const half = body.half(v, side);
      if (j === 0 && plan.short[side] === null) return Math.max(half, Math.min(own, half * 1.12));
      return body.isArmLimited(v, side)
        ? Math.max(half * 1.02 + 1, Math.min(own, half * 1.03))
        : Math.max(half * 1.025, Math.min(own, half * 1.14));
    }) as [number, number];
    return { row, reach, ...body.trunk(v) };
  });
  for (let round = 0; round < 2; round += 1)
    for (let j = 1; j < rows.length - 1; j += 1)
      for (const k of [0, 1] as const)
        rows[j]!.reach[k] = (rows[j - 1]!.reach[k] + 2 * rows[j]!.reach[k] + rows[j + 1]!.reach[k]) / 4;
  return rows;
}

/** The mesh's columns from shoulder tip (-1) to shoulder tip (1), and the share of a side that the neck takes. */
function meshColumns(garment: TopGarment) {
  const neckShares = ([0, 1] as const).map((k) =>
    clamp(
      Math.abs(garment.neck[k][0] - garment.axisX) / Math.abs(garment.shoulderTip[k][0] - garment.axisX + 1e-6),
      0.08,
      0.96,
    ),
  );
  // columns meet at the sides of the neck, however wide it is
  const us = [
    ...Array.from({ length: shoulderColumns }, (_, c) => lerp(-1, -neckShares[0]!, c / shoulderColumns)),
    ...Array.from({ length: neckColumns }, (_, c) => lerp(-neckShares[0]!, neckShares[1]!, c / neckColumns)),
    ...Array.from({ length: shoulderColumns + 1 }, (_, c) => lerp(neckShares[1]!, 1, c / shoulderColumns)),
  ];
  return { us, shareOf: (u: number) => neckShares[u < 0 ? 0 : 1]! };
}

/** The trunk's mesh, and the points of the body where its armholes end below. */
export function trunkMesh(
  canvas: Canvas,
  garment: TopGarment,
  body: BodyTarget,
  plan: Plan,
): { mesh: Mesh; armpits: [Vec, Vec] } {
  const rows = targetRows(garment, body, plan);
  const first = rows[0]!;
  const armpits: [Vec, Vec] = [
    add(first.centre, scale(first.across, -first.reach[0])),
    add(first.centre, scale(first.across, first.reach[1])),
  ];
  const { us, shareOf } = meshColumns(garment);
  const mesh: Mesh = { source: [], target: [] };
  const armpitSource = us.map(
    (u): Vec => mix([first.row.left, garment.armpit[0][1]], [first.row.right, garment.armpit[1][1]], (u + 1) / 2),
  );
  const armpitTarget = us.map((u) => mix(armpits[0], armpits[1], (u + 1) / 2));
  const sourceLine = us.map((u) => onGarmentShoulder(garment, u, shareOf(u)));
  const targetLine = us.map((u) => onBodyShoulder(body, plan, u, shareOf(u)));
  for (let j = 0; j < shoulderRows; j += 1) {
    const f = j / shoulderRows;
    mesh.source.push(us.map((_, c) => mix(sourceLine[c]!, armpitSource[c]!, f)));
    mesh.target.push(us.map((_, c) => mix(targetLine[c]!, armpitTarget[c]!, f)));
  }
  for (const [j, { row, centre, across, reach }] of rows.entries()) {
    mesh.source.push(us.map((u, c) => (j === 0 ? armpitSource[c]! : [lerp(row.left, row.right, (u + 1) / 2), row.y])));
    // evenly from side to side, wherever the middle of the body lies: a print has one scale
    mesh.target.push(us.map((u) => add(centre, scale(across, lerp(-reach[0], reach[1], (u + 1) / 2)))));
  }
  relaxTrunk(mesh);
  // shoulders and sides stay where they are
  raiseMiddle(canvas, garment, body, mesh, (c) => smooth(1, shareOf(us[c]!), Math.abs(us[c]!)));
  addMargins(mesh, body, plan);
  return { mesh, armpits };
}

/** Draws the neckline higher where it would bare what the worn top hides; `raised` tells how far a column follows, 0-1. */
function raiseMiddle(
  canvas: Canvas,
  garment: TopGarment,
  { frame }: BodyTarget,
  { source, target }: Mesh,
  raised: (column: number) => number,
) {
  const middle = shoulderColumns + neckColumns / 2;
  const downMiddle = (side: Vec[][]) => [side[0]![middle]!, side[shoulderRows]![middle]!] as const;
  const depths = neckDepths(canvas, garment.raster, downMiddle(source), downMiddle(target));
  const lift = followsBy(depths) * distance(...downMiddle(target));
  if (depths.own === depths.drawn) return;
  const [top, armpits] = [target[0]!, target[shoulderRows]!];
  for (const [j, row] of target.entries()) {
    const f = j / shoulderRows;
    const below = (j - shoulderRows) / (target.length - 1 - shoulderRows);
    target[j] = row.map((point, c) =>
      j < shoulderRows
        ? add(point, scale(sub(armpits[c]!, top[c]!), (raise(f, depths) - f) * raised(c)))
        : add(point, scale(frame.down, -lift * (1 - below) ** 2 * raised(c))),
    );
  }
}

/** The outline stays, and cloth slides along it: neck points, armholes and the hem's corners are where they are. */
function relaxTrunk(mesh: Mesh) {
  const lastRow = mesh.target.length - 1;
  const lastColumn = shoulderColumns * 2 + neckColumns;
  const isNeck = (c: number) => c > shoulderColumns && c < shoulderColumns + neckColumns;
  const freedom = (r: number, c: number): Freedom => {
    const isSide = c === 0 || c === lastColumn;
    // above the neckline there is no cloth
    if (r === 0) return isNeck(c) ? "all" : isSide || isNeck(c - 1) || isNeck(c + 1) ? "none" : "row";
    if (isSide) return r <= shoulderRows || r === lastRow ? "none" : "column";
    return r === lastRow ? "row" : "all";
  };
  relaxMesh(mesh, freedom, relaxRounds);
}

/** A little beyond the sides and the hem, so that their edges are drawn whole. */
function addMargins({ source, target }: Mesh, body: BodyTarget, plan: Plan) {
  for (const side of [source, target])
    for (const [j, row] of side.entries()) {
      const beyond = j < shoulderRows + 2 ? 0 : 0.3;
      side[j] = [mix(row[0]!, row[1]!, -beyond), ...row, mix(row.at(-1)!, row.at(-2)!, -beyond)];
    }
  source.push(source.at(-1)!.map((q): Vec => [q[0], q[1] + 6]));
  target.push(target.at(-1)!.map((q) => add(q, scale(body.frame.down, 6 * plan.scale))));
}
