import { clamp, distance, lerp } from "../raster/scalars.ts";
import type { TopGarment, TrunkRow, Vec } from "../types.ts";
import { EngineProblem } from "../types.ts";
import type { CutOut } from "./cut-out.ts";
import { cutNeckline } from "./find-neckline.ts";
import type { Side } from "./find-side.ts";
import { findSides } from "./find-side.ts";
import { agreeStrips, findStrip } from "./find-strip.ts";
import { findTip } from "./find-tip.ts";
import { medianColor, toRasterWithAlpha } from "./finish.ts";
import { measureFineEnds } from "./measure-fine-ends.ts";
import type { Silhouette } from "./silhouette.ts";
import { describeSilhouette } from "./silhouette.ts";
import { softenFolds } from "./soften-folds.ts";
import { traceSleeve } from "./trace-sleeve.ts";

const rowCount = 25;
const minConfidence = 0.5;
/** in chest widths: longer than that, or long and flaring, is a dress */
const maxLength = 2.6;
const maxFlaringLength = 1.9;
const maxFlare = 1.4;
/** a trunk that narrows towards its end is swimwear or a bodysuit */
const minTaper = 0.72;
const minSymmetry = 0.9;
/** Lab units; studio grounds stay below it */
const maxEvenSpread = 8;
/** of the trunk's length: a longer sleeve is long; share of the height at which the armhole of one may end */
const longSleeve = 0.62;
const deepestArmhole = 0.37;
const minStrap = 0.11;
/** share of the height over which cloth may hang free beside a sleeveless trunk */
const maxLoose = 0.06;

/** Side neck point of one side, from the top contour. */
function neckPoint(shape: Silhouette, { armpit, hasSleeve }: Side, side: -1 | 1): Vec {
  const half = Math.abs(armpit[0] - shape.axis);
  const height = shape.bottom - shape.top;
  let bestY = Number.POSITIVE_INFINITY;
  let x = shape.axis + side * half * 0.4;
  for (let d = half * 0.12; d < half * 0.85; d += 1) {
    const y = shape.topAt(shape.axis + side * d);
    if (y >= bestY - 0.5) continue;
    bestY = y;
    x = shape.axis + side * d;
  }
  // out along a flat collar until the contour falls; a strap's flat top is its shoulder
  while (hasSleeve && Math.abs(x - shape.axis) < half * 0.8 && shape.topAt(x + side) - bestY < height * 0.012)
    x += side;
  return [x, shape.topAt(x)];
}

/** The outer end of a strap that begins at the neck. */
function strapTip(shape: Silhouette, { armpit }: Side, [neckX]: Vec): Vec {
  const side = Math.sign(armpit[0] - shape.axis);
  let tipX = neckX;
  for (let x = neckX; Math.abs(x - shape.axis) < Math.abs(armpit[0] - shape.axis); x += side) {
    if (shape.topAt(x) - shape.topAt(tipX) > (shape.bottom - shape.top) * 0.035) break;
    tipX = x;
  }
  return [tipX, shape.topAt(tipX)];
}

/** Side neck point and shoulder tip of both sides. */
function shoulderPoints(shape: Silhouette, sides: readonly [Side, Side]) {
  const necks = [neckPoint(shape, sides[0], -1), neckPoint(shape, sides[1], 1)] as const;
  const neckShare = (necks[1][0] - necks[0][0]) / (sides[1].armpit[0] - sides[0].armpit[0]);
  const pointsOf = (k: 0 | 1) => {
    const [side, neck] = [sides[k], necks[k]];
    return { neck, tip: side.hasSleeve ? findTip(shape, neck, side.armpit, neckShare) : strapTip(shape, side, neck) };
  };
  return [pointsOf(0), pointsOf(1)] as const;
}

/** The last row that is filled over the middle of the chest: a tie or a tail below it is not the hem. */
function findHem(shape: Silhouette, [left, right]: readonly [Side, Side]) {
  if (!left.hasSleeve) return shape.bottom;
  const from = left.armpit[0] + (right.armpit[0] - left.armpit[0]) * 0.25;
  const to = right.armpit[0] - (right.armpit[0] - left.armpit[0]) * 0.25;
  for (let y = shape.bottom; y > shape.top + (shape.bottom - shape.top) * 0.3; y -= 1) {
    let filled = 0;
    let all = 0;
    for (let x = from; x < to; x += 3) {
      all += 1;
      if (shape.has(Math.round(x), y)) filled += 1;
    }
    if (filled / Math.max(1, all) > 0.5) return y;
  }
  return shape.bottom;
}

