import { randomFrom } from "../cloth/fields.ts";
import { samplePoints, wholeOutline } from "../cloth/outline.ts";
import type { Fold, Garment, Point } from "../cloth/types.ts";
import { insideWaist, waistband } from "./bottoms.ts";
import { flat } from "./crew-collar.ts";
import { moved, stitches } from "./stitches.ts";
import { bent } from "./top-folds.ts";

const waist: Point = [172, 150];
const hip: Point = [236, 420];
const hem: Point = [312, 1010];

/** The cloth falls from the gathered waist in folds that widen towards the hem. */
function falls(seed: number): Fold[] {
  const random = randomFrom(seed);
  return Array.from({ length: 17 }, (_, index) => {
    const at = -0.94 + (index / 16) * 1.88 + (random() - 0.5) * 0.05;
    const from: Point = [waist[0] * at, waist[1] + 40 + random() * 70];
    const to: Point = [hem[0] * at + (random() - 0.5) * 16, hem[1] + 90 - (index % 3) * 30];
    const lean = 12 + random() * 9;
    return {
      points: bent(from, to, at * -22 + (random() - 0.5) * 20),
      width: [lean, lean * (1.2 + random())],
      height: (3.8 + random() * 4.6) * (index % 2 ? -1 : 1),
      fade: 0.2 + random() * 0.2,
    };
  });
}

function gathers(seed: number): Fold[] {
  const random = randomFrom(seed + 50);
  return Array.from({ length: 34 }, (_, index) => {
    const x = (-0.96 + (index / 33) * 1.92) * waist[0];
    const top: Point = [x, waist[1] + 36];
    const bottom: Point = [x * 1.12 + (random() - 0.5) * 8, waist[1] + 80 + random() * 90];
    return { points: bent(top, bottom, 0), width: [4, 6], height: 1.6 * (index % 2 ? -1 : 1), fade: 0.3 };
  });
}

/** A midi skirt with an elastic waist. */
export function skirt({
  name,
  seed,
  cloth,
  sheen = 0,
}: {
  name: string;
  seed: number;
  cloth: string;
  sheen?: number;
}): Garment {
  const outline = samplePoints(
    [0, waist[1] + 8],
    [
      [[waist[0] * 0.4, waist[1] + 8], [waist[0] * 0.8, waist[1] + 4], waist],
      [[waist[0] + 16, waist[1] + 80], [hip[0] - 14, hip[1] - 110], hip],
      [[hip[0] + 26, hip[1] + 200], [hem[0] - 18, hem[1] - 190], hem],
      [
        [hem[0] * 0.82, hem[1] + 20],
        [hem[0] * 0.7, hem[1] + 14],
        [hem[0] * 0.52, hem[1] + 22],
      ],
      [
        [hem[0] * 0.34, hem[1] + 30],
        [hem[0] * 0.2, hem[1] + 22],
        [0, hem[1] + 27],
      ],
    ],
  );
  // the hem rises and falls with the folds
  const half = outline.map(([x, y]): Point => [x, y >= hem[1] ? y + 5 * Math.cos(x * 0.068) : y]);
  const low = half.filter(([, y]) => y >= hem[1] - 6);
  const row = moved([...low.map(([x, y]): Point => [-x, y]), ...[...low].reverse()], 0, -22);
  return {
    name,
    seed,
    sheen,
    layers: [
      insideWaist(waist, cloth),
      {
        path: wholeOutline(half),
        dye: flat(cloth),
        details: stitches(row),
        folds: [...falls(seed), ...gathers(seed)],
        edge: { radius: 18, height: 14 },
        slack: 0.8,
        weave: 1,
      },
      waistband(waist, cloth, 40, "", true),
    ],
  };
}
