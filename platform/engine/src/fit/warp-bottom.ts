/** Trousers, shorts or a skirt as meshes on the person. */
import { medianLab } from "../person/color-model.ts";
import { deltaE, toLab } from "../raster/color.ts";
import { workspace } from "../raster/memory.ts";
import { add, clamp, distance, lerp, scale, segmentDistance, smooth, unit } from "../raster/scalars.ts";
import type { BottomGarment, PersonAnalysis, Vec } from "../types.ts";
import { EngineProblem } from "../types.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas, Layer } from "./canvas.ts";
import { bleedColors, emptyLayer, sharpenEdge, smoothOutline } from "./canvas.ts";
import { closeBottomGaps } from "./close-gaps.ts";
import { drawGrid } from "./draw-grid.ts";
import type { Leg, LowerBody } from "./measure-legs.ts";
import { evenEdges, findAnkleEnd, findEdge, isArm, measureLowerBody, nearLeg } from "./measure-legs.ts";
import { trimWaist } from "./trim-waist.ts";
import type { HipLine } from "./warp-legs.ts";
import { drawLegs } from "./warp-legs.ts";
import type { WaistLine } from "./worn-waist.ts";
import { placeWaist } from "./worn-waist.ts";

const columns = 12;
/** how far below the hip joints the legs part, share of the thigh */
const crotchDepth = 0.24;
/** torso lengths below the shoulders where the hips end */
const hipEnd = 1.22;
/** how far cloth grows to cover: hips, between the legs, beside them, and over loose worn cloth; shoulder widths */
const hipReach = 0.16;
const innerReach = 0.2;
const outerReach = 0.06;
const looseReach = 0.02;
/** CIE Lab distance within which a pixel at the hips is the worn bottom and not a sleeve beside it */
const sameCloth = 30;
/** shoulder widths: on a bare thigh only what is close to the hand's own bones is hand */
const slimHand = 0.1;
/** of a usual leg's half-width: skin so near to its line is leg */
const bareReach = 2.2;
/** shoulder widths: finer features of the outline are errors of labels and meshes */
const outlineGrain = 0.008;

export interface BottomPlacement {
  layer: Layer;
  /** the lowest row it covers: below trousers are shoes, whatever their label */
  lowest: number;
  /** cloth grown over worn cloth, shoulder widths squared */
  filled: number;
  /** CIE Lab of the worn bottom, null when too little of it is seen, and of the new one */
  wornLab: readonly [number, number, number] | null;
  meanLab: readonly [number, number, number];
  /** it covers the legs down to the ankles: beside it there is no skin */
  isWhole: boolean;
  /** distance from the nearer leg in its own radius: below 1 is inside */
  legShare: (x: number, y: number) => number;
  /** the same where the leg is bare: only there can skin beside a hand be thigh */
  thighShare: (x: number, y: number) => number;
}

/** Half-widths of the hips from waist to crotch (or a skirt's hem) by the person's own outline. */
function hipRows(
  canvas: Canvas,
  body: BodyTarget,
  { hipWidth }: LowerBody,
  garment: BottomGarment,
  waist: WaistLine,
  endV: number,
): HipLine[] {
  const { frame } = body;
  const first = garment.rows[0]!;
  const last = garment.rows.at(-1)!;
  const waistWidth = first.right - first.left;
  const rows = garment.rows.map((row) => {
    const f = (row.y - first.y) / Math.max(1, last.y - first.y);
    const v = lerp(waist.at, endV, f);
    // a waist that falls to one side evens out down to the hips
    const fall = waist.slope * (1 - f) * frame.torsoLength;
    const { centre, across } = body.trunk(v);
    const half = body.expectedHalf(v);
    const tilted = unit(add(scale(across, half), scale(frame.down, fall)));
    return { row, v, centre, across: tilted, grow: (row.right - row.left) / waistWidth };
  });
  const nominal = rows.map(({ v }) => hipWidth * lerp(0.72, 0.92, clamp((v - 0.9) / 0.2)));
  const isSkirt = garment.shape === "skirt";
  const halves = ([-1, 1] as const).map((side) => {
    const edges = rows.map(({ centre, across }, k) =>
      findEdge(canvas, body, centre, scale(across, side), nominal[k]! * 0.45, nominal[k]! * 1.7),
    );
    const even = evenEdges(edges, nominal, isSkirt ? 0.8 : 0.6, 1.5);
    // a skirt keeps its own flare, trousers follow the body
    return even.map((half, k) =>
      isSkirt ? Math.max(half * 1.03, nominal[0]! * 0.95 * rows[k]!.grow) : half * 1.02 + 1,
    );
  });
  return rows.map(({ row, centre, across }, k) => ({ row, centre, across, halves: [halves[0]![k]!, halves[1]![k]!] }));
}

