import { createHash } from "node:crypto";
import { Piscina } from "piscina";
import { AppError } from "../../core/errors.ts";
import type { ImagePreparer } from "../../core/ports.ts";
import type { PrepareAnswer, PrepareTask } from "./prepare-worker.ts";
import { sniffImage } from "./sniff-image.ts";

export interface ImageLimits {
  maxBytes: number;
  maxPixels: number;
  minSide: number;
  /** longest side of what is kept, pixels */
  maxSide: number;
  timeoutMs: number;
}

export const defaultImageLimits: ImageLimits = {
  maxBytes: 10_000_000,
  maxPixels: 40_000_000,
  minSide: 256,
  maxSide: 1024,
  timeoutMs: 15_000,
};

const heicHint = { hint: "iPhone photos: choose 'Most Compatible' in the camera's settings, or send a JPEG." };

/** Image intake in a worker thread of its own: a picture that hangs the decoder takes only that thread with it. */
export function createImagePreparer(limits: ImageLimits): ImagePreparer & { close(): Promise<void> } {
  let pool: Piscina<PrepareTask, PrepareAnswer> | undefined;
  const start = () => {
    pool ??= new Piscina<PrepareTask, PrepareAnswer>({
      filename: new URL("./prepare-worker.ts", import.meta.url).href,
      minThreads: 1,
      maxThreads: 2,
      idleTimeout: 60_000,
      maxQueue: 64,
    });
    return pool;
  };

  const decode = async (task: PrepareTask): Promise<PrepareAnswer> => {
    try {
      return await start().run(task, { signal: AbortSignal.timeout(limits.timeoutMs) });
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") return { ok: false, code: "image_unreadable" };
      throw new AppError("engine_unavailable", { retryAfterS: 2, cause: error, log: String(error) });
    }
  };

  return {
    prepare: async (bytes, kind) => {
      if (bytes.byteLength > limits.maxBytes) throw new AppError("image_too_large");
      if (bytes.byteLength === 0) throw new AppError("image_unreadable");
      const type = sniffImage(bytes);
      if (type === "heic") throw new AppError("unsupported_image", { details: heicHint });
      if (type === "other") throw new AppError("unsupported_image");
      const { maxSide, maxPixels, minSide } = limits;
      const answer = await decode({ bytes, kind, maxSide, maxPixels, minSide });
      if (!answer.ok) throw new AppError(answer.code);
      const { ok: _ok, ...image } = answer;
      return { ...image, hash: createHash("sha256").update(image.bytes).digest("hex") };
    },
    close: async () => pool?.destroy(),
  };
}
