/** Trousers and shorts: each half one mesh from the waist to its hem, so that nothing breaks where the legs part. */
import { bytes, floats, workspace } from "../raster/memory.ts";
import { add, clamp, distance, lerp, mix, scale, smooth, sub, unit } from "../raster/scalars.ts";
import type { BottomGarment, Vec } from "../types.ts";
import type { Canvas, Layer } from "./canvas.ts";
import { drawGrid } from "./draw-grid.ts";
import type { Leg, LegSection, LowerBody } from "./measure-legs.ts";
import { legRows } from "./measure-legs.ts";

/** half of a cross-section from its outer edge (0) to its inner one (1); before and after lies cloth to grow by */
const core = [0, 0.2, 0.4, 0.6, 0.8, 1];
const outerMargin = [-0.7, -0.35, 0];
const innerMargin = [1, 1.5, 2.2];
/** of the hips' height, and what of the cloth below goes on there */
const aboveWaist = 0.3;
const aboveSource = 0.08;
/** the product picture's own edge is never drawn: its cut may be ragged */
const inset = 0.03;
/** rows below the crotch over which the hips' line becomes the leg's */
const blendRows = 5;
const innerBlendRows = 2;
/** how much wider than the leg cloth may be drawn: a worn leg's own width counts, a bare calf's hardly */
const widestClothed = 1.25;
const widestBare = 1.6;

export interface HipLine {
  /** y in the garment, with its edges there */
  row: { y: number; left: number; right: number };
  centre: Vec;
  across: Vec;
  halves: readonly [number, number];
}

/** One cross-section of a half: outer and inner edge on the person and in the product picture. */
interface HalfRow {
  outer: Vec;
  inner: Vec;
  sourceOuter: Vec;
  sourceInner: Vec;
}

/** The measured section at f, 0 hip to 1 ankle and a little beyond. */
function sectionAt(sections: LegSection[], f: number): LegSection {
  const at = clamp(f) * legRows;
  if (f > 1) {
    const [before, last] = [sections[legRows - 4]!, sections[legRows]!];
    const step = scale(sub(last.centre, before.centre), ((f - 1) * legRows) / 4);
    return { ...last, centre: add(last.centre, step) };
  }
  const [a, b] = [sections[Math.floor(at)]!, sections[Math.ceil(at)]!];
  const t = at % 1;
  return {
    centre: mix(a.centre, b.centre, t),
    outward: unit(mix(a.outward, b.outward, t)),
    outer: lerp(a.outer, b.outer, t),
    inner: lerp(a.inner, b.inner, t),
  };
}

/** Share of the leg's length that lies above row y. */
export function shareAbove({ hip, knee, ankle }: Leg, y: number) {
  const [from, to, start] = y < knee[1] ? [hip, knee, 0] : [knee, ankle, 0.5];
  return start + clamp((y - from[1]) / Math.max(1, to[1] - from[1])) / 2;
}

const hipHalf = (lines: HipLine[], axisX: number, k: 0 | 1, middle: Vec, crotch: Vec): HalfRow[] =>
  lines.map(({ row, centre, across, halves }, j) => {
    const inner = mix(middle, crotch, j / (lines.length - 1));
    return {
      outer: add(centre, scale(across, k === 0 ? -halves[0] : halves[1])),
      inner,
      sourceOuter: [k === 0 ? row.left : row.right, row.y],
      sourceInner: [clamp(axisX, row.left, row.right), row.y],
    };
  });

/** The leg from below the crotch to `endF`; `last` is the hips' lowest section. */
function legHalf(garment: BottomGarment, lower: LowerBody, k: 0 | 1, last: HalfRow, endF: number): HalfRow[] {
  const { sections } = garment.legs![k];
  const leg = lower.legs[k];
  const startF = Math.min(shareAbove(leg, mix(last.outer, last.inner, 0.5)[1]), 0.4);
  const firstHalf = distance(last.outer, last.inner) / 2;
  const count = sections.length - 1;
  const widest = lower.isLoose ? widestBare : widestClothed;
  return sections.slice(1).map((section, index) => {
    const j = index + 1;
    const f = lerp(startF, endF, j / count);
    const { centre, outward, outer, inner } = sectionAt(lower.sections[k], f);
    const own = (section.outerHalf / sections[0]!.outerHalf) * firstHalf;
    const wide = Math.max(outer * 1.02 + 1, Math.min(own, outer * widest));
    // below a knee legs stand apart: cloth may be as wide on the inner side
    const narrow = Math.max(inner * 1.02 + 1, Math.min(own, inner * lerp(1, widest, clamp((f - 0.4) / 0.3))));
    const blend = smooth(0, blendRows, j);
    const down = scale(unit([leg.knee[0] - leg.hip[0], leg.knee[1] - leg.hip[1]]), (f - startF) * leg.length);
    const axis = section.outer;
    return {
      outer: mix(add(last.outer, down), add(centre, scale(outward, wide)), blend),
      inner: mix(last.inner, add(centre, scale(outward, -narrow)), smooth(0, innerBlendRows, j)),
      sourceOuter: add(section.centre, scale(axis, section.outerHalf)),
      sourceInner: add(section.centre, scale(axis, -section.innerHalf)),
    };
  });
}

