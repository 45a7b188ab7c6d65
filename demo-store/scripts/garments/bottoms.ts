import { randomFrom } from "../cloth/fields.ts";
import { mirrored, pathOf, samplePoints, wholeOutline } from "../cloth/outline.ts";
import type { Fold, Garment, Layer, Point } from "../cloth/types.ts";
import { flat } from "./crew-collar.ts";
import { button } from "./sew-button.ts";
import { moved, stitches, stitchesBothSides } from "./stitches.ts";
import { bent, groove } from "./top-folds.ts";

/** Measures of the right half of trousers or shorts, in units from the mirror axis. */
export interface LegCut {
  waist: Point;
  hip: Point;
  crotch: number;
  /** Outer and inner corner of the leg's opening. */
  opening: readonly [outer: Point, inner: Point];
  knee?: readonly [outer: number, inner: number];
}

/** Right half of the outline from the waist's middle to the crotch. */
export function legHalf(cut: LegCut): Point[] {
  const { waist, hip, crotch } = cut;
  const [outer, inner] = cut.opening;
  const middle = Math.max((hip[1] + outer[1]) / 2 + 20, (crotch + inner[1]) / 2);
  const share = (middle - hip[1]) / (outer[1] - hip[1]);
  const knee = cut.knee ?? [hip[0] + (outer[0] - hip[0]) * share, 14 + (inner[0] - 14) * 0.5];
  const reach = Math.min(90, (outer[1] - middle) * 0.5);
  return samplePoints(
    [0, waist[1] + 8],
    [
      [[waist[0] * 0.4, waist[1] + 8], [waist[0] * 0.8, waist[1] + 4], waist],
      [[waist[0] + 8, waist[1] + 60], [hip[0], hip[1] - 70], hip],
      [
        [hip[0] + 6, hip[1] + reach * 0.8],
        [knee[0] - 2, middle - reach],
        [knee[0], middle],
      ],
      [[knee[0] + 2, middle + reach], [outer[0] - 1, outer[1] - reach], outer],
      [[outer[0] - 26, outer[1] + 5], [inner[0] + 26, inner[1] + 4], inner],
      [
        [inner[0] - 1, inner[1] - reach],
        [knee[1] + 3, middle + reach],
        [knee[1], middle],
      ],
      [
        [knee[1] - 3, middle - reach],
        [12, crotch + 14],
        [0, crotch],
      ],
    ],
  );
}

/** Pulls at the crotch, breaks at knee and opening, and the long line of each leg. */
function legFolds(cut: LegCut, seed: number, strength: number): Fold[] {
  const random = randomFrom(seed);
  const [outer, inner] = cut.opening;
  const length = outer[1] - cut.crotch;
  const folds: Fold[] = [];
  for (const side of [1, -1] as const) {
    for (let index = 0; index < 5; index += 1) {
      const angle = -0.15 + index * 0.3 + random() * 0.15;
      const reach = 60 + random() * 110;
      const from: Point = [side * (6 + random() * 12), cut.crotch - 18 + index * 9];
      const to: Point = [from[0] + side * Math.cos(angle) * reach, from[1] + Math.sin(angle) * reach];
      const lean = 8 + random() * 8;
      folds.push({
        points: bent(from, to, side * random() * 22),
        width: [lean, lean * 1.7],
        height: strength * (1.6 + random() * 2) * (index % 2 ? -1 : 1),
        fade: 0.44,
      });
    }
    const breaks = Math.max(2, Math.round(length / 75));
    for (let index = 0; index < breaks; index += 1) {
      const share = (index + 0.5 + random() * 0.5) / (breaks + 0.6);
      const y = cut.crotch + length * share;
      const left = inner[0] * share + 8;
      const right = cut.hip[0] + (outer[0] - cut.hip[0]) * share;
      const start = left + (right - left) * random() * 0.4;
      const lean = 9 + random() * 12;
      folds.push({
        points: bent(
          [side * start, y],
          [side * (start + (right - left) * 0.55), y + 55 - random() * 50],
          (random() - 0.5) * 30,
        ),
        width: [lean, lean * 1.6],
        height: strength * (1 + random() * 1.5) * (random() < 0.5 ? -1 : 1),
        fade: 0.45,
      });
    }
    for (const at of [0.3, 0.62, 0.85]) {
      const top: Point = [side * (cut.hip[0] * at), cut.hip[1] + 40 + random() * 80];
      const bottom: Point = [side * (inner[0] + (outer[0] - inner[0]) * at), outer[1] - 20 - random() * 40];
      folds.push({
        points: bent(top, bottom, (random() - 0.5) * 26),
        width: [20, 30 + random() * 10],
        height: strength * 3 * (at === 0.62 ? -1 : 1),
        fade: 0.4,
      });
    }
  }
  return folds;
}

