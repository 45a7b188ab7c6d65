import { workspace } from "../raster/memory.ts";
import { shrink } from "../raster/resize.ts";
import type { GarmentAnalysis, GarmentProblemCode, Raster } from "../types.ts";
import { EngineProblem } from "../types.ts";
import { analyseBottom } from "./analyse-bottom.ts";
import { analyseTop } from "./analyse-top.ts";
import { cutOut } from "./cut-out.ts";

/** longest side that a garment is read at, pixels */
const workSide = 768;

/** Cuts a garment out of its product picture and reads its shape. Throws EngineProblem with a garment code. */
export function analyseGarment(picture: Raster, kind: "top" | "bottom"): GarmentAnalysis {
  return workspace(() => {
    const cut = cutOut(shrink(picture, workSide));
    return kind === "top" ? analyseTop(cut) : analyseBottom(cut);
  });
}

/** The garment check: its problems, or the analysis that a job may use. */
export function checkGarment(
  picture: Raster,
  kind: "top" | "bottom",
): { problems: GarmentProblemCode[]; analysis: GarmentAnalysis | null } {
  try {
    return { problems: [], analysis: analyseGarment(picture, kind) };
  } catch (error) {
    if (!(error instanceof EngineProblem)) throw error;
    return { problems: [error.code as GarmentProblemCode], analysis: null };
  }
}
