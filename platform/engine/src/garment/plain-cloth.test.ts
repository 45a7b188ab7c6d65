import { describe, expect, test } from "vitest";
import type { Raster } from "../types.ts";
import { findPlainCloth, isTwoToned } from "./plain-cloth.ts";

const [width, height] = [80, 40];
type Rgb = readonly [number, number, number];

/** A sleeve whose armpit is at the left end. */
function sleeve(colour: (x: number, y: number) => Rgb) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i += 1) data.set([...colour(i % width, Math.floor(i / width)), 255], i * 4);
  const raster: Raster = { width, height, data };
  const zone = new Float32Array(width * height).fill(1);
  const cloth = findPlainCloth(raster, zone, (i) => Math.max(0, 1 - (i % width) / 30));
  return (x: number, y: number) => cloth[y * width + x]!;
}

const beige: Rgb = [215, 205, 180];

describe("findPlainCloth", () => {
  test("takes the deep shadow under an arm for the same cloth, a print not", () => {
    const at = sleeve((x, y) => (x < 8 && y > 20 ? [120, 112, 92] : x > 55 && x < 62 && y < 8 ? [160, 40, 40] : beige));
    expect(at(4, 30)).toBeGreaterThan(0.8);
    expect(at(40, 20)).toBe(1);
    expect(at(58, 4)).toBe(0);
  });

  test("takes a dark cuff that runs on to the outer side for another cloth", () => {
    const at = sleeve((_, y) => (y > 28 ? [70, 66, 58] : beige));
    expect(at(4, 35)).toBeLessThan(0.1);
    expect(at(70, 35)).toBe(0);
    expect(at(4, 10)).toBe(1);
  });
});

describe("isTwoToned", () => {
  const shades = (shade: (k: number) => number) => Float32Array.from({ length: 600 }, (_, k) => shade(k));
  const grain = (k: number) => ((k * 7919) % 13) / 600;

  test("a sleeve of another grey than the trunk", () => {
    expect(isTwoToned(shades((k) => (k % 3 === 0 ? 0.74 : 0.93) + grain(k)))).toBe(true);
  });

  test("but not cloth with folds, however deep, nor even cloth", () => {
    expect(isTwoToned(shades((k) => 0.9 - 0.4 * (k / 600) ** 3))).toBe(false);
    expect(isTwoToned(shades((k) => 0.9 + grain(k)))).toBe(false);
    expect(isTwoToned(new Float32Array(0))).toBe(false);
  });
});
