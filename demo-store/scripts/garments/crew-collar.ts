import { mirrored, pathOf } from "../cloth/outline.ts";
import type { Layer, Point } from "../cloth/types.ts";
import type { Cut } from "./cut.ts";
import { backNeckline, collarOpening, neckline } from "./cut.ts";

const whole = (half: readonly Point[]): Point[] => [...mirrored(half.slice(1)).reverse(), ...half];

/** A band between two lines of the same direction. */
const band = (outer: readonly Point[], inner: readonly Point[]): string => pathOf([...outer, ...[...inner].reverse()]);

/** Ribs that run out from the middle of the neck. */
const ribs = (centreY: number, count: number, height: number) => (x: number, y: number) =>
  height * Math.sin(Math.atan2(y - centreY, x) * count);

export const flat = (colour: string) => `<rect x="-500" width="1000" height="1200" fill="${colour}"/>`;

/** The inside of the back, the back half of the ribbed band and the label: painted first. */
export function collarBehind(cut: Cut, colours: { cloth: string; rib: string }, size: number): Layer[] {
  const drop = 17;
  const top = cut.neck[1] + drop + size * 0.5;
  return [
    {
      path: collarOpening(cut, drop, size - 6),
      dye: flat(colours.cloth),
      light: 0.7,
      edge: { radius: 14, height: 2 },
      weave: 1,
      slack: 0.4,
    },
    {
      path: band(whole(backNeckline(cut, drop, size + 2)), whole(backNeckline(cut, drop + size * 1.05, size - 4))),
      dye: flat(colours.rib),
      light: 0.8,
      edge: { radius: 5, height: 4 },
      weave: 1,
      relief: ribs(cut.neck[1] - 330, 300, 0.32),
      shadow: { strength: 0.4, reach: 12 },
    },
    {
      path: pathOf([
        [-27, top],
        [27, top],
        [27, top + 32],
        [-27, top + 32],
      ]),
      dye: flat("#f1ede4"),
      details: `<path d="M-15 ${top + 12}h30M-9 ${top + 20}h18" stroke="#5b5a56" stroke-width="2.2" stroke-opacity=".8"/>`,
      light: 0.9,
      edge: { radius: 3, height: 1 },
      weave: 0.5,
      shadow: { strength: 0.3, reach: 4 },
    },
  ];
}

/** The front half of the ribbed band: painted last. */
export function collarInFront(cut: Cut, colours: { rib: string }, size: number): Layer {
  return {
    path: band(whole(neckline(cut)), whole(neckline(cut, size))),
    dye: flat(colours.rib),
    edge: { radius: 7, height: 7 },
    weave: 1,
    relief: ribs(cut.neck[1] - 30, 110, 0.35),
    shadow: { strength: 0.28, reach: 5, down: 3 },
  };
}
