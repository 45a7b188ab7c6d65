import { mirrored, pathOf } from "../cloth/outline.ts";
import type { Point } from "../cloth/types.ts";

/** One row of machine stitches as SVG: each thread a little raised, its hole a little dark. */
export function stitches(points: readonly Point[], tone: "dark" | "pale" = "dark"): string {
  const path = pathOf(points, false);
  const thread = tone === "dark" ? "#000" : "#fff";
  return (
    `<path d="${path}" fill="none" stroke="${thread}" stroke-opacity=".2" stroke-width="1.5" stroke-dasharray="4.2 2.4"/>` +
    `<path d="${path}" fill="none" stroke="#fff" stroke-opacity=".1" stroke-width="1" stroke-dasharray="4.2 2.4" transform="translate(0 -1.2)"/>`
  );
}

/** The same row on both halves of the garment. */
export const stitchesBothSides = (points: readonly Point[], tone: "dark" | "pale" = "dark"): string =>
  stitches(points, tone) + stitches(mirrored(points), tone);

/** A line moved by (dx, dy). */
export const moved = (points: readonly Point[], dx: number, dy: number): Point[] =>
  points.map(([x, y]): Point => [x + dx, y + dy]);
