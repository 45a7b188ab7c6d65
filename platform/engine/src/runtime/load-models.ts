import type { GraphModel } from "@tensorflow/tfjs-converter";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { releaseFilters } from "./release-filters.ts";

/** Where the files of models/ come from: the disk on a server, fetch in a browser. */
export type ReadModelFile = (name: string) => Promise<Uint8Array>;

export interface Models {
  detector: GraphModel;
  landmarks: GraphModel;
  parser: GraphModel;
  counter: GraphModel;
}

interface ModelFile {
  name: string;
  /** of the square picture that it looks at, pixels */
  side: number;
  dtype: "float32" | "int32";
}

async function loadModel(read: ReadModelFile, { name, side, dtype }: ModelFile): Promise<GraphModel> {
  const json = JSON.parse(new TextDecoder().decode(await read(`${name}.json`)));
  const bytes = await read(`${name}.bin`);
  const weightSpecs = json.weightsManifest.flatMap((group: { weights: object[] }) => group.weights);
  const artifacts: tf.io.ModelArtifacts = {
    modelTopology: json.modelTopology,
    weightSpecs,
    // a file's bytes may lie in a shared buffer: tfjs wants exactly its own
    weightData: bytes.slice().buffer,
    format: json.format,
    signature: json.signature,
  };
  const model = await loadGraphModel({ load: async () => artifacts });
  // the model keeps what it was loaded from, but its weights are in the backend's memory now
  artifacts.weightData = new ArrayBuffer(0);
  tf.tidy(() => void model.execute(tf.zeros([1, side, side, 3], dtype)));
  releaseFilters(model, json.modelTopology);
  return model;
}

const detectorFile: ModelFile = { name: "blazepose-detector", side: 224, dtype: "float32" };
const landmarksFile: ModelFile = { name: "blazepose-full", side: 256, dtype: "float32" };
const parserFile: ModelFile = { name: "selfie-multiclass", side: 256, dtype: "float32" };
const counterFile: ModelFile = { name: "movenet-multipose", side: 256, dtype: "int32" };

/** Loads the four models; the backend must be ready. */
export async function loadModels(read: ReadModelFile): Promise<Models> {
  // one after the other, the parser last: it needs the most room when it runs, and nobody else may settle there
  const detector = await loadModel(read, detectorFile);
  const landmarks = await loadModel(read, landmarksFile);
  const counter = await loadModel(read, counterFile);
  const parser = await loadModel(read, parserFile);
  return { detector, landmarks, parser, counter };
}
