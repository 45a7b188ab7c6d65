/**
 * Working memory of a run. Maps are as large as the photo and live for milliseconds: left to the garbage collector they
 * pile up to hundreds of megabytes. Here they are laid out one after the other in blocks that the next run uses again.
 */

const blockBytes = 32 * 2 ** 20;
const alignment = 16;

interface Block {
  buffer: ArrayBuffer;
  used: number;
}

const blocks: Block[] = [];
let current = 0;
let depth = 0;

function take(bytes: number): { buffer: ArrayBuffer; at: number } {
  if (depth === 0) return { buffer: new ArrayBuffer(bytes), at: 0 };
  const size = Math.ceil(bytes / alignment) * alignment;
  while (current < blocks.length && blocks[current]!.used + size > blocks[current]!.buffer.byteLength) current += 1;
  if (current === blocks.length) blocks.push({ buffer: new ArrayBuffer(Math.max(blockBytes, size)), used: 0 });
  const block = blocks[current]!;
  const at = block.used;
  block.used += size;
  return { buffer: block.buffer, at };
}

/** Zeros, valid until the workspace ends that they were asked for in. */
export function floats(length: number): Float32Array {
  const { buffer, at } = take(length * 4);
  return new Float32Array(buffer, at, length).fill(0);
}

/** Zeros, valid until the workspace ends that they were asked for in. */
export function bytes(length: number): Uint8Array {
  const { buffer, at } = take(length);
  return new Uint8Array(buffer, at, length).fill(0);
}

/** Zeros that round and keep to 0-255, valid until the workspace ends that they were asked for in. */
export function colors(length: number): Uint8ClampedArray {
  const { buffer, at } = take(length);
  return new Uint8ClampedArray(buffer, at, length).fill(0);
}

/** Zeros, valid until the workspace ends that they were asked for in. */
export function integers(length: number): Int32Array {
  const { buffer, at } = take(length * 4);
  return new Int32Array(buffer, at, length).fill(0);
}

/**
 * Runs something whose maps are of no use once it is done: what it leaves behind must have been made before it or by
 * `new`. Workspaces nest; `work` must not wait for anything.
 */
export function workspace<T>(work: () => T): T {
  const mark = { block: current, used: blocks[current]?.used ?? 0 };
  depth += 1;
  try {
    return work();
  } finally {
    depth -= 1;
    for (let k = mark.block + 1; k < blocks.length; k += 1) blocks[k]!.used = 0;
    current = mark.block;
    if (blocks[current]) blocks[current]!.used = mark.used;
  }
}
