import type { TfliteGraph, TfliteOperator } from "./read-tflite.ts";
import { readTflite } from "./read-tflite.ts";
import { toHalfFloats } from "./to-half-floats.ts";

type Attribute = Record<string, unknown>;
interface Node {
  name: string;
  op: string;
  input: string[];
  attr: Record<string, Attribute>;
}

const text = (value: string): Attribute => ({ s: Buffer.from(value).toString("base64") });
const texts = (values: string[]): Attribute => ({
  list: { s: values.map((value) => Buffer.from(value).toString("base64")) },
});
const ints = (values: number[]): Attribute => ({ list: { i: values.map(String) } });
const type = (name: string): Attribute => ({ type: name });
const float = { T: type("DT_FLOAT") };
const nhwc = { data_format: text("NHWC"), explicit_paddings: ints([]) };
const shapeOf = (sizes: number[]) => ({ dim: sizes.map((size) => ({ size: String(size) })) });
const activations = ["", "Relu", null, "Relu6"];

/** OHWI → HWIO, as tfjs wants convolution kernels. */
function toHwio(values: Float32Array, [o = 0, h = 0, w = 0, i = 0]: number[]) {
  const out = new Float32Array(values.length);
  for (let outer = 0; outer < o; outer += 1)
    for (let rest = 0; rest < h * w * i; rest += 1) out[rest * o + outer] = values[outer * h * w * i + rest] ?? 0;
  return out;
}

