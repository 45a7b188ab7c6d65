/** A minimal reader of TensorFlow Lite files (flatbuffers); slot numbers follow tensorflow/lite/schema.fbs. */

export interface TfliteTensor {
  shape: number[];
  /** 0 float32, 2 int32 */
  type: number;
  data: Uint8Array | null;
}

/** Options of an operator, read by slot with the schema's default. */
export interface OptionReader {
  byte(slot: number, fallback?: number): number;
  int(slot: number, fallback?: number): number;
}

export interface TfliteOperator {
  code: number;
  inputs: number[];
  outputs: number[];
  options: OptionReader;
}

export interface TfliteGraph {
  inputs: number[];
  outputs: number[];
  tensors: TfliteTensor[];
  operators: TfliteOperator[];
}

function createTableReader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u32 = (at: number) => view.getUint32(at, true);
  const field = (table: number, slot: number) => {
    const vtable = table - view.getInt32(table, true);
    const entry = 4 + slot * 2;
    if (entry >= view.getUint16(vtable, true)) return 0;
    const offset = view.getUint16(vtable + entry, true);
    return offset ? table + offset : 0;
  };
  const follow = (at: number) => at + u32(at);
  const vector = (table: number, slot: number) => {
    const at = field(table, slot);
    if (!at) return { length: 0, start: 0 };
    const start = follow(at);
    return { length: u32(start), start: start + 4 };
  };
  const list = <T>(table: number, slot: number, read: (at: number) => T) => {
    const { length, start } = vector(table, slot);
    return Array.from({ length }, (_, index) => read(start + index * 4));
  };
  return {
    root: u32(0),
    tables: (table: number, slot: number) => list(table, slot, follow),
    ints: (table: number, slot: number) => list(table, slot, (at) => view.getInt32(at, true)),
    bytes: (table: number, slot: number) => {
      const { length, start } = vector(table, slot);
      return length ? bytes.slice(start, start + length) : null;
    },
    table: (table: number, slot: number) => {
      const at = field(table, slot);
      return at ? follow(at) : 0;
    },
    byte: (table: number, slot: number, fallback = 0) => {
      const at = table && field(table, slot);
      return at ? view.getUint8(at) : fallback;
    },
    int: (table: number, slot: number, fallback = 0) => {
      const at = table && field(table, slot);
      return at ? view.getInt32(at, true) : fallback;
    },
  };
}

/** The only subgraph of a model file. Throws when the file is none or has several. */
export function readTflite(file: Uint8Array): TfliteGraph {
  if (new TextDecoder().decode(file.subarray(4, 8)) !== "TFL3") throw new Error("not a TensorFlow Lite file");
  const read = createTableReader(file);
  // the code moved from a byte to an int: the larger of both is right
  const codes = read.tables(read.root, 1).map((table) => Math.max(read.byte(table, 0), read.int(table, 3)));
  const buffers = read.tables(read.root, 4).map((table) => read.bytes(table, 0));
  const [graph, ...others] = read.tables(read.root, 2);
  if (graph === undefined || others.length > 0) throw new Error("exactly one subgraph expected");
  return {
    inputs: read.ints(graph, 1),
    outputs: read.ints(graph, 2),
    tensors: read.tables(graph, 0).map((table) => ({
      shape: read.ints(table, 0),
      type: read.byte(table, 1),
      data: buffers[read.int(table, 2)] ?? null,
    })),
    operators: read.tables(graph, 3).map((table) => {
      const options = read.table(table, 4);
      return {
        code: codes[read.int(table, 0)] ?? -1,
        inputs: read.ints(table, 1),
        outputs: read.ints(table, 2),
        options: {
          byte: (slot, fallback) => read.byte(options, slot, fallback),
          int: (slot, fallback) => read.int(options, slot, fallback),
        },
      };
    }),
  };
}
