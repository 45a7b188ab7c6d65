/** Trousers, shorts or a skirt as meshes on the person. */
import { pointOf } from "../person/body-frame.ts";
import {
  add,
  clamp,
  distance,
  lerp,
  mix,
  perpendicular,
  scale,
  segmentDistance,
  sub,
  unit,
} from "../raster/scalars.ts";
import type { BottomGarment, PersonAnalysis, Vec } from "../types.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas, Layer } from "./canvas.ts";
import { emptyLayer, readMap, sharpenEdge } from "./canvas.ts";
import { closeBottomGaps } from "./close-gaps.ts";
import { drawGrid } from "./draw-grid.ts";

const columns = 12;
const usualWaist = 0.9;

interface Leg {
  hip: Vec;
  knee: Vec;
  ankle: Vec;
}

export interface BottomPlacement {
  layer: Layer;
  /** cloth grown over worn cloth, shoulder widths squared */
  filled: number;
  /** distance from the nearer leg in its own radius: below 1 is inside */
  legShare: (x: number, y: number) => number;
}

function findLegs(canvas: Canvas, person: PersonAnalysis): readonly [Leg, Leg] {
  const joint = (index: number): Vec => {
    const [x, y] = pointOf(person.keypoints, index);
    return [x - canvas.left, y - canvas.top];
  };
  // image left is the person's right
  return [
    { hip: joint(24), knee: joint(26), ankle: joint(28) },
    { hip: joint(23), knee: joint(25), ankle: joint(27) },
  ];
}

