/** A top's trunk as a mesh on the person, its sleeves laid over. */
import { workspace } from "../raster/memory.ts";
import { add, clamp, distance, dot, lerp, mix, perpendicular, scale, smooth, sub } from "../raster/scalars.ts";
import type { PersonSignals, TopGarment, Vec } from "../types.ts";
import type { Armholes } from "./armholes.ts";
import { onContour, setArmholes, shortShare, tipVOf } from "./armholes.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas, Layer } from "./canvas.ts";
import { emptyLayer, readMap, sharpenEdge } from "./canvas.ts";
import type { Cuff } from "./cuff.ts";
import { drawnCuff, reachedShare } from "./cuff.ts";
import type { Mesh } from "./draw-grid.ts";
import { drawGrid } from "./draw-grid.ts";
import type { NakedArm } from "./naked-arm.ts";
import { measureNakedArm } from "./naked-arm.ts";
import { followsBy, narrowNeckline, neckDepths, raise } from "./raise-neckline.ts";
import { shortSleeveMesh } from "./short-sleeve.ts";
import { layOver, sleeveMesh, sleeveShare } from "./warp-sleeve.ts";

const shoulderColumns = 6;
const neckColumns = 10;
const shoulderRows = 10;
/**
 * Shares of the arm: a worn sleeve that shows by more than that below the new one stays, as under a vest. An arm cannot
 * be believably invented, a layered look can be shown as it is.
 */
const mostShown = 0.03;
const leastWorn = 0.2;
/** how much more or less of the length than its even share the upper part of the trunk may take */
const stretches = [0.75, 1.35] as const;

export interface TopPlacement {
  layer: Layer;
  /** v of the hem and of the armpits, torso lengths below the shoulders */
  hemV: number;
  armpitV: number;
  /** per side: share of the arm that the sleeve covers, 0 without one */
  cover: readonly [number, number];
  /** per side: the edge of the drawn cuff; null without a sleeve and for one that covers the whole arm */
  cuffs: readonly [Cuff | null, Cuff | null];
  /** per side: the arm as it is under the worn sleeve */
  naked: readonly [NakedArm, NakedArm];
  neckHalf: number;
  /** the worn sleeves stay, as if the garment were worn over them */
  isLayered: boolean;
  warnings: string[];
}

interface Plan extends Armholes {
  hemV: number;
  tip: readonly [Vec, Vec];
  neckHalf: number;
}

/** v of the lowest row that the worn top covers around the axis. */
function oldHem(canvas: Canvas, body: BodyTarget) {
  let lowest = 0;
  for (let v = 0.5; v < 1.6; v += 0.02) {
    const { centre, across } = body.trunk(v);
    let covered = 0;
    for (let k = -14; k <= 14; k += 1) {
      const q = add(centre, scale(across, (k / 20) * body.half(v, k < 0 ? 0 : 1)));
      if (readMap(canvas, canvas.oldTop, q[0], q[1]) > 0.5) covered += 1;
    }
    if (covered / 29 > 0.35) lowest = v;
  }
  return lowest;
}

/** Sizes and places: by the shoulders across, by the garment's own length ratio down. */
function planTop(canvas: Canvas, garment: TopGarment, body: BodyTarget, warnings: string[]): Plan {
  const { frame, arms, shoulders: line, tipWidth } = body;
  const chest = distance(garment.armpit[0], garment.armpit[1]);
  const shoulders = distance(garment.shoulderTip[0], garment.shoulderTip[1]);
  const hasSleeve = garment.sleeveKind !== "none";
  const size = hasSleeve
    ? Math.min((tipWidth * 0.96) / shoulders, (frame.shoulderWidth * 1.14) / chest)
    : tipWidth / Math.max(shoulders, chest * 0.84);
  const tipY = (garment.shoulderTip[0][1] + garment.shoulderTip[1][1]) / 2;
  const armpitY = garment.rows[0]!.y;
  const deep = tipVOf(body) + ((armpitY - tipY) * size) / frame.torsoLength;
  const armpitV = hasSleeve ? clamp(deep, 0.19, 0.27) : clamp(deep, 0.2, 0.34);
  const neckY = (garment.neck[0][1] + garment.neck[1][1]) / 2;
  const ratio = (garment.hemY - neckY) / Math.max(chest, shoulders * 0.95);
  const wanted = clamp(1.02 + (ratio - 1.25) * (ratio < 1.25 ? 0.75 : 0.16), 0.5, 1.3);
  const old = oldHem(canvas, body);
  let hemV = wanted;
  if (wanted < old + 0.01 && old - wanted < 0.35) {
    hemV = old + 0.015;
    if (hemV - wanted > 0.06) warnings.push("garment_lengthened_to_cover_original");
  } else if (wanted < old) warnings.push("original_garment_visible_below_hem");
  // a neckline narrower than the neck is pulled on over it
  const neckHalf = clamp(
    Math.max(
      narrowNeckline(canvas, body, ((garment.neck[1][0] - garment.neck[0][0]) / 2) * size),
      line.neckHalf * 1.04,
    ),
    frame.shoulderWidth * 0.14,
    tipWidth * 0.44,
  );
  const tip = arms.map((arm, k) => {
    if (hasSleeve) return arm.tip;
    const share = clamp((Math.abs(garment.shoulderTip[k]![0] - garment.axisX) * size) / (tipWidth / 2), 0.3, 1);
    return line.at(k as 0 | 1, (tipWidth / 2) * share - arm.side * line.neckAt);
  }) as [Vec, Vec];
  hemV = Math.min(hemV, 1.75);
  const short = ([0, 1] as const).map((k) => shortShare(garment, body, k, hemV)) as [number | null, number | null];
  return { scale: size, hemV, armpitV, tip, neckHalf, short };
}

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

