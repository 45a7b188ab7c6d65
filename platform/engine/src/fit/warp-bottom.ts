/** Trousers, shorts or a skirt as meshes on the person. */
import { medianLab } from "../person/color-model.ts";
import { deltaE, toLab } from "../raster/color.ts";
import { workspace } from "../raster/memory.ts";
import { add, clamp, distance, lerp, mix, scale, segmentDistance, smooth, unit } from "../raster/scalars.ts";
import type { BottomGarment, LimbStrip, PersonAnalysis, TrunkRow, Vec } from "../types.ts";
import { EngineProblem } from "../types.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas, Layer } from "./canvas.ts";
import { emptyLayer, readMap, sharpenEdge } from "./canvas.ts";
import { closeBottomGaps } from "./close-gaps.ts";
import { drawGrid } from "./draw-grid.ts";
import type { Leg, LegSection, LowerBody } from "./measure-legs.ts";
import { evenEdges, findEdge, isArm, legRows, measureLowerBody, nearLeg } from "./measure-legs.ts";

const columns = 12;
const usualWaist = 0.9;
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

export interface BottomPlacement {
  layer: Layer;
  /** cloth grown over worn cloth, shoulder widths squared */
  filled: number;
  /** CIE Lab of the worn bottom, null when too little of it is seen, and of the new one */
  wornLab: readonly [number, number, number] | null;
  meanLab: readonly [number, number, number];
  /** distance from the nearer leg in its own radius: below 1 is inside */
  legShare: (x: number, y: number) => number;
}

/** v of the worn bottom's waist around the axis, or where a waist usually is. */
function findWaist(canvas: Canvas, body: BodyTarget) {
  for (let v = 0.5; v < usualWaist; v += 0.01) {
    const { centre, across } = body.trunk(v);
    let covered = 0;
    for (let k = -8; k <= 8; k += 1) {
      const q = add(centre, scale(across, (k / 10) * body.half(v, k < 0 ? 0 : 1)));
      if (readMap(canvas, canvas.oldBottom, q[0], q[1]) > 0.4) covered += 1;
    }
    // a sliver above the worn waist lies behind the top or covers its edge
    if (covered >= 3) return v - 0.02;
  }
  return usualWaist;
}

interface HipRow {
  row: TrunkRow;
  centre: Vec;
  across: Vec;
  halves: [number, number];
}

/** Half-widths of the hips from waist to crotch (or a skirt's hem) by the person's own outline. */
function hipRows(
  canvas: Canvas,
  body: BodyTarget,
  { hipWidth }: LowerBody,
  garment: BottomGarment,
  waistV: number,
  endV: number,
): HipRow[] {
  const first = garment.rows[0]!;
  const last = garment.rows.at(-1)!;
  const waistWidth = first.right - first.left;
  const rows = garment.rows.map((row) => {
    const f = (row.y - first.y) / Math.max(1, last.y - first.y);
    const v = lerp(waistV, endV, f);
    return { row, v, ...body.trunk(v), grow: (row.right - row.left) / waistWidth };
  });
  const nominal = rows.map(({ v }) => hipWidth * lerp(0.72, 0.92, clamp((v - 0.9) / 0.2)));
  const isSkirt = garment.shape === "skirt";
  const halves = ([-1, 1] as const).map((side) => {
    const edges = rows.map(({ centre, across }, k) =>
      findEdge(canvas, body, centre, scale(across, side), nominal[k]! * 0.6, nominal[k]! * 1.7),
    );
    const even = evenEdges(edges, nominal, 0.8, 1.5);
    // a skirt keeps its own flare, trousers follow the body
    return even.map((half, k) =>
      isSkirt ? Math.max(half * 1.03, nominal[0]! * 0.95 * rows[k]!.grow) : half * 1.02 + 1,
    );
  });
  return rows.map(({ row, centre, across }, k) => ({ row, centre, across, halves: [halves[0]![k]!, halves[1]![k]!] }));
}

function drawHips(canvas: Canvas, layer: Layer, garment: BottomGarment, rows: HipRow[]) {
  const us = Array.from({ length: columns + 1 }, (_, c) => (-1 + (2 * c) / columns) * 1.02);
  drawGrid(canvas, layer, garment.raster, {
    source: rows.map(({ row }) => us.map((u): Vec => [lerp(row.left, row.right, (u + 1) / 2), row.y])),
    target: rows.map(({ centre, across, halves }) =>
      us.map((u) => add(centre, scale(across, u * (u < 0 ? halves[0] : halves[1])))),
    ),
  });
}

/** The measured section at f, 0 hip to 1 ankle and a little beyond. */
function sectionAt(sections: LegSection[], f: number): LegSection {
  const at = clamp(f) * legRows;
  const [a, b] = [sections[Math.floor(at)]!, sections[Math.ceil(at)]!];
  const t = at % 1;
  return {
    centre: mix(a.centre, b.centre, t),
    outward: unit(mix(a.outward, b.outward, t)),
    outer: lerp(a.outer, b.outer, t),
    inner: lerp(a.inner, b.inner, t),
  };
}

interface LegPlan {
  strip: LimbStrip;
  leg: Leg;
  sections: LegSection[];
  root: { outer: Vec; inner: Vec };
  endF: number;
}