function trunkRows(shape: Silhouette, [left, right]: readonly [Side, Side], hemY: number): TrunkRow[] {
  const limit = (shape.right - shape.left) * 0.025;
  const start = Math.max(left.armpit[1], right.armpit[1]);
  const inner = (side: Side, y: number, x: number) => (side.gapY !== null && y < side.gapY ? side.armpit[0] : x);
  let previous = { left: left.armpit[0], right: right.armpit[0] };
  return Array.from({ length: rowCount }, (_, k) => {
    const y = lerp(start, hemY - 1, k / (rowCount - 1));
    const run = shape.run(y);
    const wanted = { left: inner(left, y, run.left), right: inner(right, y, run.right) };
    if (k > 0) {
      previous = {
        left: clamp(wanted.left, previous.left - limit, previous.left + limit),
        right: clamp(wanted.right, previous.right - limit, previous.right + limit),
      };
    }
    return { y, ...previous };
  });
}

/** Everything outside the line tip-armpit on one side. */
function sleeveRegion(shape: Silhouette, side: Side, tip: Vec, direction: -1 | 1): Uint8Array {
  const region = new Uint8Array(shape.width * shape.height);
  const [armpitX, armpitY] = side.armpit;
  for (let y = shape.top; y <= shape.bottom; y += 1) {
    const t = clamp((y - tip[1]) / (armpitY - tip[1] + 1e-6));
    const border = lerp(tip[0], armpitX, t);
    const run = shape.run(y);
    const trunkEdge = side.gapY !== null && y < side.gapY ? armpitX : direction < 0 ? run.left : run.right;
    const edge = y > armpitY ? trunkEdge : border;
    for (let x = shape.left; x <= shape.right; x += 1) {
      if ((x - edge) * direction > 0 && shape.has(x, y)) region[y * shape.width + x] = 1;
    }
  }
  return region;
}

/** Width of the narrower strap, a little below the shoulder. */
function strapWidth(shape: Silhouette, leftY: number, rightY: number): number {
  const down = (shape.bottom - shape.top) * 0.06;
  const widthFrom = (y: number, direction: -1 | 1) => {
    let x = direction > 0 ? shape.left : shape.right;
    while (x > shape.left - 1 && x < shape.right + 1 && !shape.has(x, y)) x += direction;
    const from = x;
    while (shape.has(x, y)) x += direction;
    return Math.abs(x - from);
  };
  return Math.min(widthFrom(Math.round(leftY + down), 1), widthFrom(Math.round(rightY + down), -1));
}

/** Share of the height at which cloth hangs beside the trunk, apart from it, or below its end. */
function looseShare(shape: Silhouette, fromY: number): number {
  let loose = 0;
  for (let y = Math.round(fromY); y < shape.bottom; y += 1) {
    const run = shape.run(y);
    const isOpen = !shape.has(Math.round(shape.axis), y);
    if (isOpen || run.left - run.outerLeft > 3 || run.outerRight - run.right > 3) loose += 1;
  }
  return loose / (shape.bottom - shape.top);
}

interface Judged {
  shape: Silhouette;
  sides: readonly [Side, Side];
  points: readonly [{ neck: Vec; tip: Vec }, { neck: Vec; tip: Vec }];
  hemY: number;
  neckConfidence: number;
  clarity: number;
  groundSpread: number;
  /** length of the longer sleeve in lengths of the trunk */
  sleeveShare: number;
}

