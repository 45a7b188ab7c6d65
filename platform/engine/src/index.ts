/** The local try-on engine: pure TypeScript on tfjs, for one thread; pools and files are the caller's. */
import { fitGarments } from "./fit/try-on.ts";
import type { PhotoCheck } from "./person/check-photo.ts";
import { checkPhoto } from "./person/check-photo.ts";
import type { Models } from "./runtime/load-models.ts";
import type { Raster, TryOnInput, TryOnOutput } from "./types.ts";
import { EngineProblem } from "./types.ts";

export { analyseGarment, checkGarment } from "./garment/analyse-garment.ts";
export type { PhotoCheck } from "./person/check-photo.ts";
export { checkPhoto } from "./person/check-photo.ts";
export type { Models, ReadModelFile } from "./runtime/load-models.ts";
export { loadModels } from "./runtime/load-models.ts";
export * from "./types.ts";

/** The photo's analysis, or the first thing that stands against it as an error. */
export async function analysePhoto(photo: Raster, models: Models, need: "top" | "full") {
  const { problems, analysis }: PhotoCheck = await checkPhoto(photo, models, need);
  if (!analysis) throw new EngineProblem(problems[0] ?? "engine_failed");
  return analysis;
}

/** One try-on; an analysis that is at hand is reused. Throws EngineProblem. */
export async function tryOn(input: TryOnInput, models: Models): Promise<TryOnOutput> {
  const started = performance.now();
  input.onStage?.("photo", 0.05);
  const person = input.person ?? (await analysePhoto(input.photo, models, input.bottom ? "full" : "top"));
  const photoMs = performance.now() - started;
  input.onStage?.("fit", 0.5);
  const output = fitGarments(input, person);
  return { ...output, timings: { photo: photoMs, ...output.timings } };
}