/** Collects nodes, constants and their bytes; throws on anything it does not know, so that a changed model fails here. */
function createWriter(graph: TfliteGraph) {
  const nodes: Node[] = [];
  const specs: object[] = [];
  const parts: Uint8Array[] = [];
  const known = new Set<string>();
  const add = (name: string, op: string, input: string[], attr: Record<string, Attribute>) =>
    nodes.push({ name, op, input, attr });

  const constant = (name: string, values: Float32Array | Int32Array, shape: number[]) => {
    if (known.has(name)) return name;
    known.add(name);
    const isInt = values instanceof Int32Array;
    const tensor = { dtype: isInt ? "DT_INT32" : "DT_FLOAT", tensorShape: shapeOf(shape) };
    add(name, "Const", [], { dtype: type(tensor.dtype), value: { tensor } });
    if (isInt) specs.push({ name, shape, dtype: "int32" });
    else {
      specs.push({ name, shape, dtype: "float32", quantization: { dtype: "float16", original_dtype: "float32" } });
    }
    const bytes = isInt ? values : toHalfFloats(values);
    parts.push(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return name;
  };
  const tensor = (index: number) => {
    const found = graph.tensors[index];
    if (!found) throw new Error(`no tensor ${index}`);
    return found;
  };
  const floats = (index: number) => {
    const { data, type: kind } = tensor(index);
    if (!data || kind !== 0) throw new Error(`tensor ${index} is no float constant`);
    return new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  };
  const weights = (index: number) => {
    const { data, type: kind, shape } = tensor(index);
    if (kind !== 2) return constant(`c${index}`, floats(index), shape);
    if (!data) throw new Error(`tensor ${index} is no constant`);
    return constant(`c${index}`, new Int32Array(data.buffer, data.byteOffset, data.byteLength / 4), shape);
  };
  const value = (index: number) => (tensor(index).data ? weights(index) : `t${index}`);
  return { nodes, specs, parts, add, constant, tensor, floats, weights, value };
}

type Writer = ReturnType<typeof createWriter>;

function fusedOps(code: number) {
  const activation = activations[code];
  if (activation === null || activation === undefined) throw new Error(`activation ${code} is not known`);
  return texts(["BiasAdd", ...(activation ? [activation] : [])]);
}

function addConvolution(writer: Writer, { code, inputs, outputs, options }: TfliteOperator) {
  const isDepthwise = code === 4;
  const [image = -1, kernel = -1, bias = -1] = inputs;
  const shape = writer.tensor(kernel).shape;
  const [, h = 0, w = 0, c = 0] = shape;
  const values = isDepthwise ? writer.floats(kernel) : toHwio(writer.floats(kernel), shape);
  const kernelShape = isDepthwise ? [h, w, c, 1] : [h, w, c, shape[0] ?? 0];
  const kernelName = writer.constant(`c${kernel}_${isDepthwise ? "dw" : "conv"}`, values, kernelShape);
  if (isDepthwise && options.int(3) !== 1) throw new Error("depth multiplier is not 1");
  const dilations = isDepthwise ? [options.int(6, 1), options.int(5, 1)] : [options.int(5, 1), options.int(4, 1)];
  writer.add(
    `t${outputs[0]}`,
    isDepthwise ? "FusedDepthwiseConv2dNative" : "_FusedConv2D",
    [writer.value(image), kernelName, writer.weights(bias)],
    {
      ...float,
      num_args: { i: "1" },
      fused_ops: fusedOps(options.byte(isDepthwise ? 4 : 3)),
      padding: text(options.byte(0) === 0 ? "SAME" : "VALID"),
      strides: ints([1, options.int(2), options.int(1), 1]),
      dilations: ints([1, ...dilations, 1]),
      epsilon: { f: 0 },
      ...nhwc,
    },
  );
}

/**
 * A transposed convolution whose kernel is its stride, followed by a linear 1×1 convolution, is one 1×1 convolution and
 * a DepthToSpace: exact, and some 70 ms faster, for tfjs' transposed convolution is naive.
 */
function addFoldedUpsampling(writer: Writer, up: TfliteOperator, head: TfliteOperator | undefined) {
  const [, kernel = -1, image = -1, bias = -1] = up.inputs;
  const [o = 0, size = 0, width = 0, c = 0] = writer.tensor(kernel).shape;
  const fits = head?.code === 3 && head.inputs[0] === up.outputs[0] && size === width && up.options.int(1) === size;
  if (!head || !fits || up.options.byte(3) !== 0 || head.options.byte(3) !== 0) throw new Error("cannot fold the head");
  const [, headKernel = -1, headBias = -1] = head.inputs;
  const q = writer.tensor(headKernel).shape[0] ?? 0;
  const a = writer.floats(kernel);
  const b = bias >= 0 ? writer.floats(bias) : new Float32Array(o);
  const d = writer.floats(headKernel);
  const e = writer.floats(headBias);
  const n = size * size * q;
  const foldedKernel = new Float32Array(c * n);
  const foldedBias = new Float32Array(n);
  for (let cell = 0; cell < size * size; cell += 1)
    for (let out = 0; out < q; out += 1) {
      const z = cell * q + out;
      let sum = e[out] ?? 0;
      for (let mid = 0; mid < o; mid += 1) {
        const weight = d[out * o + mid] ?? 0;
        sum += weight * (b[mid] ?? 0);
        for (let channel = 0; channel < c; channel += 1) {
          const at = channel * n + z;
          foldedKernel[at] = (foldedKernel[at] ?? 0) + weight * (a[(mid * size * size + cell) * c + channel] ?? 0);
        }
      }
      foldedBias[z] = sum;
    }
  const result = `t${head.outputs[0]}`;
  writer.add(
    `${result}_d`,
    "_FusedConv2D",
    [
      writer.value(image),
      writer.constant("fold_w", foldedKernel, [1, 1, c, n]),
      writer.constant("fold_b", foldedBias, [n]),
    ],
    {
      ...float,
      num_args: { i: "1" },
      fused_ops: texts(["BiasAdd"]),
      padding: text("SAME"),
      strides: ints([1, 1, 1, 1]),
      dilations: ints([1, 1, 1, 1]),
      epsilon: { f: 0 },
      ...nhwc,
    },
  );
  writer.add(result, "DepthToSpace", [`${result}_d`], {
    ...float,
    block_size: { i: String(size) },
    data_format: text("NHWC"),
  });
}

function addBinary(writer: Writer, op: string, { inputs, outputs, options }: TfliteOperator) {
  const activation = activations[options.byte(0)];
  if (activation === null || activation === undefined) throw new Error("activation is not known");
  const name = `t${outputs[0]}`;
  const operands = inputs.map((index) => writer.value(index));
  writer.add(activation ? `${name}_pre` : name, op, operands, float);
  if (activation) writer.add(name, activation, [`${name}_pre`], float);
}

function addOperator(writer: Writer, operator: TfliteOperator) {
  const { code, inputs, outputs, options } = operator;
  const [first = -1, second = -1] = inputs;
  const name = `t${outputs[0]}`;
  const flag = (slot: number): Attribute => ({ b: options.byte(slot) === 1 });
  const withParameter = (op: string, attr: Record<string, Attribute>) =>
    writer.add(name, op, [writer.value(first), writer.weights(second)], { ...float, ...attr });
  if (code === 0) addBinary(writer, "AddV2", operator);
  else if (code === 18) addBinary(writer, "Mul", operator);
  else if (code === 3 || code === 4) addConvolution(writer, operator);
  else if (code === 22) withParameter("Reshape", { Tshape: type("DT_INT32") });
  else if (code === 39) withParameter("Transpose", { Tperm: type("DT_INT32") });
  else if (code === 25) writer.add(name, "Softmax", [writer.value(first)], float);
  else if (code === 74) withParameter("Sum", { keep_dims: flag(0), Tidx: type("DT_INT32") });
  else if (code === 23) withParameter("ResizeBilinear", { align_corners: flag(2), half_pixel_centers: flag(3) });
  else if (code === 97) withParameter("ResizeNearestNeighbor", { align_corners: flag(0), half_pixel_centers: flag(1) });
  else throw new Error(`operator ${code} is not known`);
}

/** One .tflite file → tfjs graph model with half-precision weights. */
export function convertTflite(file: Uint8Array, binName: string): { json: object; bin: Uint8Array } {
  const graph = readTflite(file);
  const writer = createWriter(graph);
  const port = (index: number) => {
    const tensorShape = shapeOf(writer.tensor(index).shape);
    return [`t${index}`, { name: `t${index}:0`, dtype: "DT_FLOAT", tensorShape }];
  };
  for (const index of graph.inputs) {
    const shape = { shape: shapeOf(writer.tensor(index).shape) };
    writer.add(`t${index}`, "Placeholder", [], { dtype: type("DT_FLOAT"), shape });
  }
  for (let at = 0; at < graph.operators.length; at += 1) {
    const operator = graph.operators[at];
    if (operator?.code === 67) {
      addFoldedUpsampling(writer, operator, graph.operators[at + 1]);
      at += 1;
    } else if (operator) addOperator(writer, operator);
  }
  const signature = {
    inputs: Object.fromEntries(graph.inputs.map(port)),
    outputs: Object.fromEntries(graph.outputs.map(port)),
  };
  const json = {
    format: "graph-model",
    signature,
    modelTopology: { node: writer.nodes, library: {}, versions: { producer: 1395 } },
    weightsManifest: [{ paths: [binName], weights: writer.specs }],
  };
  return { json, bin: new Uint8Array(Buffer.concat(writer.parts)) };
}
