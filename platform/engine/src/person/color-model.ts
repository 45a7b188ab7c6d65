/** A few Gaussians in Lab: what a cloth looks like. */

interface Gaussian {
  mean: [number, number, number];
  variance: [number, number, number];
  /** share of all samples and breadth: the part of the log-likelihood that no colour changes */
  base: number;
}
export type ColorModel = Gaussian[];

const clusters = 4;
const rounds = 8;
const minSamples = 30;
const floor = -24;
/** of single pixels, noise and all */
const pixelVariance = [30, 8, 8] as const;

function assign(samples: Float32Array, centres: number[][], owner: Uint8Array) {
  const flat = Float64Array.from(centres.flat());
  for (let i = 0; i < owner.length; i += 1) {
    let best = Number.POSITIVE_INFINITY;
    for (let c = 0; c < centres.length; c += 1) {
      const dl = samples[i * 3]! - flat[c * 3]!;
      const da = samples[i * 3 + 1]! - flat[c * 3 + 1]!;
      const db = samples[i * 3 + 2]! - flat[c * 3 + 2]!;
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
      const base = Math.log(count / n) - 0.5 * Math.log(variance[0] * variance[1] * variance[2]);
      return { mean, variance, base };
    });
}

/** Log-likelihood of a colour, floored. */
export function logLikelihood(model: ColorModel, l: number, a: number, b: number): number {
  let best = floor;
  for (let k = 0; k < model.length; k += 1) {
    const { mean, variance, base } = model[k]!;
    const dl = l - mean[0];
    const da = a - mean[1];
    const db = b - mean[2];
    const value = base - 0.5 * ((dl * dl) / variance[0] + (da * da) / variance[1] + (db * db) / variance[2]);
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
