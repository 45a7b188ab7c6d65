import { Piscina } from "piscina";
import { AppError } from "../../../core/errors.ts";
import type { PictureAnswer, PictureTask, Placement } from "./picture-tasks.ts";

const maxThreads = 2;

/** The pictures of the calls, off the thread that serves requests. */
export function createPictureThread() {
  const pool = new Piscina<PictureTask, PictureAnswer>({
    filename: new URL("./picture-worker.ts", import.meta.url).href,
    minThreads: 0,
    maxThreads,
    idleTimeout: 60_000,
  });
  return {
    place: async (bytes: Uint8Array, sizes: string[], signal: AbortSignal) => {
      const answer = await pool.run({ kind: "place", bytes, sizes }, { signal });
      if (answer.kind !== "placed") throw new AppError("internal", { log: "the photo was not placed" });
      return answer;
    },
    /** Throws engine_failed when the bytes are no usable picture. */
    finish: async (bytes: Uint8Array, placement: Placement, signal: AbortSignal): Promise<Uint8Array> => {
      const answer = await pool.run({ kind: "finish", bytes, placement }, { signal });
      if (answer.kind === "finished") return answer.bytes;
      const detail = answer.kind === "unusable" ? answer.detail : answer.kind;
      throw new AppError("engine_failed", { log: `the answer is not a usable picture: ${detail}` });
    },
    close: () => pool.destroy(),
  };
}

export type PictureThread = ReturnType<typeof createPictureThread>;
