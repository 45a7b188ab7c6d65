import { samplePoints, wholeOutline } from "../cloth/outline.ts";
import type { Point } from "../cloth/types.ts";

/** Measures of the right half of a top that lies flat, in units from the mirror axis. */
export interface Cut {
  /** Where shoulder seam and collar meet. */
  neck: Point;
  /** Lowest point of the front neckline. */
  neckDepth: number;
  /** Where shoulder seam and armhole meet. */
  shoulder: Point;
  armpit: Point;
  hem: Point;
  /** How far the side seam comes in at half height; negative lets the cloth blouse over a band. */
  waist: number;
  /** Outer and inner corner of the sleeve's opening. */
  cuff: readonly [outer: Point, inner: Point];
}

const between = (a: Point, b: Point, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

/** Right half of the front neckline, from the axis up to the shoulder. */
export function neckline(cut: Cut, inset = 0): Point[] {
  const [x, y] = cut.neck;
  const low = cut.neckDepth - inset;
  const side: Point = [x - inset * 0.9, y - inset * 0.36];
  return samplePoints([0, low], [[[x * 0.52, low], [x * 0.9, low - (low - y) * 0.4], side]]);
}

/** Right half of the back neckline, from the axis to the shoulder. */
export function backNeckline(cut: Cut, drop: number, inset = 0): Point[] {
  const side: Point = [cut.neck[0] - inset * 0.9, cut.neck[1] - inset * 0.36];
  const low = side[1] + drop;
  return samplePoints([0, low], [[[side[0] * 0.5, low], [side[0] * 0.82, low - drop * 0.25], side]]);
}

/** The right half of a top with sleeves: neckline, shoulder, sleeve, side seam, hem. */
export function topHalf(cut: Cut): Point[] {
  const { neck, shoulder, armpit, hem } = cut;
  const [outer, inner] = cut.cuff;
  const middle = (armpit[1] + hem[1]) / 2;
  const bulge = between(shoulder, outer, 0.4);
  return [
    ...neckline(cut),
    ...samplePoints(neck, [
      [between(neck, shoulder, 0.4), [shoulder[0] - 46, shoulder[1] - 17], shoulder],
      [[shoulder[0] + 30, shoulder[1] + 17], [bulge[0] + 20, bulge[1] - 14], outer],
      [between(outer, inner, 0.35), [inner[0] + 12, inner[1] + 2], inner],
      [between(inner, armpit, 0.45), [armpit[0] + 14, armpit[1] + 32], armpit],
      [
        [armpit[0] - 9, armpit[1] + 40],
        [(armpit[0] + hem[0]) / 2 - cut.waist, middle - 70],
        [(armpit[0] + hem[0]) / 2 - cut.waist, middle],
      ],
      [[(armpit[0] + hem[0]) / 2 - cut.waist + 2, middle + 90], [hem[0] - 2 - cut.waist, hem[1] - 90], hem],
      [
        [hem[0] * 0.7, hem[1] + 9],
        [hem[0] * 0.3, hem[1] + 12],
        [0, hem[1] + 11],
      ],
    ]).slice(1),
  ];
}

/** The seam between body and sleeve, from the shoulder down to the armpit. */
export function armhole(cut: Cut): Point[] {
  const { shoulder, armpit } = cut;
  return samplePoints(shoulder, [
    [
      [shoulder[0] - 13, shoulder[1] + 62],
      [shoulder[0] - 22, armpit[1] - 70],
      [armpit[0] - 1, armpit[1] + 2],
    ],
  ]);
}

/** The opening of a collar: what of the back's inside can be seen. */
export function collarOpening(cut: Cut, drop: number, inset: number): string {
  const front = neckline(cut, inset - 3);
  const back = backNeckline(cut, drop, inset + 3).reverse();
  return wholeOutline([...front, ...back]);
}

export const lineBetween = between;