function trunkMesh(
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
  const middle = shoulderColumns + neckColumns / 2;
  const depths = neckDepths(
    canvas,
    garment.raster,
    [sourceLine[middle]!, armpitSource[middle]!],
    [targetLine[middle]!, armpitTarget[middle]!],
  );
  // shoulders and sides stay where they are
  const raised = (u: number) => smooth(1, shareOf(u), Math.abs(u));
  for (let j = 0; j < shoulderRows; j += 1) {
    const f = j / shoulderRows;
    mesh.source.push(us.map((_, c) => mix(sourceLine[c]!, armpitSource[c]!, f)));
    mesh.target.push(us.map((u, c) => mix(targetLine[c]!, armpitTarget[c]!, lerp(f, raise(f, depths), raised(u)))));
  }
  const lift = followsBy(depths) * distance(targetLine[middle]!, armpitTarget[middle]!);
  for (const [j, { row, centre, across, reach }] of rows.entries()) {
    const overshoot = j < 2 ? 1 : 1.03;
    mesh.source.push(
      us.map((u, c): Vec => (j === 0 ? armpitSource[c]! : [lerp(row.left, row.right, (u * overshoot + 1) / 2), row.y])),
    );
    const rise = -lift * (1 - j / (rows.length - 1)) ** 2;
    mesh.target.push(
      us.map((u) =>
        add(
          add(centre, scale(across, u * overshoot * (u < 0 ? reach[0] : reach[1]))),
          scale(body.frame.down, rise * raised(u)),
        ),
      ),
    );
  }
  // a little beyond the hem, so that its edge is drawn whole
  mesh.source.push(mesh.source.at(-1)!.map((q): Vec => [q[0], q[1] + 6]));
  mesh.target.push(mesh.target.at(-1)!.map((q) => add(q, scale(body.frame.down, 6 * plan.scale))));
  return { mesh, armpits };
}

const isShowing = (worn: number, cover: number) => cover < 0.9 && worn > leastWorn && worn - cover > mostShown;

/** Draws a top on the person. */
export function warpTop(
  canvas: Canvas,
  product: TopGarment,
  body: BodyTarget,
  { wornSleeve }: Pick<PersonSignals, "wornSleeve">,
): TopPlacement {
  const warnings: string[] = [];
  const plan = planTop(canvas, product, body, warnings);
  const garment = setArmholes(product, body, plan);
  const layer = emptyLayer(canvas);
  const { mesh, armpits } = trunkMesh(canvas, garment, body, plan);
  drawGrid(canvas, layer, garment.raster, mesh);
  const cuffs: [Cuff | null, Cuff | null] = [null, null];
  const cover = ([0, 1] as const).map((k) => {
    const strip = garment.sleeves[k];
    if (!strip) return 0;
    const short = plan.short[k];
    const frac = short ?? sleeveShare(product, strip);
    const root = [garment.shoulderTip[k], garment.armpit[k]] as const;
    const sleevePlan = { arm: body.arms[k], strip, armpit: armpits[k], root, frac };
    const strips =
      short === null
        ? sleeveMesh(canvas, body, plan.scale, sleevePlan)
        : shortSleeveMesh(canvas, body, plan.scale, sleevePlan, product.shoulderTip[k]);
    workspace(() => {
      const sleeve = emptyLayer(canvas);
      drawGrid(canvas, sleeve, garment.raster, strips, short === null ? strip.alpha : undefined);
      layOver(canvas, layer, sleeve, short === null ? body.arms[k] : null, body.frame.shoulderWidth);
    });
    if (frac < 1) cuffs[k] = drawnCuff(strips);
    return frac >= 1 ? 1 : reachedShare(body, body.arms[k], strips);
  }) as [number, number];
  sharpenEdge(layer);
  const naked = [measureNakedArm(canvas, body, body.arms[0]), measureNakedArm(canvas, body, body.arms[1])] as const;
  const { hemV, armpitV, neckHalf } = plan;
  const isLayered = wornSleeve.every((worn, k) => isShowing(worn, cover[k]!));
  if (isLayered) warnings.push("original_sleeves_kept");
  return { layer, hemV, armpitV, cover, cuffs, naked, neckHalf, isLayered, warnings };
}
