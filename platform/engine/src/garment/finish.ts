import { medianLab } from "../person/color-model.ts";
import type { Raster } from "../types.ts";
import type { CutOut } from "./cut-out.ts";

/** The cut-out's colours with its coverage as alpha. */
export function toRasterWithAlpha({ raster, alpha }: CutOut): Raster {
  const data = new Uint8ClampedArray(raster.data);
  for (let i = 0; i < alpha.length; i += 1) data[i * 4 + 3] = alpha[i]! * 255;
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
