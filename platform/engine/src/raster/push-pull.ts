import { colors, floats, workspace } from "./memory.ts";

/** One level of the pyramid: colours times weight, and weight. */
interface Level {
  color: Float32Array;
  weight: Float32Array;
  width: number;
  height: number;
}

const emptyHalf = (width: number, height: number): Level => {
  const w = (width + 1) >> 1;
  const h = (height + 1) >> 1;
  return { color: floats(w * h * 3), weight: floats(w * h), width: w, height: h };
};

/** Sums become means. */
function settle({ color, weight }: Level) {
  for (let j = 0; j < weight.length; j += 1) {
    const sum = weight[j]!;
    if (sum <= 1) continue;
    for (let k = j * 3; k < j * 3 + 3; k += 1) color[k] = color[k]! / sum;
    weight[j] = 1;
  }
}

/** The first half of the pyramid: of the known pixels alone. */
function halveKnown(rgb: ArrayLike<number>, known: Uint8Array, width: number, height: number): Level {
  const half = emptyHalf(width, height);
  const { color, weight } = half;
  for (let y = 0; y < height; y += 1) {
    const to = (y >> 1) * half.width;
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      if (!known[i]) continue;
      const j = to + (x >> 1);
      weight[j] = weight[j]! + 1;
      color[j * 3] = color[j * 3]! + rgb[i * 3]!;
      color[j * 3 + 1] = color[j * 3 + 1]! + rgb[i * 3 + 1]!;
      color[j * 3 + 2] = color[j * 3 + 2]! + rgb[i * 3 + 2]!;
    }
  }
  settle(half);
  return half;
}

function halve({ color, weight, width, height }: Level): Level {
  const half = emptyHalf(width, height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      const j = (y >> 1) * half.width + (x >> 1);
      half.weight[j] = half.weight[j]! + weight[i]!;
      for (let k = 0; k < 3; k += 1) half.color[j * 3 + k] = half.color[j * 3 + k]! + color[i * 3 + k]!;
    }
  settle(half);
  return half;
}

/** Adds to pixel (x, y) of a picture twice as large what a level has there, `missing` times. */
function addFrom(
  { color, width, height }: Level,
  x: number,
  y: number,
  missing: number,
  out: Float32Array | Uint8ClampedArray,
  at: number,
) {
  const fx = Math.min(width - 1, Math.max(0, (x + 0.5) / 2 - 0.5));
  const fy = Math.min(height - 1, Math.max(0, (y + 0.5) / 2 - 0.5));
  const x0 = fx | 0;
  const y0 = fy | 0;
  const x1 = Math.min(width - 1, x0 + 1);
  const y1 = Math.min(height - 1, y0 + 1);
  const a = fx - x0;
  const b = fy - y0;
  const [i, j] = [(y0 * width + x0) * 3, (y0 * width + x1) * 3];
  const [p, q] = [(y1 * width + x0) * 3, (y1 * width + x1) * 3];
  for (let k = 0; k < 3; k += 1) {
    const upper = color[i + k]! * (1 - a) + color[j + k]! * a;
    const lower = color[p + k]! * (1 - a) + color[q + k]! * a;
    out[at + k] = out[at + k]! + missing * (upper * (1 - b) + lower * b);
  }
}

/** Fills in place what a level does not know from the coarser one. */
function fillFrom({ color, weight, width, height }: Level, coarse: Level) {
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      const missing = 1 - weight[i]!;
      if (missing > 0) addFrom(coarse, x, y, missing, color, i * 3);
    }
}

/**
 * Diffuses the known pixels of an RGB picture smoothly into the unknown ones. Only pixels that are `wanted` are made;
 * all others stay black.
 */
export function pushPull(
  rgb: ArrayLike<number>,
  known: Uint8Array,
  width: number,
  height: number,
  wanted: ArrayLike<number>,
): Uint8ClampedArray {
  const out = colors(rgb.length);
  workspace(() => {
    const levels = [halveKnown(rgb, known, width, height)];
    for (let top = levels[0]!; top.width > 2 && top.height > 2; ) {
      top = halve(top);
      levels.push(top);
    }
    for (let k = levels.length - 2; k >= 0; k -= 1) fillFrom(levels[k]!, levels[k + 1]!);
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const i = y * width + x;
        if (!wanted[i]) continue;
        if (known[i]) for (let k = i * 3; k < i * 3 + 3; k += 1) out[k] = rgb[k]!;
        else addFrom(levels[0]!, x, y, 1, out, i * 3);
      }
  });
  return out;
}
