/** Row by row: where a cut-out garment begins and ends. */
import type { CutOut } from "./cut-out.ts";

/** [left, right] of the run through the axis, and of everything in the row. */
export interface RowRun {
  left: number;
  right: number;
  outerLeft: number;
  outerRight: number;
}

export interface Silhouette {
  width: number;
  height: number;
  has: (x: number, y: number) => boolean;
  left: number;
  right: number;
  top: number;
  bottom: number;
  axis: number;
  /** 0-1 overlap with its own mirror image about the axis */
  symmetry: number;
  run: (y: number) => RowRun;
  topAt: (x: number) => number;
}

function findBox(has: Silhouette["has"], width: number, height: number) {
  const box = { left: width, right: 0, top: height, bottom: 0, sumX: 0, count: 0 };
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (!has(x, y)) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
      box.sumX += x;
      box.count += 1;
    }
  return box;
}

function mirrorOverlap(has: Silhouette["has"], box: ReturnType<typeof findBox>, axis: number) {
  let both = 0;
  let all = 0;
  for (let y = box.top; y < box.bottom; y += 5)
    for (let x = box.left; x < box.right; x += 5) {
      if (!has(x, y)) continue;
      all += 1;
      if (has(Math.round(2 * axis - x), y)) both += 1;
    }
  return both / Math.max(1, all);
}

export function describeSilhouette({ alpha, raster: { width, height } }: CutOut): Silhouette {
  const has = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && alpha[y * width + x]! > 0.5;
  const box = findBox(has, width, height);
  const centre = box.sumX / Math.max(1, box.count);
  let axis = centre;
  let symmetry = 0;
  for (let step = -0.08; step <= 0.08; step += 0.01) {
    const at = centre + step * (box.right - box.left);
    const share = mirrorOverlap(has, box, at);
    if (share <= symmetry) continue;
    symmetry = share;
    axis = at;
  }
  const rows: RowRun[] = [];
  for (let y = box.top; y <= box.bottom; y += 1) rows.push(findRun(has, box, Math.round(axis), y));
  const run = (y: number) => rows[Math.min(rows.length - 1, Math.max(0, Math.round(y) - box.top))]!;
  const topAt = (x: number) => {
    const px = Math.round(x);
    for (let y = box.top; y <= box.bottom; y += 1) if (has(px, y)) return y;
    return box.bottom;
  };
  return { width, height, has, ...box, axis, symmetry, run, topAt };
}

function findRun(has: Silhouette["has"], box: { left: number; right: number }, axis: number, y: number): RowRun {
  let outerLeft = box.left;
  let outerRight = box.right;
  while (outerLeft < box.right && !has(outerLeft, y)) outerLeft += 1;
  while (outerRight > box.left && !has(outerRight, y)) outerRight -= 1;
  let left = axis;
  let right = axis;
  if (!has(axis, y)) {
    // above a crotch or in a neckline: the run spans the opening
    while (left > outerLeft && !has(left, y)) left -= 1;
    while (right < outerRight && !has(right, y)) right += 1;
  }
  while (left > outerLeft && has(left - 1, y)) left -= 1;
  while (right < outerRight && has(right + 1, y)) right += 1;
  return { left, right, outerLeft, outerRight };
}
