/** The clothes parser (MediaPipe selfie multiclass): six class probabilities over one square crop of the photo. */
import * as tf from "@tensorflow/tfjs-core";
import { floats } from "../raster/memory.ts";
import type { Models } from "../runtime/load-models.ts";
import type { Keypoint, Raster } from "../types.ts";

export interface SquareCrop {
  x: number;
  y: number;
  size: number;
}

/** A map of the whole photo: `scale` map pixels per photo pixel. */
export interface MapSize {
  width: number;
  height: number;
  scale: number;
}

const side = 256;
const classCount = 6;
/** nose, ears, mouth, shoulders, elbows, wrists, index knuckles, hips */
const upperJoints = [0, 7, 8, 9, 11, 12, 13, 14, 15, 16, 19, 20, 23, 24];
const legJoints = [25, 26, 27, 28, 31, 32];

/** The square that holds what matters: head to mid-thigh with both arms, or the whole person when legs are needed. */
export function cropAround(
  photo: Raster,
  keypoints: Keypoint[],
  shoulderWidth: number,
  need: "top" | "full",
): SquareCrop {
  const joints = need === "full" ? [...upperJoints, ...legJoints] : upperJoints;
  const points = joints
    .map((index) => keypoints[index]!)
    .filter(({ x, y }) => x > -photo.width * 0.2 && x < photo.width * 1.2 && y < photo.height * 1.2);
  const hips = keypoints[23]!.y + keypoints[24]!.y;
  const shoulders = keypoints[11]!.y + keypoints[12]!.y;
  const thigh = hips / 2 + ((hips - shoulders) / 2) * 0.55;
  const ys = points.map(({ y }) => y);
  const xs = points.map(({ x }) => x);
  const left = Math.max(0, Math.min(...xs) - shoulderWidth * 0.42);
  const right = Math.min(photo.width, Math.max(...xs) + shoulderWidth * 0.42);
  const upper = Math.max(0, Math.min(...ys) - shoulderWidth * 0.7);
  const lower = Math.min(photo.height, Math.max(...ys, thigh) + shoulderWidth * 0.25);
  const size = Math.max(right - left, lower - upper);
  return { x: (left + right - size) / 2, y: (upper + lower - size) / 2, size };
}

/** Box-filtered when shrinking, edges repeated outside the photo; values -1 to 1. */
function sample(photo: Raster, crop: SquareCrop): Float32Array {
  const { width, height, data } = photo;
  const out = new Float32Array(side * side * 3);
  const k = crop.size / side;
  const steps = Math.max(1, Math.min(6, Math.round(k)));
  const factor = 1 / (127.5 * steps * steps);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let s = 0; s < steps * steps; s += 1) {
        const px = crop.x + (x + ((s % steps) + 0.5) / steps) * k;
        const py = crop.y + (y + (Math.floor(s / steps) + 0.5) / steps) * k;
        const cx = Math.min(width - 1, Math.max(0, px | 0));
        const cy = Math.min(height - 1, Math.max(0, py | 0));
        const i = (cy * width + cx) * 4;
        r += data[i]!;
        g += data[i + 1]!;
        b += data[i + 2]!;
      }
      const at = (y * side + x) * 3;
      out[at] = r * factor - 1;
      out[at + 1] = g * factor - 1;
      out[at + 2] = b * factor - 1;
    }
  return out;
}

function softmax(logits: ArrayLike<number>): Float32Array {
  const out = new Float32Array(logits.length);
  for (let i = 0; i < logits.length; i += classCount) {
    let peak = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classCount; c += 1) peak = Math.max(peak, logits[i + c]!);
    let sum = 0;
    for (let c = 0; c < classCount; c += 1) {
      const value = Math.exp(logits[i + c]! - peak);
      out[i + c] = value;
      sum += value;
    }
    for (let c = 0; c < classCount; c += 1) out[i + c] = out[i + c]! / sum;
  }
  return out;
}

/** The six classes' probabilities for each pixel of the crop at the parser's own size. */
export async function parseClothes(models: Models, photo: Raster, crop: SquareCrop): Promise<Float32Array> {
  const input = tf.tensor4d(sample(photo, crop), [1, side, side, 3]);
  const output = models.parser.execute(input) as tf.Tensor;
  const probabilities = softmax(await output.data());
  tf.dispose([input, output]);
  return probabilities;
}

/** Class maps (0 background, 1 hair, 2 body skin, 3 face skin, 4 clothes, 5 other), projected to a map of the whole photo; background outside the crop. */
export function projectClasses(
  probabilities: Float32Array,
  crop: SquareCrop,
  { width, height, scale }: MapSize,
): Float32Array[] {
  const maps = Array.from({ length: classCount }, () => floats(width * height));
  maps[0]!.fill(1);
  const k = side / crop.size;
  for (let y = 0; y < height; y += 1) {
    const v = ((y + 0.5) / scale - crop.y) * k - 0.5;
    if (v < -0.5 || v > side - 0.5) continue;
    const y0 = Math.min(side - 2, Math.max(0, Math.floor(v)));
    const fy = Math.min(1, Math.max(0, v - y0));
    for (let x = 0; x < width; x += 1) {
      const u = ((x + 0.5) / scale - crop.x) * k - 0.5;
      if (u < -0.5 || u > side - 0.5) continue;
      const x0 = Math.min(side - 2, Math.max(0, Math.floor(u)));
      const fx = Math.min(1, Math.max(0, u - x0));
      const i = (y0 * side + x0) * classCount;
      const j = i + side * classCount;
      for (let c = 0; c < classCount; c += 1) {
        const upper = probabilities[i + c]! * (1 - fx) + probabilities[i + classCount + c]! * fx;
        const lower = probabilities[j + c]! * (1 - fx) + probabilities[j + classCount + c]! * fx;
        maps[c]![y * width + x] = upper * (1 - fy) + lower * fy;
      }
    }
  }
  return maps;
}
