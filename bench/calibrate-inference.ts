import type { Models } from "../platform/engine/src/index.ts";
import { checkPhoto } from "../platform/engine/src/index.ts";
import { median } from "./measure.ts";

const runs = 5;
const side = 512;

/** The same work on every machine, to be printed beside absolute times: finding nobody in a grey picture, median of five, milliseconds. */
export async function calibrateInference(models: Models): Promise<number> {
  const data = new Uint8ClampedArray(side * side * 4).fill(128);
  const times: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const started = performance.now();
    await checkPhoto({ width: side, height: side, data }, models, "top");
    if (run > 0) times.push(performance.now() - started);
  }
  return median(times);
}
