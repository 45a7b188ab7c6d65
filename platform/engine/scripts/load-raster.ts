import sharp from "sharp";
import type { Raster } from "../src/types.ts";

/** A picture file as the engine wants it: upright, sRGB, longest side at most `maxSide`. For tests and benches. */
export async function loadRaster(file: string | Uint8Array, maxSide = 1024): Promise<Raster> {
  const { data, info } = await sharp(file)
    .autoOrient()
    .toColourspace("srgb")
    .resize(maxSide, maxSide, { fit: "inside", withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
  };
}
