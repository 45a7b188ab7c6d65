import { height, width } from "./fields.ts";
import type { Fold, Point } from "./types.ts";

/** Nearest place of a line to (x, y): signed distance (right of the direction is positive) and place along it 0..1. */
function nearest(points: readonly Point[], x: number, y: number): [distance: number, along: number] {
  let best = Number.POSITIVE_INFINITY;
  let side = 1;
  let along = 0;
  for (let index = 1; index < points.length; index += 1) {
    const [ax, ay] = points[index - 1]!;
    const [bx, by] = points[index]!;
    const dx = bx - ax;
    const dy = by - ay;
    const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy + 1e-9)));
    const ox = x - ax - t * dx;
    const oy = y - ay - t * dy;
    const square = ox * ox + oy * oy;
    if (square < best) {
      best = square;
      side = dx * oy - dy * ox >= 0 ? 1 : -1;
      along = (index - 1 + t) / (points.length - 1);
    }
  }
  return [Math.sqrt(best) * side, along];
}

/** Adds one fold to a height field in pixels whose x = 0 lies on the picture's middle. */
export function raiseFold(field: Float32Array, fold: Fold): void {
  const reach = Math.max(...fold.width) * 2.6;
  const xs = fold.points.map(([x]) => x + width / 2);
  const ys = fold.points.map(([, y]) => y);
  const left = Math.max(0, Math.floor(Math.min(...xs) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(...xs) + reach));
  const top = Math.max(0, Math.floor(Math.min(...ys) - reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(...ys) + reach));
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const [distance, along] = nearest(fold.points, x - width / 2, y);
      const half = distance < 0 ? fold.width[0] : fold.width[1];
      const share = distance / half;
      if (share * share > 7) continue;
      const end = fold.fade > 0 ? Math.min(1, along / fold.fade, (1 - along) / fold.fade) : 1;
      const ease = end * end * (3 - 2 * end);
      field[y * width + x]! += fold.height * ease * Math.exp(-share * share);
    }
  }
}
