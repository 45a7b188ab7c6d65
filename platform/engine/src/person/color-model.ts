/** A few Gaussians in Lab: what a cloth looks like. */

interface Gaussian {
  mean: [number, number, number];
  variance: [number, number, number];
  share: number;
}
export type ColorModel = Gaussian[];

const clusters = 4;
const rounds = 8;
const minSamples = 30;
const floor = -24;
/** of single pixels, noise and all */
const pixelVariance = [30, 8, 8] as const;

function assign(samples: Float32Array, centres: number[][], owner: Uint8Array) {
  for (let i = 0; i < owner.length; i += 1) {
    let best = Number.POSITIVE_INFINITY;
    for (let c = 0; c < centres.length; c += 1) {
      const [l = 0, a = 0, b = 0] = centres[c]!;
      const dl = samples[i * 3]! - l;
      const da = samples[i * 3 + 1]! - a;
      const db = samples[i * 3 + 2]! - b;
      const d = dl * dl * 0.5 + da * da + db * db;
      if (d >= best) continue;
      best = d;
      owner[i] = c;
    }
  }
}

/** Fits a model to interleaved Lab samples; null when there are too few. `leastVariance` may be lower for averaged colours. */
export function fitColorModel(
  samples: Float32Array,
  leastVariance: readonly [number, number, number] = pixelVariance,
): ColorModel | null {
  const n = samples.length / 3;
  if (n < minSamples) return null;
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => samples[a * 3]! - samples[b * 3]!);
  const centres = Array.from({ length: clusters }, (_, c) => {
    const i = order[Math.floor(((c + 0.5) * n) / clusters)]!;
    return [samples[i * 3]!, samples[i * 3 + 1]!, samples[i * 3 + 2]!];
  });
  const owner = new Uint8Array(n);
  const moments = () => {
    const sums = centres.map(() => new Float64Array(7));
    for (let i = 0; i < n; i += 1) {
      const sum = sums[owner[i]!]!;
      sum[6] = sum[6]! + 1;
      for (let k = 0; k < 3; k += 1) {
        const v = samples[i * 3 + k]!;
        sum[k] = sum[k]! + v;
        sum[3 + k] = sum[3 + k]! + v * v;
      }
    }
    return sums;
  };
  for (let round = 0; round < rounds; round += 1) {
    assign(samples, centres, owner);
    for (const [c, sum] of moments().entries()) {
      if (sum[6]! > 0) centres[c] = [sum[0]! / sum[6]!, sum[1]! / sum[6]!, sum[2]! / sum[6]!];
    }
  }
  return moments()
    .filter((sum) => sum[6]! / n > 0.04)
    .map((sum) => {
      const count = sum[6]!;
      const mean = [0, 1, 2].map((k) => sum[k]! / count) as Gaussian["mean"];
      const variance = [0, 1, 2].map(
        (k) => sum[3 + k]! / count - mean[k]! ** 2 + leastVariance[k]!,
      ) as Gaussian["variance"];
      return { mean, variance, share: count / n };
    });
}

/** Log-likelihood of a colour, floored. */
export function logLikelihood(model: ColorModel, l: number, a: number, b: number): number {
  let best = floor;
  for (const { mean, variance, share } of model) {
    const d = (l - mean[0]) ** 2 / variance[0] + (a - mean[1]) ** 2 / variance[1] + (b - mean[2]) ** 2 / variance[2];
    const value = -0.5 * d - 0.5 * Math.log(variance[0] * variance[1] * variance[2]) + Math.log(share);
    if (value > best) best = value;
  }
  return best;
}

/** Median Lab of sampled pixels; null when there are fewer than `least`. */
export function medianLab(samples: number[], least: number): readonly [number, number, number] | null {
  const n = samples.length / 3;
  if (n < least) return null;
  const middle = (k: number) => {
    const values = Float32Array.from({ length: n }, (_, i) => samples[i * 3 + k]!).sort();
    return values[values.length >> 1]!;
  };
  return [middle(0), middle(1), middle(2)];
}
