import { expect, test } from "vitest";
import type { LimbStrip, Raster } from "../types.ts";
import { softenFolds } from "./soften-folds.ts";

const [width, height] = [300, 300];
type Rgb = readonly [number, number, number];

/** A tee of one cloth: trunk from x 80 to 220, sleeves beside it down to y 150, whatever `colour` draws on it. */
function tee(colour: (x: number, y: number) => Rgb) {
  const data = new Uint8ClampedArray(width * height * 4);
  const alpha = [new Uint8Array(width * height), new Uint8Array(width * height)];
  for (let i = 0; i < width * height; i += 1) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const isSleeve = (x < 80 || x >= 220) && x > 20 && x < 280 && y < 150;
    data.set([...colour(x, y), isSleeve || (x >= 80 && x < 220) ? 255 : 0], i * 4);
    if (isSleeve) alpha[x < 150 ? 0 : 1]![i] = 255;
  }
  const raster: Raster = { width, height, data };
  const strip = (side: number) => ({ alpha: alpha[side]! }) as unknown as LimbStrip;
  softenFolds(raster, {
    axisX: 150,
    neck: [
      [120, 10],
      [180, 10],
    ],
    shoulderTip: [
      [80, 20],
      [220, 20],
    ],
    armpit: [
      [80, 120],
      [220, 120],
    ],
    sleeves: [strip(0), strip(1)],
  });
  return (x: number, y: number) => data[(y * width + x) * 4]!;
}

/** Cloth of one grey with two slanting creases, one beside the armhole and one on the sleeve. */
const creased = (cloth: number, depth: number) => (x: number, y: number) => {
  const crease = (off: number) => depth * Math.exp(-((off / 6) ** 2));
  const slant = (y - 80) / 9;
  const light = cloth + crease(x - 88 + slant) + crease(x - 50 - slant);
  return [light, light, light] as const;
};

test("a crease from shoulder to armpit and one on the sleeve fade", () => {
  const at = tee(creased(235, -30));
  expect(at(50, 80)).toBeGreaterThan(222);
  expect(at(88, 80)).toBeGreaterThan(222);
  expect(at(68, 80)).toBeGreaterThan(222);
});

test("a sleeve of another tone than the trunk keeps its edge", () => {
  const at = tee((x) => (x < 80 || x >= 220 ? [205, 205, 205] : [235, 235, 235]));
  expect([at(78, 80), at(82, 80)]).toEqual([205, 235]);
});

test("in black cloth too", () => {
  const at = tee(creased(22, 30));
  expect(at(50, 80)).toBeLessThan(38);
});

test("the deep shadow under an arm takes the colour of the cloth around it", () => {
  const at = tee((x, y) => (x > 60 && x < 76 && y > 90 && y < 140 ? [96, 84, 62] : [215, 205, 180]));
  expect(at(68, 110)).toBeGreaterThan(165);
});

test("prints, other cloth, the middle and the lower trunk stay as they are", () => {
  const at = tee((x, y) => {
    if (y > 200 && x === 90) return [200, 200, 200];
    if (Math.abs(x - 150) < 8) return [215, 215, 215];
    if (x > 45 && x < 55 && y > 20 && y < 40) return [40, 40, 40];
    return x > 40 && x < 60 && y > 60 && y < 90 ? [190, 30, 40] : [235, 235, 235];
  });
  expect(at(50, 75)).toBe(190);
  expect(at(50, 30)).toBe(40);
  expect(at(150, 80)).toBe(215);
  expect(at(90, 240)).toBe(200);
});

test("weave and stitches keep their grain", () => {
  const at = tee((x, y) => ((x + y) % 2 === 0 ? [232, 232, 232] : [236, 236, 236]));
  expect(at(51, 80) - at(50, 80)).toBeGreaterThanOrEqual(3);
});
