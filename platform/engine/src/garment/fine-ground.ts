/** The ground close to a garment that is white only in part, where the broad brush of the first flood cannot go. */
import { boxBlur } from "../raster/blur.ts";
import { components } from "../raster/components.ts";
import { distanceMap } from "../raster/distance-map.ts";
import { clamp } from "../raster/scalars.ts";

export interface FineGroundInput {
  width: number;
  height: number;
  /** colour distance from the ground */
  difference: Float32Array;
  /** what the first flood found; more is added to it */
  background: Uint8Array;
  /** x of the garment's middle: a white print there is no ground */
  middle: number;
}

/** Share of the cloth that may have the ground's colour by chance. */
const clothShare = 0.02;
const clothDepth = 15;
/** A garment with this share of it clearly unlike the ground has an outline to hold on to; a white one has not. */
const distinctShare = 0.4;
const distinctDifference = 30;
const minPocketShare = 0.0003;
const minPocketRoom = 3;
/** The compression's noise around a garment, and how deep it is followed: up into a narrow armpit, or strong close by. */
const rims = [
  { depth: 40, limit: 2 },
  { depth: 4, limit: 3 },
];

/** How near the ground's colour cloth hardly ever comes; 0 for a garment that is white all over. */
function limitOf({ width, height, difference, background }: FineGroundInput): number {
  const depth = distanceMap(background, width, height);
  const deep: number[] = [];
  for (let i = 0; i < depth.length; i += 3) if (depth[i]! > clothDepth) deep.push(difference[i]!);
  const sorted = Float32Array.from(deep).sort();
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return at(1 - distinctShare) < distinctDifference ? 0 : clamp(at(clothShare), 0, 4);
}

/** Pieces of the free pixels that are ground: those that hold some already, and wide pockets beside the middle. */
function groundPieces({ width, height, background, middle }: FineGroundInput, room: Float32Array): Uint8Array {
  const n = background.length;
  const free = new Uint8Array(n);
  for (let i = 0; i < n; i += 1) free[i] = room[i]! > 1 ? 1 : 0;
  const { labels, sizes } = components(free, width, height);
  const isGround = new Uint8Array(sizes.length);
  const sumX = new Float64Array(sizes.length);
  const widest = new Float32Array(sizes.length);
  for (let i = 0; i < n; i += 1) {
    const k = labels[i]!;
    if (background[i]) isGround[k] = 1;
    sumX[k] = sumX[k]! + (i % width);
    widest[k] = Math.max(widest[k]!, room[i]!);
  }
  for (let k = 0; k < isGround.length; k += 1) {
    const isAside = Math.abs(sumX[k]! / sizes[k]! - middle) > width * 0.15;
    if (isAside && sizes[k]! > n * minPocketShare && widest[k]! > minPocketRoom) isGround[k] = 1;
  }
  isGround[0] = 0;
  for (let i = 0; i < n; i += 1) free[i] = isGround[labels[i]!]!;
  return free;
}

/** The noisy rim: pixels beside the ground that stay near its colour, a few deep and hanging together with it. */
function shaveRim(input: FineGroundInput, soft: Float32Array, { depth, limit }: (typeof rims)[number]) {
  const { width, height, difference, background } = input;
  const fromGround = distanceMap(background, width, height);
  const n = background.length;
  const stack: number[] = [];
  for (let i = 0; i < n; i += 1) if (fromGround[i]! > 0 && fromGround[i]! < 1.5) stack.push(i);
  while (stack.length > 0) {
    const i = stack.pop()!;
    if (background[i] || fromGround[i]! > depth || Math.min(difference[i]!, soft[i]!) >= limit) continue;
    background[i] = 1;
    if (i % width > 0) stack.push(i - 1);
    if (i % width < width - 1) stack.push(i + 1);
    if (i >= width) stack.push(i - width);
    if (i < n - width) stack.push(i + width);
  }
}

/** Adds ground up to the outline, and pockets of it between sleeve and trunk. Says whether it could. */
export function addFineGround(input: FineGroundInput): boolean {
  const { width, height, difference, background } = input;
  const limit = limitOf(input);
  if (limit === 0) return false;
  const n = background.length;
  const soft = boxBlur(difference, width, height, 1);
  const blocked = new Uint8Array(n);
  for (let i = 0; i < n; i += 1) blocked[i] = background[i] || Math.min(difference[i]!, soft[i]!) < limit ? 0 : 1;
  const pieces = groundPieces(input, distanceMap(blocked, width, height));
  const fromPieces = distanceMap(pieces, width, height);
  for (let i = 0; i < n; i += 1) if (fromPieces[i]! < 1.5 && !blocked[i]) background[i] = 1;
  for (const rim of rims) shaveRim(input, soft, rim);
  return true;
}
