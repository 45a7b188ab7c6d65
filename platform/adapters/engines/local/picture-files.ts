import type { Raster } from "@trailroom/engine/types";
import sharp from "sharp";
import { writeResult } from "../write-result.ts";

/** A prepared picture's pixels. */
export async function decodePicture(bytes: Uint8Array): Promise<Raster> {
  const { data, info } = await sharp(bytes)
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength),
  };
}

/** The result as a JPEG that says how it was made. */
export const encodeResult = ({ width, height, data }: Raster): Promise<Uint8Array<ArrayBuffer>> =>
  writeResult(sharp(data, { raw: { width, height, channels: 4 } }));
