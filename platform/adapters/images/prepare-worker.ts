// Runs in a worker thread: decodes one picture, turns it upright, shrinks it and writes it anew without metadata.
import sharp from "sharp";

sharp.cache(false);
sharp.concurrency(1);

export interface PrepareTask {
  bytes: Uint8Array;
  kind: "person" | "garment";
  maxSide: number;
  maxPixels: number;
  minSide: number;
}

export type PrepareAnswer =
  | { ok: true; bytes: Uint8Array; contentType: "image/jpeg" | "image/png"; width: number; height: number }
  | { ok: false; code: "image_too_large" | "image_unreadable" | "image_too_small" | "unsupported_image" };

const decodeSeconds = 10;

/** A picture with a used alpha channel stays PNG: the cut-out that the shop made is better than ours. */
export default async function prepare(task: PrepareTask): Promise<PrepareAnswer> {
  const { kind, maxSide, maxPixels, minSide } = task;
  const options = { limitInputPixels: maxPixels, failOn: "warning", sequentialRead: true } as const;
  try {
    const image = sharp(task.bytes, options);
    const { width, height, pages, hasAlpha } = await image.metadata();
    if (width * height > maxPixels) return { ok: false, code: "image_too_large" };
    if ((pages ?? 1) > 1) return { ok: false, code: "unsupported_image" };
    if (Math.min(width, height) < minSide) return { ok: false, code: "image_too_small" };
    const keepsAlpha = kind === "garment" && hasAlpha;
    const upright = image
      .timeout({ seconds: decodeSeconds })
      .autoOrient()
      .resize(maxSide, maxSide, { fit: "inside", withoutEnlargement: true })
      .toColourspace("srgb");
    const written = keepsAlpha
      ? upright.png({ compressionLevel: 3 })
      : upright.flatten({ background: "#ffffff" }).jpeg({ quality: 95, chromaSubsampling: "4:4:4" });
    const { data, info } = await written.toBuffer({ resolveWithObject: true });
    const contentType = keepsAlpha ? "image/png" : "image/jpeg";
    return { ok: true, bytes: new Uint8Array(data), contentType, width: info.width, height: info.height };
  } catch (error) {
    const isBomb = error instanceof Error && /exceeds pixel limit/i.test(error.message);
    return { ok: false, code: isBomb ? "image_too_large" : "image_unreadable" };
  }
}
