import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { loadNodeModels, readModelFile } from "./node-models.ts";
import { filterNames, releaseFilters } from "./release-filters.ts";

const name = "blazepose-detector";

async function loadWhole() {
  const topology = JSON.parse(new TextDecoder().decode(await readModelFile(`${name}.json`)));
  const weightData = (await readModelFile(`${name}.bin`)).slice().buffer;
  const weightSpecs = topology.weightsManifest.flatMap((group: { weights: object[] }) => group.weights);
  const { modelTopology, format } = topology;
  const model = await loadGraphModel({ load: async () => ({ modelTopology, weightSpecs, weightData, format }) });
  return { model, modelTopology };
}

describe("releasing filters", () => {
  it("takes what convolutions alone read as their filter", () => {
    const node = [
      { name: "x", op: "Placeholder" },
      { name: "a", op: "_FusedConv2D", input: ["x", "filter", "bias"] },
      { name: "b", op: "FusedDepthwiseConv2dNative", input: ["a", "thin", "bias"] },
      { name: "c", op: "Conv2D", input: ["b", "shared"] },
      { name: "d", op: "AddV2", input: ["c", "shared"] },
    ];
    expect(filterNames({ node })).toEqual(["filter", "thin"]);
  });

  it("gives memory back and changes no answer, whatever is written there afterwards", async () => {
    await loadNodeModels();
    const { model, modelTopology } = await loadWhole();
    const input = tf.randomUniform([1, 224, 224, 3], -1, 1, "float32", 7);
    const answer = () => tf.tidy(() => (model.execute(input) as tf.Tensor).dataSync());
    const before = answer();
    const backend = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
    releaseFilters(model, modelTopology);
    const size = backend.wasm.HEAPU8.length;
    // as large as half of what was given back, in pieces that fit
    const rubbish = Array.from({ length: 400 }, () => tf.fill([1000, 4], 1e9));
    expect(backend.wasm.HEAPU8.length).toBe(size);
    expect(answer()).toEqual(before);
    tf.dispose([input, ...rubbish]);
  });
});
