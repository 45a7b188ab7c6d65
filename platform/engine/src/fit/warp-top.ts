/** A top's trunk as a mesh on the person, its sleeves laid over. */
import { workspace } from "../raster/memory.ts";
import { add, clamp, distance, scale } from "../raster/scalars.ts";
import type { PersonSignals, TopGarment, Vec } from "../types.ts";
import type { Armholes } from "./armholes.ts";
import { setArmholes, shortSleeves, tipVOf } from "./armholes.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas, Layer } from "./canvas.ts";
import { emptyLayer, readMap, sharpenEdge } from "./canvas.ts";
import type { Cuff } from "./cuff.ts";
import { drawnCuff, reachedShare } from "./cuff.ts";
import { drawGrid } from "./draw-grid.ts";
import type { NakedArm } from "./naked-arm.ts";
import { measureNakedArm } from "./naked-arm.ts";
import { narrowNeckline } from "./raise-neckline.ts";
import { shortSleeveMesh } from "./short-sleeve.ts";
import { castShadow } from "./sleeve-shadow.ts";
import { layOver, sleeveMesh, sleeveShare } from "./warp-sleeve.ts";
import { trunkMesh } from "./warp-trunk.ts";

/**
 * Shares of the arm: a worn sleeve that shows by more than that below the new one stays, as under a vest. An arm cannot
 * be believably invented, a layered look can be shown as it is.
 */
const mostShown = 0.03;
const leastWorn = 0.2;

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

/** Where a top goes on a body. */
export interface Plan extends Armholes {
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
  const short = shortSleeves(garment, body, hemV);
  return { scale: size, hemV, armpitV, tip, neckHalf, short };
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
      if (short !== null) castShadow(canvas, layer, sleeve, { tip: body.arms[k].tip, armpit: armpits[k] }, body.frame);
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
