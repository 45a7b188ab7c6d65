import { mirrored, pathOf } from "../cloth/outline.ts";
import type { Layer, Point } from "../cloth/types.ts";
import { flat } from "./crew-collar.ts";
import type { Cut } from "./cut.ts";
import { lineBetween } from "./cut.ts";
import { bent } from "./top-folds.ts";

/** Ribbed cuffs that draw the sleeves in. */
export function ribbedCuffs(cut: Cut, colour: string, length: number): Layer[] {
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
    ...bent(place(outer, -8, -1), place(inner, -8, 1), -4),
    ...bent(place(inner, length, -8), place(outer, length, 8), 3),
  ];
  const ribs = (side: 1 | -1) => (x: number, y: number) =>
    0.42 * Math.sin((x * side * across[0] + y * across[1]) * 1.05);
  return ([1, -1] as const).map((side) => ({
    path: pathOf(side === 1 ? shape : mirrored(shape)),
    dye: flat(colour),
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
    ...bent([-x - 2, y - 6], [x + 2, y - 6], 12),
    ...bent([x - 9, y + length], lineBetween([x - 9, y + length], [-x + 9, y + length], 1), -12),
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
