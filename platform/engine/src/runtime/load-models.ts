import type { GraphModel } from "@tensorflow/tfjs-converter";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import type { io } from "@tensorflow/tfjs-core";

/** Where the files of models/ come from: the disk on a server, fetch in a browser. */
export type ReadModelFile = (name: string) => Promise<Uint8Array>;

export interface Models {
  detector: GraphModel;
  landmarks: GraphModel;
  parser: GraphModel;
  counter: GraphModel;
}

async function loadModel(read: ReadModelFile, name: string): Promise<GraphModel> {
  const json = JSON.parse(new TextDecoder().decode(await read(`${name}.json`)));
  const bytes = await read(`${name}.bin`);
  const weightSpecs = json.weightsManifest.flatMap((group: { weights: object[] }) => group.weights);
  const artifacts: io.ModelArtifacts = {
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
  return model;
}

/** Loads the four models; the backend must be ready. */
export async function loadModels(read: ReadModelFile): Promise<Models> {
  const [detector, landmarks, parser, counter] = await Promise.all(
    ["blazepose-detector", "blazepose-full", "selfie-multiclass", "movenet-multipose"].map((name) =>
      loadModel(read, name),
    ),
  );
  return { detector: detector!, landmarks: landmarks!, parser: parser!, counter: counter! };
}
