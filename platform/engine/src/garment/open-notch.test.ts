import { describe, expect, it } from "vitest";
import { labImage } from "../raster/color.ts";
import type { CutOut } from "./cut-out.ts";
import { openNotch } from "./open-notch.ts";

const width = 200;
const height = 300;
const crotchY = 140;
const gapY = 180;

/** Pink trousers from y 40 on; between crotchY and gapY a grey slit that the cut took for cloth. */
function trousers(slit: readonly [number, number, number]): CutOut {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const alpha = new Float32Array(width * height);
  for (let y = 40; y < height - 20; y += 1)
    for (let x = 50; x < 150; x += 1) {
      const i = y * width + x;
      const isSlit = y >= crotchY && Math.abs(x - 100) <= 2 + (y - crotchY) * 0.05;
      const color = isSlit ? (y < gapY ? slit : [250, 250, 250]) : [215, 150, 155];
      for (let k = 0; k < 3; k += 1) data[i * 4 + k] = color[k]!;
      alpha[i] = isSlit && y >= gapY ? 0 : 1;
    }
  const raster = { width, height, data };
  return { raster, alpha, lab: labImage(data, width * height), clarity: 1, groundSpread: 0 };
}

describe("the slit between two legs", () => {
  it("is opened up to where the legs really part, also where it lies in shadow", () => {
    const cut = trousers([205, 205, 208]);
    const [, y] = openNotch(cut, [100, gapY], 100, 240);
    expect(Math.abs(y - crotchY)).toBeLessThan(5);
    expect(cut.alpha[160 * width + 100]).toBe(0);
    expect(cut.alpha[160 * width + 92]).toBe(1);
  });

  it("is left alone where cloth goes on", () => {
    const cut = trousers([215, 150, 155]);
    const [, y] = openNotch(cut, [100, gapY], 100, 240);
    expect(gapY - y).toBeLessThan(4);
    expect(cut.alpha[160 * width + 100]).toBe(1);
  });
});
