import sharp from "sharp";
import type { ResultShrinker } from "../../core/ports.ts";

/** as large as the pages show a result: smaller, and the browser would count the full picture's paint and not this one's */
const side = 640;
const look = { quality: 45, effort: 2 };

/** Small WebP pictures, made when they are asked for and kept nowhere: they cannot outlive what they show. */
export const createResultShrinker = (): ResultShrinker => ({
  shrink: async (bytes) => {
    const small = await sharp(bytes).resize(side, side, { fit: "inside" }).webp(look).toBuffer();
    return { bytes: new Uint8Array(small), contentType: "image/webp" };
  },
});
