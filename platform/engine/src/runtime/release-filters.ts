import type { GraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";

/** What is used here of the WebAssembly backend, which has no types for it. */
interface WasmBackend {
  wasm: { _free: (at: number) => void };
  getMemoryOffset: (dataId: object) => number;
}

export interface Topology {
  node: { name: string; op: string; input?: string[] }[];
}

const packing = ["Conv2D", "_FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2dNative"];

/** Names of the weights that are filters of convolutions and nothing else. */
export function filterNames({ node }: Topology): string[] {
  const isFilter = new Map<string, boolean>();
  for (const { op, input = [] } of node)
    for (const [slot, name] of input.entries())
      isFilter.set(name, (isFilter.get(name) ?? true) && slot === 1 && packing.includes(op));
  return [...isFilter].flatMap(([name, is]) => (is ? [name] : []));
}

/**
 * The WebAssembly backend packs each convolution's filter into a copy of its own at the first run, and never reads the
 * first one again: half of all that the models weigh. Gives those bytes back; the model must have run once, at its one size.
 */
export function releaseFilters(model: GraphModel, topology: Topology): void {
  if (tf.getBackend() !== "wasm") return;
  const backend = tf.backend() as unknown as WasmBackend;
  for (const name of filterNames(topology))
    for (const { dataId } of model.weights[name] ?? []) backend.wasm._free(backend.getMemoryOffset(dataId));
}