/** How sure the reading is; throws garment_shape_unsupported for shapes that the fit cannot draw. */
function judge({ shape, sides, points, hemY, neckConfidence, clarity, groundSpread, sleeveShare }: Judged) {
  const chest = distance(sides[0].armpit, sides[1].armpit);
  const neckY = (points[0].neck[1] + points[1].neck[1]) / 2;
  const length = (hemY - neckY) / chest;
  const refuse = (detail: string): never => {
    throw new EngineProblem("garment_shape_unsupported", detail);
  };
  // a lopsided cut from an uneven ground is the ground's fault: pieces of it came along
  if (shape.symmetry < minSymmetry && groundSpread > maxEvenSpread)
    throw new EngineProblem("garment_background_not_plain", `spread ${groundSpread.toFixed(1)}`);
  if (shape.symmetry < minSymmetry) refuse(`symmetry ${shape.symmetry.toFixed(2)}`);
  const widthAt = (share: number) => {
    const run = shape.run(lerp(neckY, hemY, share));
    return (run.right - run.left) / chest;
  };
  if (length > maxLength) refuse(`length ${length.toFixed(2)} of the chest`);
  if (length > maxFlaringLength && widthAt(0.9) > maxFlare) refuse(`flare ${widthAt(0.9).toFixed(2)}`);
  if (widthAt(0.9) < minTaper) refuse(`taper ${widthAt(0.9).toFixed(2)}`);
  if (length < 0.55) refuse(`too short: ${length.toFixed(2)}`);
  // a long sleeve that seems to begin so low is cut open above, or one with the trunk
  const depth = Math.max(...sides.map(({ armpit }, k) => armpit[1] - points[k]!.tip[1])) / (hemY - neckY);
  if (sleeveShare > longSleeve && depth > deepestArmhole) refuse(`armhole ${depth.toFixed(2)}`);
  if (!sides[0].hasSleeve) {
    const strap = strapWidth(shape, points[0].tip[1], points[1].tip[1]) / chest;
    if (strap < minStrap) refuse(`strap ${strap.toFixed(2)}`);
    const loose = looseShare(shape, Math.max(sides[0].armpit[1], sides[1].armpit[1]));
    if (loose > maxLoose) refuse(`loose cloth ${loose.toFixed(2)}`);
  }
  const viaScore = { gap: 1, concave: 0.85, sleeveless: 0.9, "gap-low": 0.6, mirror: 0.55 };
  const landmarks = Math.min(viaScore[sides[0].via], viaScore[sides[1].via]);
  const confidence = clamp(
    0.25 * landmarks + 0.3 * neckConfidence + 0.3 * clamp((shape.symmetry - 0.75) / 0.2) + 0.15 * clarity,
  );
  if (confidence < minConfidence) refuse(`confidence ${confidence.toFixed(2)}`);
  return confidence;
}

/** Reads a top. Throws garment_shape_unsupported. */
export function analyseTop(cut: CutOut): TopGarment {
  const shape = describeSilhouette(cut);
  const sides = findSides(shape);
  const points = shoulderPoints(shape, sides);
  const hemY = findHem(shape, sides);
  const rows = trunkRows(shape, sides, hemY);
  const strip = (k: 0 | 1) => {
    const region = sleeveRegion(shape, sides[k], points[k].tip, k === 0 ? -1 : 1);
    const found = findStrip(shape, region, points[k].tip, sides[k].armpit);
    const outline = found && traceSleeve(shape, points[k].tip, sides[k].armpit);
    return found && outline ? { ...found, outline } : found;
  };
  const sleeves = sides[0].hasSleeve ? agreeStrips([strip(0), strip(1)], shape.axis) : ([null, null] as const);
  // the silhouette above was read with the back still there: the cut comes last
  const neckline = cutNeckline(cut, shape, [points[0].neck, points[1].neck]);
  const trunkLength = Math.max(1, hemY - (points[0].tip[1] + points[1].tip[1]) / 2);
  const sleeveLength = Math.max(sleeves[0]?.length ?? 0, sleeves[1]?.length ?? 0);
  const confidence = judge({
    shape,
    sides,
    points,
    hemY,
    neckConfidence: neckline.confidence,
    clarity: cut.clarity,
    groundSpread: cut.groundSpread,
    sleeveShare: sleeveLength / trunkLength,
  });
  const meanLab = medianColor(cut);
  const raster = toRasterWithAlpha(cut, meanLab);
  const shoulderTip = [points[0].tip, points[1].tip] as const;
  const armpit = [sides[0].armpit, sides[1].armpit] as const;
  const isLong = sleeveLength / trunkLength > longSleeve;
  if (!isLong) softenFolds(raster, { axisX: shape.axis, neck: neckline.neck, shoulderTip, armpit, sleeves });
  return {
    kind: "top",
    raster,
    axisX: shape.axis,
    meanLab,
    signals: {
      confidence,
      symmetry: shape.symmetry,
      opening: neckline.confidence,
      via: [sides[0].via, sides[1].via],
      fineEnds: measureFineEnds(cut, sleeves),
    },
    sleeveKind: sleeveLength === 0 ? "none" : isLong ? "long" : "short",
    neck: neckline.neck,
    neckFront: neckline.front,
    shoulderTip,
    armpit,
    hemY,
    rows,
    sleeves,
  };
}