function drawHips(canvas: Canvas, layer: Layer, garment: BottomGarment, rows: HipLine[]) {
  const us = Array.from({ length: columns + 1 }, (_, c) => (-1 + (2 * c) / columns) * 1.02);
  drawGrid(canvas, layer, garment.raster, {
    source: rows.map(({ row }) => us.map((u): Vec => [lerp(row.left, row.right, (u + 1) / 2), row.y])),
    target: rows.map(({ centre, across, halves }) =>
      us.map((u) => add(centre, scale(across, u * (u < 0 ? halves[0] : halves[1])))),
    ),
  });
}

/** x of the leg's line in row y. */
function legAt({ hip, knee, ankle }: Leg, y: number) {
  const [from, to] = y < knee[1] ? [hip, knee] : [knee, ankle];
  return lerp(from[0], to[0], clamp((y - from[1]) / Math.max(1, to[1] - from[1])));
}

function lowestDrawn({ width }: Canvas, { alpha }: Layer) {
  for (let i = alpha.length - 1; i >= 0; i -= 1) if (alpha[i]! > 0.9) return Math.floor(i / width);
  return 0;
}

/** The worn bottom's colour; null when too little of it is seen. */
function wornColor({ rgb, oldBottom }: Canvas) {
  const samples: number[] = [];
  for (let i = 0; i < oldBottom.length; i += 13)
    if (oldBottom[i]! > 0.95) samples.push(...toLab(rgb[i * 3]!, rgb[i * 3 + 1]!, rgb[i * 3 + 2]!));
  return medianLab(samples, 30);
}

/** What a bottom must cover: worn cloth at the hips and between touching legs, and the bare legs it is drawn over. */
function bottomWish(canvas: Canvas, body: BodyTarget, { legs, isLoose, bareFrom }: LowerBody) {
  const { frame } = body;
  const color = wornColor(canvas);
  const isWornColor = (i: number) =>
    color !== null &&
    deltaE(toLab(canvas.rgb[i * 3]!, canvas.rgb[i * 3 + 1]!, canvas.rgb[i * 3 + 2]!), color) < sameCloth;
  return (i: number) => {
    const x = i % canvas.width;
    const y = Math.floor(i / canvas.width);
    const t =
      ((x - frame.midShoulder[0]) * frame.down[0] + (y - frame.midShoulder[1]) * frame.down[1]) / frame.torsoLength;
    // skin beside clothed legs is hand
    const isBare = t > 1 && y > bareFrom && canvas.skin[i]! > 0.5 && nearLeg(legs, x, y) < bareReach;
    const want = smooth(0.2, 0.6, (isBare ? canvas.skin[i]! : canvas.oldBottom[i]!) * canvas.person[i]!);
    if (want === 0) return null;
    if (isBare) return isArm(canvas, body, [x, y], slimHand) ? null : { want, reach: outerReach };
    // the label runs over into the scene between hand and hip
    if (!isWornColor(i)) return { want, reach: looseReach };
    if (t < hipEnd) return { want, reach: hipReach };
    const [left, right] = [legAt(legs[0], y), legAt(legs[1], y)];
    const isBetween = x > Math.min(left, right) && x < Math.max(left, right);
    return { want, reach: isLoose ? looseReach : isBetween ? innerReach : outerReach };
  };
}