/** Beyond the edges the cloth inside them goes on, slower. */
const sourceShare = (e: number) => (e < 0 ? -e * 0.5 : e > 1 ? 1 - (e - 1) * 0.5 : e);

function drawHalf(canvas: Canvas, layer: Layer, garment: BottomGarment, rows: HalfRow[], steps: number[]) {
  drawGrid(
    canvas,
    layer,
    garment.raster,
    {
      source: rows.map(({ sourceOuter, sourceInner }) =>
        steps.map((e) => mix(sourceOuter, sourceInner, lerp(inset, 1 - inset / 3, sourceShare(e)))),
      ),
      target: rows.map(({ outer, inner }) => steps.map((e) => mix(outer, inner, e))),
    },
    "solid",
  );
}

/** Cloth above the waist for a worn one that is not straight: the band goes on. */
function bandAbove(rows: HalfRow[], hips: number): HalfRow[] {
  const [top, low] = [rows[0]!, rows[hips]!];
  const up = (a: Vec, b: Vec) => mix(a, b, -aboveWaist);
  return [
    {
      outer: up(top.outer, [top.outer[0], low.outer[1]]),
      inner: up(top.inner, [top.inner[0], low.inner[1]]),
      sourceOuter: mix(top.sourceOuter, low.sourceOuter, aboveSource),
      sourceInner: mix(top.sourceInner, low.sourceInner, aboveSource),
    },
    top,
  ];
}

/** The straight middle line's ends: between the edges at the waist, and between the legs where they part. */
function middleLine(lines: HipLine[], lower: LowerBody): [Vec, Vec] {
  const at = ({ centre, across, halves }: HipLine): Vec => add(centre, scale(across, (halves[1] - halves[0]) / 2));
  const low = lines.at(-1)!;
  const innerEdges = ([0, 1] as const).map((k) => {
    const f = Math.min(shareAbove(lower.legs[k], low.centre[1]), 0.4);
    const { centre, outward, inner } = sectionAt(lower.sections[k], f);
    return add(centre, scale(outward, -inner));
  });
  return [at(lines[0]!), [mix(innerEdges[0]!, innerEdges[1]!, 0.5)[0], low.centre[1]]];
}

/**
 * Draws both halves. Returns where the layer has cloth to grow by beside what it covers: its colours are in place
 * there, its coverage is not.
 */
export function drawLegs(
  canvas: Canvas,
  layer: Layer,
  garment: BottomGarment,
  lines: HipLine[],
  lower: LowerBody,
  endF: number,
): Uint8Array {
  const spare = bytes(layer.alpha.length);
  const [middle, crotch] = middleLine(lines, lower);
  const halves = ([0, 1] as const).map((k) => {
    const hips = hipHalf(lines, garment.axisX, k, middle, crotch);
    return [...hips, ...legHalf(garment, lower, k, hips.at(-1)!, endF)];
  });
  for (const rows of halves) drawHalf(canvas, layer, garment, rows, core);
  workspace(() => {
    const covered = floats(layer.alpha.length);
    covered.set(layer.alpha);
    for (const rows of halves) drawHalf(canvas, layer, garment, rows, outerMargin);
    for (const rows of halves) {
      drawHalf(canvas, layer, garment, rows.slice(lines.length - 1), innerMargin);
      drawHalf(canvas, layer, garment, bandAbove(rows, lines.length - 1), [-0.35, ...core]);
    }
    for (let i = 0; i < spare.length; i += 1) spare[i] = layer.alpha[i]! > 0 ? 1 : 0;
    layer.alpha.set(covered);
  });
  return spare;
}
