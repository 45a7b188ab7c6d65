import { clamp, lerp } from "../raster/scalars.ts";
import type { BottomGarment, TrunkRow, Vec } from "../types.ts";
import { EngineProblem } from "../types.ts";
import type { CutOut } from "./cut-out.ts";
import { stripOfRows } from "./find-strip.ts";
import { medianColor, toRasterWithAlpha } from "./finish.ts";
import { openNotch } from "./open-notch.ts";
import type { Silhouette } from "./silhouette.ts";
import { describeSilhouette } from "./silhouette.ts";

const rowCount = 17;
const minSymmetry = 0.78;

/** The lowest point of the middle where both legs still meet; null when they never part. */
function findCrotch(shape: Silhouette): Vec | null {
  const height = shape.bottom - shape.top;
  const reach = (shape.right - shape.left) * 0.08;
  for (let y = Math.round(shape.top + height * 0.15); y < shape.top + height * 0.92; y += 1) {
    let open = 0;
    for (let dx = -reach; dx <= reach; dx += 2) {
      const x = Math.round(shape.axis + dx);
      if (!shape.has(x, y) && !shape.has(x, y + Math.round(height * 0.02))) open += 1;
    }
    if (open >= 2) return [shape.axis, y];
  }
  return null;
}

function runsOfLegs(shape: Silhouette, crotch: Vec) {
  const rows: { y: number; left: [number, number]; right: [number, number] }[] = [];
  for (let y = Math.round(crotch[1]) + 1; y <= shape.bottom; y += 1) {
    const { outerLeft, outerRight } = shape.run(y);
    let leftInner = outerLeft;
    let rightInner = outerRight;
    while (leftInner < shape.axis && shape.has(leftInner + 1, y)) leftInner += 1;
    while (rightInner > shape.axis && shape.has(rightInner - 1, y)) rightInner -= 1;
    if (outerLeft < shape.axis && outerRight > shape.axis)
      rows.push({ y, left: [outerLeft, leftInner], right: [outerRight, rightInner] });
  }
  return rows;
}

/** Reads trousers, shorts or a skirt. Throws garment_shape_unsupported. */
export function analyseBottom(cut: CutOut): BottomGarment {
  const shape = describeSilhouette(cut);
  const height = shape.bottom - shape.top;
  const waistRun = shape.run(shape.top + height * 0.03);
  const waistWidth = waistRun.outerRight - waistRun.outerLeft;
  if (shape.symmetry < minSymmetry) throw new EngineProblem("garment_shape_unsupported", "not symmetrical");
  if (height / waistWidth < 0.5) throw new EngineProblem("garment_shape_unsupported", "wider than long");
  const gap = findCrotch(shape);
  const crotch = gap && openNotch(cut, gap, waistWidth, height);
  const legRows = crotch ? runsOfLegs(shape, crotch) : [];
  const isSplit = crotch !== null && legRows.length > height * 0.08;
  const endY = isSplit ? crotch[1] : shape.bottom;
  const rows = Array.from({ length: rowCount }, (_, k): TrunkRow => {
    const y = lerp(shape.top + height * 0.01, endY - 1, k / (rowCount - 1));
    const run = shape.run(y);
    return { y, left: run.outerLeft, right: run.outerRight };
  });
  const legs = isSplit
    ? ([
        stripOfRows(
          legRows.map((row) => ({ y: row.y, outer: row.left[0], inner: row.left[1] })),
          -1,
        ),
        stripOfRows(
          legRows.map((row) => ({ y: row.y, outer: row.right[0], inner: row.right[1] })),
          1,
        ),
      ] as const)
    : null;
  const legShare = isSplit ? (shape.bottom - crotch[1]) / waistWidth : 0;
  return {
    kind: "bottom",
    raster: toRasterWithAlpha(cut, medianColor(cut)),
    axisX: shape.axis,
    meanLab: medianColor(cut),
    signals: {
      confidence: clamp(0.5 * clamp((shape.symmetry - 0.7) / 0.2) + 0.3 * cut.clarity + 0.2),
      symmetry: shape.symmetry,
      opening: 1,
      via: [isSplit ? "crotch" : "skirt"],
    },
    shape: isSplit ? (legShare > 1.1 ? "trousers" : "shorts") : "skirt",
    waist: [
      [waistRun.outerLeft, shape.top],
      [waistRun.outerRight, shape.top],
    ],
    crotch: isSplit ? crotch : null,
    hemY: shape.bottom,
    rows,
    legs,
  };
}