function drawTrousers(
  canvas: Canvas,
  layer: Layer,
  garment: BottomGarment,
  body: BodyTarget,
  lower: LowerBody,
  waist: WaistLine,
) {
  const { legs, hipWidth } = lower;
  const waistWidth = garment.waist[1][0] - garment.waist[0][0];
  const crotchV = 1 + (distance(legs[0].hip, legs[0].knee) * crotchDepth) / body.frame.torsoLength;
  const rows = hipRows(canvas, body, lower, garment, waist, crotchV);
  const share = Math.max(...garment.legs!.map((strip) => strip.length / waistWidth));
  const ankles = Math.max(...legs.map((leg) => findAnkleEnd(canvas, leg)));
  const endF =
    garment.shape === "trousers" ? ankles + 0.02 : clamp((share * hipWidth * 1.55) / legs[0].length + 0.2, 0.3, 0.62);
  return drawLegs(canvas, layer, garment, rows, lower, endF);
}

/** Draws a bottom on the person; legs that the frame cuts are drawn as far as it shows them. */
export function warpBottom(
  canvas: Canvas,
  garment: BottomGarment,
  body: BodyTarget,
  person: PersonAnalysis,
  worn: WaistLine | null,
): BottomPlacement {
  const layer = emptyLayer(canvas);
  const lower = measureLowerBody(canvas, body, person);
  const { legs } = lower;
  const { frame } = body;
  const legLength = legs[0].length;
  const waist = placeWaist(worn);
  let spare: Uint8Array | null = null;
  if (garment.shape === "skirt") {
    const own = (garment.hemY - garment.waist[0][1]) / (garment.waist[1][0] - garment.waist[0][0]);
    const wanted = Math.min(own * lower.hipWidth * 1.55, legLength * 0.98 + frame.torsoLength * 0.1);
    const endV = 0.9 + wanted / frame.torsoLength;
    drawHips(canvas, layer, garment, hipRows(canvas, body, lower, garment, waist, endV));
  } else if (lower.isSkirtWorn) {
    // what is behind a skirt's sides and where its legs are would both have to be guessed
    throw new EngineProblem("preview_not_reliable", "trousers over a skirt");
  } else spare = drawTrousers(canvas, layer, garment, body, lower, waist);
  sharpenEdge(layer);
  const lowest = lowestDrawn(canvas, layer);
  const wish = bottomWish(canvas, body, lower);
  const filled = workspace(() => closeBottomGaps(canvas, layer, frame.shoulderWidth, lowest, spare, wish));
  // a skirt has a flare of its own
  if (garment.shape !== "skirt") workspace(() => trimWaist(canvas, layer, frame, waist.at));
  bleedColors(canvas, layer);
  workspace(() => smoothOutline(canvas, layer, Math.max(1.2, frame.shoulderWidth * outlineGrain)));
  const shareOf = ({ hip, knee, ankle }: Leg, x: number, y: number) =>
    Math.min(
      segmentDistance(x, y, hip, knee) / (legLength * 0.095),
      segmentDistance(x, y, knee, ankle) / (legLength * 0.062),
    );
  const legShare = (x: number, y: number) => Math.min(shareOf(legs[0], x, y), shareOf(legs[1], x, y));
  const isWhole = garment.shape === "trousers";
  const thighShare = (x: number, y: number) => (y > lower.bareFrom ? legShare(x, y) : Number.POSITIVE_INFINITY);
  return { layer, lowest, filled, legShare, thighShare, isWhole, wornLab: wornColor(canvas), meanLab: garment.meanLab };
}