/** The waist seen from behind through the opening. */
export const insideWaist = (waist: Point, cloth: string): Layer => ({
  path: pathOf([
    ...bent([-waist[0] + 3, waist[1] + 2], [waist[0] - 3, waist[1] + 2], -9),
    ...bent([waist[0] - 3, waist[1] + 6], [-waist[0] + 3, waist[1] + 6], -26),
  ]),
  dye: flat(cloth),
  light: 0.62,
  edge: { radius: 8, height: 3 },
  weave: 1,
});

/** A waistband that follows the waist's curve. */
export function waistband(waist: Point, cloth: string, deep: number, details = "", elastic = false): Layer {
  const upper = bent([-waist[0] - 1, waist[1]], [waist[0] + 1, waist[1]], 11);
  const lower = bent([waist[0] + 6, waist[1] + deep], [-waist[0] - 6, waist[1] + deep], -13);
  return {
    path: pathOf([...upper, ...lower]),
    dye: flat(cloth),
    details: elastic
      ? ""
      : stitches(moved(upper, 0, 5).slice(1, -1)) + stitches(moved([...lower].reverse(), 0, -5).slice(1, -1)) + details,
    edge: { radius: 8, height: 8 },
    weave: 1,
    slack: 0.5,
    relief: elastic
      ? (x, y) => 1.1 * Math.sin(x * 0.42 + Math.sin(y * 0.1 + x * 0.05)) + 0.4 * Math.sin(y * 0.75)
      : undefined,
    shadow: { strength: 0.3, reach: 5, down: 3 },
  } as Layer;
}

/** What trousers or shorts are made of. */
export interface Legs {
  name: string;
  seed: number;
  cut: LegCut;
  cloth: string;
  sheen?: number;
  buttonColour?: string;
}

/** Belt loops and the button, sewn on the waistband. */
function waistDetails({ cut, cloth, buttonColour = "#c9bfae" }: Legs, deep: number): string {
  const [half, top] = cut.waist;
  const loop = (x: number) => {
    const seam = (at: number) =>
      stitches([
        [at, top + 6],
        [at, top + deep],
      ]);
    return (
      `<rect x="${x - 7}" y="${top + 4}" width="14" height="${deep + 2}" rx="2" fill="#000" fill-opacity=".16"/>` +
      `<rect x="${x - 6}" y="${top + 3}" width="12" height="${deep + 1}" rx="2" fill="${cloth}"/>${seam(x - 3.5)}${seam(x + 3.5)}`
    );
  };
  return loop(-half * 0.62) + loop(half * 0.62) + button(4, top + 8 + deep / 2, 9.4, buttonColour);
}

/** Chinos or shorts with a buttoned waistband, fly and slanted pockets. */
export function legs(made: Legs): Garment {
  const { name, seed, cut, cloth, sheen = 0 } = made;
  const { waist, hip, crotch } = cut;
  const deep = 44;
  const top = waist[1] + deep;
  const middle = samplePoints(
    [0, top],
    [
      [
        [2, top + 60],
        [0, crotch - 60],
        [0, crotch - 2],
      ],
    ],
  );
  const fly = samplePoints(
    [34, top + 4],
    [
      [
        [36, crotch - 110],
        [34, crotch - 70],
        [4, crotch - 48],
      ],
    ],
  );
  const pocket = bent([waist[0] - 56, top + 4], [hip[0] - 2, hip[1] - 22], -14);
  const opening = bent(cut.opening[0], cut.opening[1], 0);
  const details = [
    stitches(fly),
    stitches(moved(fly, 6, 0)),
    stitchesBothSides(moved(pocket, -7, 3)),
    stitchesBothSides(moved(opening, 0, -26)),
  ];
  const seams = [groove(middle, 2.2, 3.4), groove(pocket, 2.6, 3.4), groove(mirrored(pocket), 2.6, 3.4)];
  return {
    name,
    seed,
    sheen,
    layers: [
      insideWaist(waist, cloth),
      {
        path: wholeOutline(legHalf(cut)),
        dye: flat(cloth),
        details: details.join(""),
        folds: [...seams, ...legFolds(cut, seed, 1.25)],
        edge: { radius: 20, height: 16 },
        slack: 1.1,
        weave: 1.3,
      },
      waistband(waist, cloth, deep, waistDetails(made, deep)),
    ],
  };
}