/** Steps from a point of the person to their outline. */
function reach(canvas: Canvas, from: Vec, direction: Vec, least: number, most: number) {
  let t = least;
  while (t < most && readMap(canvas, canvas.person, from[0] + direction[0] * t, from[1] + direction[1] * t) > 0.5)
    t += 1;
  return t;
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

/** Half-widths of the hips from waist to crotch, by the person's outline but not along a hanging arm. */
function hipRows(
  canvas: Canvas,
  body: BodyTarget,
  legs: readonly [Leg, Leg],
  garment: BottomGarment,
  waistV: number,
  endV: number,
) {
  const hipWidth = distance(legs[0].hip, legs[1].hip);
  const first = garment.rows[0]!;
  const last = garment.rows.at(-1)!;
  const waistWidth = first.right - first.left;
  return garment.rows.map((row) => {
    const f = (row.y - first.y) / Math.max(1, last.y - first.y);
    const v = lerp(waistV, endV, f);
    const { centre, across } = body.trunk(v);
    const grow = (row.right - row.left) / waistWidth;
    const expected = hipWidth * lerp(0.72, 0.92, clamp(f * 1.6));
    const halves = ([-1, 1] as const).map((side) => {
      const measured = reach(canvas, centre, scale(across, side), expected * 0.6, expected * 1.45);
      const fits = measured < expected * 1.4 ? clamp(measured, expected * 0.85, expected * 1.2) : expected;
      // a skirt keeps its own flare, trousers follow the body
      return garment.shape === "skirt" ? Math.max(fits * 1.03, expected * 0.8 * grow) : fits * 1.03 + 1;
    }) as [number, number];
    return { row, centre, across, halves };
  });
}

function drawHips(canvas: Canvas, layer: Layer, garment: BottomGarment, rows: ReturnType<typeof hipRows>) {
  for (let round = 0; round < 3; round += 1)
    for (let j = 1; j < rows.length - 1; j += 1)
      for (const k of [0, 1] as const)
        rows[j]!.halves[k] = (rows[j - 1]!.halves[k] + 2 * rows[j]!.halves[k] + rows[j + 1]!.halves[k]) / 4;
  const us = Array.from({ length: columns + 1 }, (_, c) => (-1 + (2 * c) / columns) * 1.02);
  drawGrid(canvas, layer, garment.raster, {
    source: rows.map(({ row }) => us.map((u): Vec => [lerp(row.left, row.right, (u + 1) / 2), row.y])),
    target: rows.map(({ centre, across, halves }) =>
      us.map((u) => add(centre, scale(across, u * (u < 0 ? halves[0] : halves[1])))),
    ),
  });
}

/** A point of the leg's line, 0 hip to 1 ankle. */
const onLeg = ({ hip, knee, ankle }: Leg, f: number) => (f < 0.5 ? mix(hip, knee, f * 2) : mix(knee, ankle, f * 2 - 1));

function drawLeg(
  canvas: Canvas,
  layer: Layer,
  garment: BottomGarment,
  leg: Leg,
  k: 0 | 1,
  root: { outer: Vec; inner: Vec },
  endF: number,
) {
  const strip = garment.legs?.[k];
  if (!strip) return;
  const side = k === 0 ? -1 : 1;
  const length = distance(leg.hip, leg.knee) + distance(leg.knee, leg.ankle);
  const source: Vec[][] = [];
  const target: Vec[][] = [];
  const startF = clamp(distance(leg.hip, mix(root.outer, root.inner, 0.5)) / length, 0, 0.4);
  const last = strip.sections.length - 1;
  const firstHalf = distance(root.outer, root.inner) / 2;
  for (const [j, section] of strip.sections.entries()) {
    const f = lerp(startF, endF, j / last);
    const centre = onLeg(leg, f);
    const along = unit(sub(onLeg(leg, Math.min(1, f + 0.08)), onLeg(leg, Math.max(0, f - 0.08))));
    const normal = perpendicular(along);
    const outward = normal[0] * side < 0 ? scale(normal, -1) : normal;
    const nominal = length * lerp(0.105, 0.052, clamp(f));
    const own = (section.outerHalf / strip.sections[0]!.outerHalf) * firstHalf;
    const half = (direction: Vec, isInner: boolean) => {
      const measured = reach(canvas, centre, direction, nominal * 0.5, nominal * 1.9);
      const fits = measured < nominal * 1.85 ? clamp(measured, nominal * 0.75, nominal * 1.35) : nominal;
      return isInner ? Math.min(fits * 1.05 + 1, nominal * 1.3) : Math.max(fits * 1.06 + 1, Math.min(own, fits * 1.3));
    };
    const blend = clamp(j / 4);
    const outer = mix(root.outer, add(centre, scale(outward, half(outward, false))), blend);
    const inner = mix(root.inner, add(centre, scale(outward, -half(scale(outward, -1), true))), blend);
    const steps = [-0.03, 0, 0.25, 0.5, 0.75, 1, 1.03];
    const at = (q: Vec, direction: Vec, by: number): Vec => add(q, scale(direction, by));
    const sourceOuter = at(section.centre, section.outer, section.outerHalf);
    const sourceInner = at(section.centre, section.outer, -section.innerHalf);
    source.push(steps.map((e) => mix(sourceOuter, sourceInner, e)));
    target.push(steps.map((e) => mix(outer, inner, e)));
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

/** Draws a bottom on the person; legs that the frame cuts are drawn as far as it shows them. */
export function warpBottom(
  canvas: Canvas,
  garment: BottomGarment,
  body: BodyTarget,
  person: PersonAnalysis,
): BottomPlacement {
  const layer = emptyLayer(canvas);
  const legs = findLegs(canvas, person);
  const { frame } = body;
  const legLength = distance(legs[0].hip, legs[0].knee) + distance(legs[0].knee, legs[0].ankle);
  const waistWidth = garment.waist[1][0] - garment.waist[0][0];
  const own = (garment.hemY - garment.waist[0][1]) / waistWidth;
  const unitWidth = distance(legs[0].hip, legs[1].hip) * 1.55;
  const waistV = findWaist(canvas, body);
  if (garment.shape === "skirt") {
    const endV = 0.9 + Math.min(own * unitWidth, legLength * 0.98 + frame.torsoLength * 0.1) / frame.torsoLength;
    drawHips(canvas, layer, garment, hipRows(canvas, body, legs, garment, waistV, endV));
  } else {
    const crotchV = 1 + (distance(legs[0].hip, legs[0].knee) * 0.24) / frame.torsoLength;
    const rows = hipRows(canvas, body, legs, garment, waistV, crotchV);
    drawHips(canvas, layer, garment, rows);
    const low = rows.at(-1)!;
    const middle = low.centre;
    const legShare = garment.legs!.map((strip) => strip.length / waistWidth);
    const endF =
      garment.shape === "trousers" ? 1.02 : clamp((Math.max(...legShare) * unitWidth) / legLength + 0.2, 0.3, 0.62);
    for (const k of [0, 1] as const) {
      const outer = add(low.centre, scale(low.across, k === 0 ? -low.halves[0] : low.halves[1]));
      drawLeg(canvas, layer, garment, legs[k], k, { outer, inner: middle }, endF);
    }
  }
  sharpenEdge(layer);
  const lowest = garment.shape === "trousers" ? canvas.height : lowestDrawn(canvas, layer);
  const filled = closeBottomGaps(canvas, layer, frame.shoulderWidth, lowest, (x, y) => {
    const [left, right] = [legAt(legs[0], y), legAt(legs[1], y)];
    return x > Math.min(left, right) && x < Math.max(left, right);
  });
  const legShare = (x: number, y: number) =>
    Math.min(
      ...legs.map(({ hip, knee, ankle }) =>
        Math.min(
          segmentDistance(x, y, hip, knee) / (legLength * 0.095),
          segmentDistance(x, y, knee, ankle) / (legLength * 0.062),
        ),
      ),
    );
  return { layer, filled, legShare };
}
