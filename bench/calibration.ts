// Prints the time of the calibration inference in milliseconds: for benches that are no TypeScript themselves.
import { loadNodeModels } from "../platform/engine/src/runtime/node-models.ts";
import { calibrateInference } from "./calibrate-inference.ts";

console.log((await calibrateInference(await loadNodeModels())).toFixed(0));
