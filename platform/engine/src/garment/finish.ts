import { medianLab } from "../person/color-model.ts";
import { toRgb } from "../raster/color.ts";
import { lerp } from "../raster/scalars.ts";
import type { Raster } from "../types.ts";
import type { CutOut } from "./cut-out.ts";

/** Lab units: cloth lighter and paler than that is white, whatever tint the studio's light gave it */
const whiteFrom = 84;
const palestWhite = 13;
/** how much of such a tint goes */
const whiteBalance = 0.75;

/** Per channel: what brings white cloth back towards grey of its own brightness; ones for coloured cloth. */
function balanceOf(lab: readonly [number, number, number]): readonly [number, number, number] {
  if (lab[0] < whiteFrom || Math.hypot(lab[1], lab[2]) > palestWhite || lab[2] > 2) return [1, 1, 1];
  const rgb = toRgb([...lab]);
  // no darker than its brightest channel lets it look
  const grey = (toRgb([lab[0], 0, 0])[1] + Math.max(...rgb)) / 2;
  const gain = (value: number) => lerp(1, grey / Math.max(1, value), whiteBalance);
  return [gain(rgb[0]), gain(rgb[1]), gain(rgb[2])];
}

/** The cut-out's colours with its coverage as alpha; white cloth is white. */
export function toRasterWithAlpha({ raster, alpha }: CutOut, cloth: readonly [number, number, number]): Raster {
  const data = new Uint8ClampedArray(raster.data);
  const [red, green, blue] = balanceOf(cloth);
  for (let i = 0; i < alpha.length; i += 1) {
    data[i * 4] = data[i * 4]! * red;
    data[i * 4 + 1] = data[i * 4 + 1]! * green;
    data[i * 4 + 2] = data[i * 4 + 2]! * blue;
    data[i * 4 + 3] = alpha[i]! * 255;
  }
  return { width: raster.width, height: raster.height, data };
}

/** Median colour of what is surely garment. */
export function medianColor({ alpha, lab }: CutOut): readonly [number, number, number] {
  const samples: number[] = [];
  for (let i = 0; i < alpha.length; i += 7) {
    if (alpha[i]! > 0.95) samples.push(lab[i * 3]!, lab[i * 3 + 1]!, lab[i * 3 + 2]!);
  }
  return medianLab(samples, 1) ?? [50, 0, 0];
}