function drawLeg(canvas: Canvas, layer: Layer, garment: BottomGarment, { strip, leg, sections, root, endF }: LegPlan) {
  const source: Vec[][] = [];
  const target: Vec[][] = [];
  const startF = clamp(distance(leg.hip, mix(root.outer, root.inner, 0.5)) / leg.length, 0, 0.4);
  const last = strip.sections.length - 1;
  const firstHalf = distance(root.outer, root.inner) / 2;
  for (const [j, section] of strip.sections.entries()) {
    const f = lerp(startF, endF, j / last);
    const { centre, outward, outer, inner } = sectionAt(sections, f);
    const own = (section.outerHalf / strip.sections[0]!.outerHalf) * firstHalf;
    const wide = Math.max(outer * 1.04 + 1, Math.min(own, outer * 1.25));
    // below a knee legs stand apart: cloth may be as wide on the inner side
    const narrow = Math.max(inner * 1.02 + 1, Math.min(own, inner * lerp(1, 1.2, clamp((f - 0.4) / 0.3))));
    const blend = clamp(j / 3);
    const outerAt = mix(root.outer, add(centre, scale(outward, wide)), blend);
    const innerAt = mix(root.inner, add(centre, scale(outward, -narrow)), blend);
    const steps = [-0.03, 0, 0.25, 0.5, 0.75, 1, 1.03];
    const at = (q: Vec, direction: Vec, by: number): Vec => add(q, scale(direction, by));
    const sourceOuter = at(section.centre, section.outer, section.outerHalf);
    const sourceInner = at(section.centre, section.outer, -section.innerHalf);
    source.push(steps.map((e) => mix(sourceOuter, sourceInner, e)));
    target.push(steps.map((e) => mix(outerAt, innerAt, e)));
  }
  drawGrid(canvas, layer, garment.raster, { source, target });
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
function bottomWish(canvas: Canvas, body: BodyTarget, { legs, isLoose }: LowerBody, hemT: number) {
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
    // cloth below the worn top's hem is the worn bottom's, whatever its label
    const cloth = Math.max(canvas.oldBottom[i]!, t > hemT + 0.08 ? canvas.oldTop[i]! : 0);
    const isBare = t > 1 && canvas.skin[i]! > 0.5 && nearLeg(legs, x, y) < 1.15;
    const want = smooth(0.2, 0.6, isBare ? canvas.skin[i]! : cloth);
    if (want === 0) return null;
    if (isBare) return isArm(canvas, body, [x, y]) ? null : { want, reach: outerReach };
    if (t < hipEnd) return { want, reach: isWornColor(i) ? hipReach : outerReach };
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
  waistV: number,
) {
  const { legs, hipWidth } = lower;
  const waistWidth = garment.waist[1][0] - garment.waist[0][0];
  const crotchV = 1 + (distance(legs[0].hip, legs[0].knee) * crotchDepth) / body.frame.torsoLength;
  const rows = hipRows(canvas, body, lower, garment, waistV, crotchV);
  drawHips(canvas, layer, garment, rows);
  const low = rows.at(-1)!;
  const share = Math.max(...garment.legs!.map((strip) => strip.length / waistWidth));
  const endF = garment.shape === "trousers" ? 1.02 : clamp((share * hipWidth * 1.55) / legs[0].length + 0.2, 0.3, 0.62);
  for (const k of [0, 1] as const) {
    const outer = add(low.centre, scale(low.across, k === 0 ? -low.halves[0] : low.halves[1]));
    const plan = { strip: garment.legs![k], leg: legs[k], sections: lower.sections[k], endF };
    drawLeg(canvas, layer, garment, { ...plan, root: { outer, inner: low.centre } });
  }
}

/** Draws a bottom on the person; legs that the frame cuts are drawn as far as it shows them. */
export function warpBottom(
  canvas: Canvas,
  garment: BottomGarment,
  body: BodyTarget,
  person: PersonAnalysis,
): BottomPlacement {
  const layer = emptyLayer(canvas);
  const lower = measureLowerBody(canvas, body, person);
  const { legs } = lower;
  const { frame } = body;
  const legLength = legs[0].length;
  const waistV = findWaist(canvas, body);
  if (garment.shape === "skirt") {
    const own = (garment.hemY - garment.waist[0][1]) / (garment.waist[1][0] - garment.waist[0][0]);
    const wanted = Math.min(own * lower.hipWidth * 1.55, legLength * 0.98 + frame.torsoLength * 0.1);
    const endV = 0.9 + wanted / frame.torsoLength;
    drawHips(canvas, layer, garment, hipRows(canvas, body, lower, garment, waistV, endV));
  } else if (lower.isSkirtWorn) {
    // what is behind a skirt's sides and where its legs are would both have to be guessed
    throw new EngineProblem("preview_not_reliable", "trousers over a skirt");
  } else drawTrousers(canvas, layer, garment, body, lower, waistV);
  sharpenEdge(layer);
  const lowest = garment.shape === "trousers" ? canvas.height : lowestDrawn(canvas, layer);
  const wish = bottomWish(canvas, body, lower, person.signals.seamAt);
  const filled = workspace(() => closeBottomGaps(canvas, layer, frame.shoulderWidth, lowest, wish));
  const shareOf = ({ hip, knee, ankle }: Leg, x: number, y: number) =>
    Math.min(
      segmentDistance(x, y, hip, knee) / (legLength * 0.095),
      segmentDistance(x, y, knee, ankle) / (legLength * 0.062),
    );
  const legShare = (x: number, y: number) => Math.min(shareOf(legs[0], x, y), shareOf(legs[1], x, y));
  return { layer, filled, legShare, wornLab: wornColor(canvas), meanLab: garment.meanLab };
}
