// Runs in a worker thread: the local engine with its models, between picture bytes in and picture bytes out.
import type { BottomGarment, GarmentAnalysis, TopGarment, TryOnInput } from "@trailroom/engine";
import { analyseGarment, checkGarment, checkPhoto, EngineProblem, tryOn } from "@trailroom/engine";
import { loadNodeModels } from "@trailroom/engine/runtime/node-models";
import sharp from "sharp";
import type { GarmentKind } from "../../../core/ports.ts";
import type { EngineAnswer, EngineTask, GarmentTask } from "./engine-task.ts";
import { decodePicture, encodeResult } from "./picture-files.ts";

sharp.cache(false);
sharp.concurrency(1);

const loading = loadNodeModels();

/** Does one task. */
export default async function work(task: EngineTask): Promise<EngineAnswer> {
  try {
    if (task.kind === "check-person") return await checkPerson(task);
    if (task.kind === "check-garment") return await checkGarmentPicture(task);
    return await makePicture(task);
  } catch (error) {
    if (error instanceof EngineProblem) return { kind: "refused", code: error.code, detail: error.detail };
    throw error;
  }
}

async function checkPerson({ bytes, mode }: EngineTask & { kind: "check-person" }): Promise<EngineAnswer> {
  const { problems, analysis } = await checkPhoto(await decodePicture(bytes), await loading, mode);
  return { kind: "person", problems, analysis: analysis ?? undefined };
}

async function checkGarmentPicture({ bytes, garment }: EngineTask & { kind: "check-garment" }): Promise<EngineAnswer> {
  const { problems, analysis } = checkGarment(await decodePicture(bytes), garment);
  return { kind: "garment", problems, analysis: analysis ?? undefined };
}

const analysisOf = async (garment: GarmentTask | null, kind: GarmentKind): Promise<GarmentAnalysis | undefined> =>
  garment ? (garment.analysis ?? analyseGarment(await decodePicture(garment.bytes), kind)) : undefined;

async function makePicture({
  photo,
  person,
  top,
  bottom,
  stages,
}: EngineTask & { kind: "try-on" }): Promise<EngineAnswer> {
  const garments = { top: await analysisOf(top, "top"), bottom: await analysisOf(bottom, "bottom") };
  const input: TryOnInput = {
    photo: await decodePicture(photo),
    person,
    top: garments.top as TopGarment | undefined,
    bottom: garments.bottom as BottomGarment | undefined,
    onStage: (stage, progress) => stages.postMessage([stage, progress]),
  };
  const { image, confidence, warnings } = await tryOn(input, await loading);
  return { kind: "picture", jpeg: await encodeResult(image), confidence, warnings, garments };
}
