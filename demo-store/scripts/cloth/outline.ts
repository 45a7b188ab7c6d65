import type { Point, Segment } from "./types.ts";

const cubic = (a: number, b: number, c: number, d: number, t: number): number => {
  const u = 1 - t;
  return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
};

/** Points along a line of segments, close enough to draw as a polygon. */
export function samplePoints(start: Point, segments: readonly Segment[], steps = 20): Point[] {
  const points: Point[] = [start];
  let from = start;
  for (const segment of segments) {
    const to = segment[segment.length - 1] as Point;
    if (segment.length === 3) {
      const [a, b] = segment;
      for (let step = 1; step <= steps; step += 1) {
        const t = step / steps;
        points.push([cubic(from[0], a[0], b[0], to[0], t), cubic(from[1], a[1], b[1], to[1], t)]);
      }
    } else points.push(to);
    from = to;
  }
  return points;
}

export const mirrored = (points: readonly Point[]): Point[] => points.map(([x, y]): Point => [-x, y]);

const number = (value: number) => value.toFixed(1);

/** SVG path data through the points. */
export function pathOf(points: readonly Point[], closed = true): string {
  return `M${points.map(([x, y]) => `${number(x)} ${number(y)}`).join("L")}${closed ? "Z" : ""}`;
}

/** Closed path of a garment from its right half, which starts and ends on the mirror axis. */
export function wholeOutline(half: readonly Point[]): string {
  return pathOf([...half, ...mirrored(half).reverse()]);
}
