/** Where the top ends and the bottom begins: a seam found by dynamic programming in the torso's own frame. */
import { floats } from "../raster/memory.ts";
import { clamp, lerp, segmentDistance } from "../raster/scalars.ts";
import type { BodyFrame, Keypoint, Vec } from "../types.ts";
import { frameCoordinates, pointOf } from "./body-frame.ts";
import type { ColorModel } from "./color-model.ts";
import { fitColorModel, logLikelihood } from "./color-model.ts";
import { settlePieces } from "./settle-pieces.ts";

const columns = 37;
const rows = 104;
const sFrom = -0.9;
const sStep = 0.05;
const tFrom = 0.4;
const tStep = 0.015;
const expectedSeam = 1.05;
/** below every photo's torso: all the cloth that is seen is the top's */
const noSeam = 4;
const emRounds = 3;
/** of colours averaged over a small square: two navies may differ by less than the noise of their pixels */
const averagedVariance = [9, 2.5, 2.5] as const;
/** without any cloth low enough to learn the bottom from, an edge must be this clear to be a hem */
const leastStrength = 1.5;
/** what colour still counts for when the two cloths cannot be told apart by it */
const leastColorTrust = 0.1;

export interface ClothesInput {
  width: number;
  height: number;
  frame: BodyFrame;
  keypoints: Keypoint[];
  clothes: Float32Array;
  skin: Float32Array;
  /** interleaved Lab, averaged over a few pixels */
  lab: Float32Array;
}

export interface ClothesSplit {
  top: Float32Array;
  bottom: Float32Array;
  /** 0-1: how well the two cloths can be told apart by colour */
  contrast: number;
  /** evidence of an edge along the seam */
  strength: number;
  seamAt: (s: number) => number;
}

type Bone = readonly [Vec, Vec];
type Coordinates = ReturnType<typeof frameCoordinates>;

const forearms = [
  [13, 15],
  [14, 16],
] as const;
const hands = [
  [15, 19],
  [16, 20],
] as const;

/** Distance from the nearest of some bones; far away when there is none. */
function distanceFrom(bones: Bone[]) {
  return (x: number, y: number) => {
    let least = Number.POSITIVE_INFINITY;
    for (const [a, b] of bones) least = Math.min(least, segmentDistance(x, y, a, b));
    return least;
  };
}

/** Is this bone itself covered by cloth? */
function isSleeved([from, to]: Bone, clothes: Float32Array, width: number, height: number) {
  let sum = 0;
  for (let k = 0; k < 10; k += 1) {
    const x = Math.round(lerp(from[0], to[0], k / 10));
    const y = Math.round(lerp(from[1], to[1], k / 10));
    if (x >= 0 && y >= 0 && x < width && y < height) sum += clothes[y * width + x]!;
  }
  return sum / 10 > 0.35;
}

function sampleColors(
  input: ClothesInput,
  at: Coordinates,
  seam: Float32Array | null,
  isTop: boolean,
  armDistance: (x: number, y: number) => number,
) {
  const { width, height, clothes, lab, frame } = input;
  const found: number[] = [];
  for (let y = 0; y < height; y += 2)
    for (let x = 0; x < width; x += 2) {
      const i = y * width + x;
      if (clothes[i]! < 0.9) continue;
      const s = at.s(x, y);
      const t = at.t(x, y);
      const border = seam ? seam[clamp(Math.round((s - sFrom) / sStep), 0, columns - 1)]! : 0;
      const fits = isTop
        ? Math.abs(s) < 0.5 && t > 0.08 && (seam ? t < border - 0.04 : t < 0.72)
        : Math.abs(s) < 0.6 && (seam ? t > border + 0.05 : t > 1.22) && armDistance(x, y) > frame.shoulderWidth * 0.12;
      if (fits) found.push(lab[i * 3]!, lab[i * 3 + 1]!, lab[i * 3 + 2]!);
    }
  const stride = Math.max(1, Math.floor(found.length / 3 / 2000));
  const kept: number[] = [];
  for (let i = 0; i < found.length / 3; i += stride) kept.push(found[i * 3]!, found[i * 3 + 1]!, found[i * 3 + 2]!);
  return Float32Array.from(kept);
}

