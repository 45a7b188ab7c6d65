import { randomFrom } from "../cloth/fields.ts";
import { mirrored, pathOf, samplePoints, wholeOutline } from "../cloth/outline.ts";
import type { Fold, Garment, Layer, Point } from "../cloth/types.ts";
import { flat } from "./crew-collar.ts";
import { hemRows } from "./crew-top.ts";
import type { Cut } from "./cut.ts";
import { backNeckline, collarOpening, neckline } from "./cut.ts";
import { stitchesBothSides } from "./stitches.ts";
import { bent } from "./top-folds.ts";

const cut: Cut = {
  neck: [112, 148],
  neckDepth: 330,
  shoulder: [180, 164],
  armpit: [250, 424],
  hem: [256, 984],
  waist: 12,
  cuff: [
    [180, 164],
    [250, 424],
  ],
};

/** Right armhole from the strap down to the armpit. */
const armhole = (inset = 0): Point[] =>
  samplePoints(
    [cut.shoulder[0] - inset, cut.shoulder[1]],
    [
      [
        [cut.shoulder[0] - 10 - inset, 292],
        [cut.armpit[0] - 56 - inset, cut.armpit[1] - 34 + inset],
        [cut.armpit[0] - inset * 0.2, cut.armpit[1] + inset],
      ],
    ],
  );

function half(front: readonly Point[]): Point[] {
  const { armpit, hem, waist } = cut;
  const middle = (armpit[1] + hem[1]) / 2;
  return [
    ...front,
    ...armhole(),
    ...samplePoints(armpit, [
      [
        [armpit[0] - 3, armpit[1] + 60],
        [armpit[0] - waist, middle - 90],
        [armpit[0] - waist + 2, middle],
      ],
      [[armpit[0] - waist + 4, middle + 90], [hem[0] - 4, hem[1] - 90], hem],
      [
        [hem[0] * 0.7, hem[1] + 9],
        [hem[0] * 0.3, hem[1] + 12],
        [0, hem[1] + 11],
      ],
    ]).slice(1),
  ];
}

const binding = (outer: readonly Point[], inner: readonly Point[], colour: string): Layer => ({
  path: pathOf([...outer, ...[...inner].reverse()]),
  dye: flat(colour),
  edge: { radius: 5, height: 4.5 },
  weave: 1,
  shadow: { strength: 0.25, reach: 4, down: 2 },
});

function folds(seed: number): Fold[] {
  const random = randomFrom(seed);
  const drapes = Array.from({ length: 10 }, (_, index): Fold => {
    const x = (-0.86 + (index / 9) * 1.72) * cut.hem[0];
    const from: Point = [x * 0.8 + (random() - 0.5) * 30, 400 + random() * 260];
    const lean = 14 + random() * 16;
    return {
      points: bent(from, [x + (random() - 0.5) * 30, 970 - random() * 50], (random() - 0.5) * 40),
      width: [lean, lean * (1 + random())],
      height: (1.6 + random() * 3) * (random() < 0.5 ? -1 : 1),
      fade: 0.42,
    };
  });
  const pulls = ([1, -1] as const).flatMap((side) =>
    Array.from({ length: 4 }, (_, index): Fold => {
      const from: Point = [side * (cut.armpit[0] - 26), cut.armpit[1] + index * 16 - 12];
      const to: Point = [side * (70 + random() * 60), cut.armpit[1] + 60 + index * 42 + random() * 40];
      return {
        points: bent(from, to, side * 20),
        width: [9, 17],
        height: (1.5 + random() * 1.6) * (index % 2 ? -1 : 1),
        fade: 0.46,
      };
    }),
  );
  return [...drapes, ...pulls];
}

const whole = (line: readonly Point[]): Point[] => [...mirrored(line.slice(1)).reverse(), ...line];

/** A tank top with bound neck and armholes. */
export function tank({
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
  const drop = 74;
  const inner = (line: readonly Point[], down: number) => line.map(([x, y]): Point => [x, y + down]);
  const back = backNeckline(cut, drop);
  return {
    name,
    seed,
    sheen,
    layers: [
      {
        path: collarOpening(cut, drop, 0),
        dye: flat(cloth),
        light: 0.7,
        edge: { radius: 14, height: 3 },
        weave: 1,
        slack: 0.6,
      },
      { ...binding(whole(back), whole(inner(back, 15)), cloth), light: 0.8 },
      {
        path: wholeOutline(half(neckline(cut))),
        dye: flat(cloth),
        details:
          hemRows(cut) + stitchesBothSides(armhole(19)) + stitchesBothSides(inner(neckline(cut), 19).slice(0, -1)),
        folds: folds(seed),
        edge: { radius: 20, height: 15 },
        slack: 1,
        weave: 1,
        shadow: { strength: 0.4, reach: 12 },
      },
      binding(whole(neckline(cut)), whole(inner(neckline(cut), 15)), cloth),
      binding(armhole(), armhole(14), cloth),
      binding(mirrored(armhole()), mirrored(armhole(14)), cloth),
    ],
  };
}
