/** Product pictures drawn by the tests themselves: polygons with soft shading, so that every landmark is known. */
import type { Raster, Vec } from "../types.ts";

type Rgb = readonly [number, number, number];

export interface Piece {
  polygon: readonly Vec[];
  color: Rgb;
}

const inside = (polygon: readonly Vec[], x: number, y: number) => {
  let is = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i, i += 1) {
    const [ax, ay] = polygon[i]!;
    const [bx, by] = polygon[j]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) is = !is;
  }
  return is;
};

/** Draws the pieces in order on a 400 × 500 ground; null is transparency. */
export function drawGarment(pieces: readonly Piece[], ground: Rgb | null): Raster {
  const width = 400;
  const height = 500;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const i = (y * width + x) * 4;
      const piece = pieces.findLast(({ polygon }) => inside(polygon, x + 0.5, y + 0.5));
      // folds: a slow wave, as cloth has
      const fold = piece ? 4 * Math.sin(x / 17 + y / 60) : 0;
      const color = piece?.color ?? ground ?? [0, 0, 0];
      for (let k = 0; k < 3; k += 1) data[i + k] = color[k]! + fold;
      data[i + 3] = piece || ground ? 255 : 0;
    }
  return { width, height, data };
}

/** The points of one side and the same points mirrored about x = 200. */
export const mirrored = (half: readonly Vec[]): Vec[] => [
  ...half,
  ...[...half].reverse().map(([x, y]): Vec => [400 - x, y]),
];

const neckline: Vec[] = [165, 172, 180, 190, 200].map((x): Vec => [x, 80 + 40 * (1 - ((200 - x) / 35) ** 2)]);
const back: Vec[] = mirrored([
  [165, 80],
  [185, 88],
]).concat([[200, 122]]);

/** Left side of each shape, from the middle of the front neckline round to the hem. */
export const halves = {
  tee: [...[...neckline].reverse(), [110, 98], [50, 190], [90, 215], [115, 180], [115, 420]] as Vec[],
  longSleeve: [...[...neckline].reverse(), [110, 98], [40, 400], [75, 408], [118, 190], [118, 420]] as Vec[],
  tank: [...[...neckline].reverse(), [135, 82], [140, 140], [112, 190], [115, 420]] as Vec[],
  straps: [
    [200, 190],
    [152, 150],
    [152, 60],
    [146, 60],
    [144, 150],
    [112, 190],
    [115, 420],
  ] as Vec[],
  dress: [...[...neckline].reverse(), [140, 95], [115, 150], [130, 180], [150, 200], [60, 480]] as Vec[],
  trousers: [
    [200, 40],
    [140, 40],
    [125, 200],
    [130, 480],
    [185, 480],
    [200, 190],
  ] as Vec[],
  skirt: [
    [200, 100],
    [145, 100],
    [95, 400],
    [200, 404],
  ] as Vec[],
};

/** The inside of the back, seen above the front neckline. */
export const innerBack = (color: Rgb): Piece => ({ polygon: back, color });