const ratio = (top: ColorModel, bottom: ColorModel, lab: Float32Array, i: number, limit: number) => {
  const [l, a, b] = [lab[i * 3]!, lab[i * 3 + 1]!, lab[i * 3 + 2]!];
  return clamp(logLikelihood(top, l, a, b) - logLikelihood(bottom, l, a, b), -limit, limit);
};

/** Cost of letting the seam pass each cell: colours on the wrong side, less edges and bare midriff crossed. */
function seamCosts(
  input: ClothesInput,
  at: Coordinates,
  models: [ColorModel, ColorModel] | null,
  colorTrust: number,
  armDistance: (x: number, y: number) => number,
) {
  const { width, height, clothes, skin, lab, frame } = input;
  const reward = new Float32Array(columns * rows);
  const likelihood = new Float32Array(columns * rows);
  const reach = Math.max(1, Math.round(frame.shoulderWidth * 0.02));
  for (let c = 0; c < columns; c += 1)
    for (let r = 0; r < rows; r += 1) {
      const s = sFrom + c * sStep;
      const t = tFrom + r * tStep;
      const [px, py] = at.point(s, t);
      const x = Math.round(px);
      const y = Math.round(py);
      if (x < 1 || x >= width - 1 || y < reach || y >= height - reach) continue;
      const i = y * width + x;
      const isArm = Math.abs(s) > 0.42 && armDistance(x, y) < frame.shoulderWidth * 0.11;
      if (models && clothes[i]! > 0.05) {
        likelihood[c * rows + r] =
          colorTrust * clothes[i]! * (isArm ? 0.1 : 1) * ratio(models[0], models[1], lab, i, 4);
      }
      const [above, below] = [(i - reach * width) * 3, (i + reach * width) * 3];
      const edge = Math.hypot(
        lab[below]! - lab[above]!,
        lab[below + 1]! - lab[above + 1]!,
        lab[below + 2]! - lab[above + 2]!,
      );
      const isMidriff = skin[i]! > 0.6 && !isArm && Math.abs(s) < 0.45 && t > 0.5 && t < 1.17;
      reward[c * rows + r] = clothes[i]! * 4 * Math.min(1, edge / 14) + (isMidriff ? 40 : 0);
    }
  const cost = new Float32Array(columns * rows);
  for (let c = 0; c < columns; c += 1) {
    let total = 0;
    for (let r = 0; r < rows; r += 1) total += likelihood[c * rows + r]!;
    let above = 0;
    for (let r = 0; r < rows; r += 1) {
      const at2 = c * rows + r;
      const prior = 3 * ((tFrom + r * tStep - expectedSeam) / 0.18) ** 2;
      cost[at2] = total - 2 * above - reward[at2]! + prior;
      above += likelihood[at2]!;
    }
  }
  return { cost, reward };
}

function cheapestPath(cost: Float32Array): Int16Array {
  const sum = Float32Array.from(cost);
  const from = new Int16Array(columns * rows);
  for (let c = 1; c < columns; c += 1)
    for (let r = 0; r < rows; r += 1) {
      let best = Number.POSITIVE_INFINITY;
      for (let q = Math.max(0, r - 6); q <= Math.min(rows - 1, r + 6); q += 1) {
        const value = sum[(c - 1) * rows + q]! + 1.1 * Math.abs(q - r);
        if (value >= best) continue;
        best = value;
        from[c * rows + r] = q;
      }
      sum[c * rows + r] = sum[c * rows + r]! + best;
    }
  const path = new Int16Array(columns);
  let r = 0;
  for (let q = 0; q < rows; q += 1) if (sum[(columns - 1) * rows + q]! < sum[(columns - 1) * rows + r]!) r = q;
  for (let c = columns - 1; c >= 0; c -= 1) {
    path[c] = r;
    r = from[c * rows + r]!;
  }
  return path;
}

