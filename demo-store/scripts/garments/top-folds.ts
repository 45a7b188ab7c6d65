import { randomFrom } from "../cloth/fields.ts";
import { mirrored, samplePoints } from "../cloth/outline.ts";
import type { Fold, Point } from "../cloth/types.ts";
import type { Cut } from "./cut.ts";
import { armhole, lineBetween } from "./cut.ts";

/** A line that bends sideways between two points. */
export const bent = (from: Point, to: Point, bend: number): Point[] => {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const size = Math.hypot(dx, dy) || 1;
  const middle = lineBetween(from, to, 0.5);
  const pull: Point = [middle[0] - (dy / size) * bend, middle[1] + (dx / size) * bend];
  return samplePoints(from, [[lineBetween(from, pull, 0.66), lineBetween(to, pull, 0.66), to]], 14);
};

export const groove = (points: readonly Point[], depth = 1.6, width = 3.2): Fold => ({
  points,
  width: [width, width],
  height: -depth,
  fade: 0,
});

/** Pull lines that spread from an armpit over chest and side. */
function armpitFan(cut: Cut, side: 1 | -1, random: () => number, strength: number): Fold[] {
  const [x, y] = cut.armpit;
  return Array.from({ length: 8 }, (_, index) => {
    const angle = 0.22 + index * 0.17 + random() * 0.14;
    const length = 130 + random() * 190;
    const from: Point = [side * (x - 8 - random() * 20), y + 4 + index * 7];
    const to: Point = [from[0] - side * Math.cos(angle) * length, from[1] + Math.sin(angle) * length];
    const lean = 9 + random() * 9;
    return {
      points: bent(from, to, side * (10 + random() * 26)),
      width: [lean, lean * (1.5 + random())],
      height: strength * (2.8 + random() * 3) * (index % 2 ? -1 : 1),
      fade: 0.45,
    };
  });
}

/** Long soft drapes over the lower body. */
function drapes(cut: Cut, random: () => number, strength: number): Fold[] {
  const top = cut.armpit[1];
  const span = cut.hem[1] - top;
  return Array.from({ length: 11 }, (_, index) => {
    const x = (-0.88 + (index / 10) * 1.76 + (random() - 0.5) * 0.14) * cut.hem[0];
    const from: Point = [x * 0.86 + (random() - 0.5) * 50, top + span * (0.15 + random() * 0.4)];
    const to: Point = [x + (random() - 0.5) * 36, cut.hem[1] + 50 - random() * span * 0.18];
    const lean = 15 + random() * 16;
    return {
      points: bent(from, to, (random() - 0.5) * 50),
      width: [lean, lean * (1 + random())],
      height: strength * (2.4 + random() * 3.4) * (random() < 0.5 ? -1 : 1),
      fade: 0.42,
    };
  });
}

/** A few soft dents here and there, as cloth has that was folded in a drawer. */
function crumples(cut: Cut, random: () => number, strength: number): Fold[] {
  return Array.from({ length: 7 }, () => {
    const from: Point = [
      (random() - 0.5) * 1.7 * cut.hem[0],
      cut.neckDepth + 60 + random() * (cut.hem[1] - cut.neckDepth - 110),
    ];
    const angle = (random() - 0.5) * 2.4 + (from[0] > 0 ? Math.PI * 0.75 : Math.PI * 0.25);
    const length = 120 + random() * 130;
    const lean = 13 + random() * 10;
    return {
      points: bent(
        from,
        [from[0] + Math.cos(angle) * length, from[1] + Math.sin(angle) * length],
        (random() - 0.5) * 30,
      ),
      width: [lean, lean * (1.6 + random())],
      height: strength * (0.7 + random() * 0.9) * (random() < 0.5 ? -1 : 1),
      fade: 0.48,
    };
  });
}

/** Folds of one sleeve: from the armpit outwards, and across near the opening. */
function sleeveFolds(cut: Cut, side: 1 | -1, random: () => number, strength: number): Fold[] {
  const [outer, inner] = cut.cuff;
  const flip = (point: Point): Point => [point[0] * side, point[1]];
  const length = Math.hypot(outer[0] - cut.shoulder[0], outer[1] - cut.shoulder[1]);
  const count = Math.max(4, Math.round(length / 60));
  return Array.from({ length: count }, (_, index) => {
    const along = (index + 0.3 + random() * 0.5) / count;
    const under = lineBetween(cut.armpit, inner, Math.min(0.92, along));
    const over = lineBetween(cut.shoulder, outer, Math.min(0.95, along * 0.85 + 0.12 + random() * 0.1));
    const to = lineBetween(under, over, 0.5 + random() * 0.35);
    const lean = 7 + random() * 9;
    return {
      points: bent(flip(under), flip(to), side * (random() - 0.3) * 30),
      width: [lean, lean * (1.3 + random())],
      height: strength * (1.5 + random() * 2.4) * (random() < 0.45 ? -1 : 1),
      fade: 0.4,
    };
  });
}

/** Seams and folds of a top with sleeves. `strength` 1 is a light jersey, more is heavier cloth. */
export function topFolds(cut: Cut, seed: number, strength = 1): Fold[] {
  const random = randomFrom(seed);
  const hole = armhole(cut);
  return [
    groove(hole),
    groove(mirrored(hole)),
    ...armpitFan(cut, 1, random, strength),
    ...armpitFan(cut, -1, random, strength),
    ...sleeveFolds(cut, 1, random, strength),
    ...sleeveFolds(cut, -1, random, strength),
    ...drapes(cut, random, strength),
    ...crumples(cut, random, strength),
  ];
}
