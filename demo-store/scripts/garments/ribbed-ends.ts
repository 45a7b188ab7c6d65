import { mirrored, pathOf } from "../cloth/outline.ts";
import type { Layer, Point } from "../cloth/types.ts";
import { flat } from "./crew-collar.ts";
import type { Cut } from "./cut.ts";
import { bent } from "./top-folds.ts";

/** Ribbed cuffs that draw the sleeves in; with a `tip` they carry a line of that colour. */
export function ribbedCuffs(cut: Cut, colour: string, length: number, tip?: string): Layer[] {
  const taper = Math.min(8, length * 0.14);
  const [outer, inner] = cut.cuff;
  const size = Math.hypot(inner[0] - outer[0], inner[1] - outer[1]);
  const across: Point = [(inner[0] - outer[0]) / size, (inner[1] - outer[1]) / size];
  const along: Point = [-across[1], across[0]];
  const down = along[1] > 0 ? along : ([-along[0], -along[1]] as Point);
  const place = (point: Point, alongBy: number, acrossBy: number): Point => [
    point[0] + down[0] * alongBy + across[0] * acrossBy,
    point[1] + down[1] * alongBy + across[1] * acrossBy,
  ];
  const shape: Point[] = [
    ...bent(place(outer, -10, 4), place(inner, -10, -4), -4),
    ...bent(place(inner, length, -taper), place(outer, length, taper), 3),
  ];
  const ribs = (side: 1 | -1) => (x: number, y: number) =>
    0.42 * Math.sin((x * side * across[0] + y * across[1]) * 1.05);
  const line = bent(place(outer, length - 9, taper), place(inner, length - 9, -taper), -3);
  const tipped = (side: 1 | -1) =>
    tip
      ? `<path d="${pathOf(side === 1 ? line : mirrored(line), false)}" fill="none" stroke="${tip}" stroke-width="5"/>`
      : "";
  return ([1, -1] as const).map((side) => ({
    path: pathOf(side === 1 ? shape : mirrored(shape)),
    dye: flat(colour),
    details: tipped(side),
    edge: { radius: 9, height: 10 },
    weave: 1,
    slack: 0.5,
    relief: ribs(side),
    shadow: { strength: 0.32, reach: 5, down: -0 },
  }));
}

/** The ribbed band at the bottom of a sweatshirt. */
export function ribbedHem(cut: Cut, colour: string, length: number): Layer {
  const [x, y] = cut.hem;
  const shape: Point[] = [
    ...bent([-x + 1, y - 14], [x - 1, y - 14], 12),
    ...bent([x - 6, y + length], [6 - x, y + length], -12),
  ];
  return {
    path: pathOf(shape),
    dye: flat(colour),
    edge: { radius: 12, height: 12 },
    weave: 1,
    slack: 0.6,
    relief: (place) => 0.42 * Math.sin(place * 0.9),
    shadow: { strength: 0.3, reach: 6, down: -0 },
  };
}