/** Share of each side's own samples that its model explains clearly better than the other's: the worse of the two. */
function contrastOf(samples: [Float32Array, Float32Array], [top, bottom]: [ColorModel, ColorModel]) {
  const share = (colors: Float32Array, own: ColorModel, other: ColorModel) => {
    let better = 0;
    const n = colors.length / 3;
    for (let i = 0; i < n; i += 1) if (ratio(own, other, colors, i, 24) > 1) better += 1;
    return better / Math.max(1, n);
  };
  return Math.min(share(samples[0], top, bottom), share(samples[1], bottom, top));
}

/** Splits the clothes map into what belongs to the top and to the bottom. */
export function splitClothes(input: ClothesInput): ClothesSplit {
  const at = frameCoordinates(input.frame);
  const boneOf = ([a, b]: readonly [number, number]): Bone => [
    pointOf(input.keypoints, a),
    pointOf(input.keypoints, b),
  ];
  const armDistance = distanceFrom([...forearms, ...hands].map(boneOf));
  const sleeveDistance = distanceFrom(
    forearms.map(boneOf).filter((bone) => isSleeved(bone, input.clothes, input.width, input.height)),
  );
  let seam: Float32Array | null = null;
  let models: [ColorModel, ColorModel] | null = null;
  let contrast = 0;
  let strength = 0;
  for (let round = 0; round < emRounds; round += 1) {
    const samples: [Float32Array, Float32Array] = [
      sampleColors(input, at, seam, true, armDistance),
      sampleColors(input, at, seam, false, armDistance),
    ];
    const [top, bottom] = samples.map((colors) => fitColorModel(colors, averagedVariance));
    models = top && bottom ? [top, bottom] : null;
    contrast = models ? contrastOf(samples, models) : 0;
    const { cost, reward } = seamCosts(
      input,
      at,
      models,
      Math.max(leastColorTrust, Math.min(1, contrast * 1.5)),
      armDistance,
    );
    const path = cheapestPath(cost);
    seam = Float32Array.from(path, (r) => tFrom + r * tStep);
    strength = path.reduce(
      (sum, r, c) => sum + (Math.abs(sFrom + c * sStep) < 0.4 ? reward[c * rows + r]! / 16 : 0),
      0,
    );
  }
  const border = seam && (models || strength > leastStrength) ? seam : new Float32Array(columns).fill(noSeam);
  const seamAt = (s: number) => {
    const f = clamp((s - sFrom) / sStep, 0, columns - 1.001);
    return lerp(border[f | 0]!, border[(f | 0) + 1]!, f - (f | 0));
  };
  const split = divide(input, at, seamAt, models, contrast, sleeveDistance);
  const isOnSleeve = (x: number, y: number) => sleeveDistance(x, y) < input.frame.shoulderWidth * 0.13;
  settlePieces({ ...input, ...split, shoulderWidth: input.frame.shoulderWidth, tAt: at.t, isOnSleeve });
  return { ...split, contrast, strength, seamAt };
}

function divide(
  { width, height, clothes, lab, frame }: ClothesInput,
  at: Coordinates,
  seamAt: (s: number) => number,
  models: [ColorModel, ColorModel] | null,
  contrast: number,
  sleeveDistance: (x: number, y: number) => number,
) {
  const top = floats(width * height);
  const bottom = floats(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      if (clothes[i]! < 0.01) continue;
      const s = at.s(x, y);
      const t = at.t(x, y);
      const gap = seamAt(s) - t;
      const color =
        models && Math.abs(gap) < 0.25 ? ratio(models[0], models[1], lab, i, 5) * Math.min(1, contrast * 1.3) : 0;
      let score = gap * 70 + color * (Math.abs(gap) < 0.1 ? 0.8 : 0.25);
      // a sleeve hanging beside the trousers belongs to the top, whatever its height
      if (t > 0.5 && Math.abs(s) > 0.36 && sleeveDistance(x, y) < frame.shoulderWidth * 0.12) {
        score = Math.max(score, (Math.abs(s) > 0.5 ? 4 : 1) + color);
      }
      const share = 1 / (1 + Math.exp(-clamp(score, -12, 12)));
      top[i] = clothes[i]! * share;
      bottom[i] = clothes[i]! * (1 - share);
    }
  return { top, bottom };
}
