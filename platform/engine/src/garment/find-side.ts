/** One side of a top: where its armpit lies and whether it has a sleeve. */
import { clamp, median } from "../raster/scalars.ts";
import type { Vec } from "../types.ts";
import type { Silhouette } from "./silhouette.ts";

export interface Side {
  armpit: Vec;
  hasSleeve: boolean;
  /** row where sleeve and trunk part, when they do */
  gapY: number | null;
  via: "gap" | "gap-low" | "concave" | "sleeveless" | "mirror";
}

/** Median half-width of the trunk between two heights (shares of the garment's height). */
function trunkHalf(shape: Silhouette, from: number, to: number) {
  const height = shape.bottom - shape.top;
  const widths: number[] = [];
  for (let y = shape.top + height * from; y < shape.top + height * to; y += 2) {
    const { left, right } = shape.run(y);
    widths.push(right - left);
  }
  return median(widths) / 2;
}

function findGap(shape: Silhouette, side: -1 | 1): number | null {
  const height = shape.bottom - shape.top;
  const width = shape.right - shape.left;
  const gapAt = (y: number) => {
    const row = shape.run(y);
    return side < 0 ? row.left - row.outerLeft : row.outerRight - row.right;
  };
  for (let y = Math.round(shape.top + height * 0.12); y < shape.top + height * 0.85; y += 1) {
    if (!shape.has(Math.round(shape.axis), y)) continue;
    const row = shape.run(y);
    const outer = side < 0 ? row.outerLeft : row.outerRight;
    let sleeveWidth = 0;
    while (sleeveWidth < width && shape.has(outer - side * sleeveWidth, y)) sleeveWidth += 1;
    if (sleeveWidth < width * 0.035) continue;
    const gap = Math.min(gapAt(y), gapAt(y + height * 0.01), gapAt(y + height * 0.02));
    const inner = Math.abs((side < 0 ? row.left : row.right) - shape.axis);
    if (gap > width * 0.03 && inner < Math.abs(outer - shape.axis) * 0.93 && inner > width * 0.12) return y;
  }
  return null;
}

/** The deepest dent of the outline between its widest upper point and the hem. */
function findDent(shape: Silhouette, side: -1 | 1, widestY: number): { y: number; depth: number } {
  const height = shape.bottom - shape.top;
  const outer = (y: number) => (side < 0 ? shape.run(y).outerLeft : shape.run(y).outerRight);
  const endY = shape.top + height * 0.93;
  const [fromX, toX] = [outer(widestY), outer(endY)];
  const length = Math.hypot(toX - fromX, endY - widestY);
  let best = { y: widestY, depth: 0 };
  for (let y = widestY + 2; y < endY; y += 1) {
    const chordX = fromX + ((toX - fromX) * (y - widestY)) / (endY - widestY);
    const depth = ((chordX - outer(y)) * side * (endY - widestY)) / length;
    if (depth > best.depth) best = { y, depth };
  }
  return best;
}

export function findSide(shape: Silhouette, side: -1 | 1): Side {
  const height = shape.bottom - shape.top;
  const width = shape.right - shape.left;
  const outer = (y: number) => (side < 0 ? shape.run(y).outerLeft : shape.run(y).outerRight);
  const reach = (y: number) => (outer(y) - shape.axis) * side;
  const gapY = findGap(shape, side);
  if (gapY !== null) {
    const row = shape.run(gapY);
    const x = side < 0 ? row.left : row.right;
    // sleeves pressed to the trunk part late: the armpit is higher than the gap
    if (gapY > shape.top + height * 0.46)
      return { armpit: [x, Math.round(shape.top + height * 0.3)], hasSleeve: true, gapY, via: "gap-low" };
    return { armpit: [x, gapY], hasSleeve: true, gapY, via: "gap" };
  }
  let widestY = shape.top;
  for (let y = shape.top; y < shape.top + height * 0.8; y += 1) if (reach(y) > reach(widestY)) widestY = y;
  const dent = findDent(shape, side, widestY);
  if (reach(widestY) > trunkHalf(shape, 0.55, 0.85) * 1.14 && dent.depth > width * 0.025) {
    return { armpit: [outer(dent.y), dent.y], hasSleeve: true, gapY: null, via: "concave" };
  }
  let widest = 0;
  for (let y = shape.top; y < shape.top + height * 0.6; y += 1) widest = Math.max(widest, reach(y));
  let armpitY = shape.top + height * 0.3;
  for (let y = shape.top + height * 0.08; y < shape.top + height * 0.6; y += 1) {
    if (reach(y) < widest * 0.94) continue;
    armpitY = y;
    break;
  }
  const y = Math.round(clamp(armpitY, shape.top + height * 0.16, shape.bottom));
  return { armpit: [outer(y), y], hasSleeve: false, gapY: null, via: "sleeveless" };
}

/** Both sides, made to agree: a top is sleeved on both or on none. */
export function findSides(shape: Silhouette): readonly [Side, Side] {
  const height = shape.bottom - shape.top;
  const mirrored = ({ armpit, ...side }: Side): Side => ({
    ...side,
    armpit: [2 * shape.axis - armpit[0], armpit[1]],
    via: "mirror",
  });
  let left = findSide(shape, -1);
  let right = findSide(shape, 1);
  if (left.hasSleeve !== right.hasSleeve) {
    if (left.hasSleeve) right = mirrored(left);
    else left = mirrored(right);
  }
  if (Math.abs(left.armpit[1] - right.armpit[1]) > height * 0.12) {
    if (left.armpit[1] < right.armpit[1]) right = mirrored(left);
    else left = mirrored(right);
  }
  return [left, right];
}
