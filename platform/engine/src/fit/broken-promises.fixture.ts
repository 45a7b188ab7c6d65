/** What every result promises, looked at on the pixels before encoding. */
import { deltaE, toLab } from "../raster/color.ts";
import { distanceMap } from "../raster/distance-map.ts";
import type { PersonAnalysis, Raster, TryOnOutput, Vec } from "../types.ts";

const dilation = 0.015;
const overhang = 0.1;
const clearDifference = 15;

const isChanged = (before: Raster, after: Raster, i: number) =>
  [0, 1, 2].some((k) => before.data[i * 4 + k] !== after.data[i * 4 + k]);

function isInFace({ head }: PersonAnalysis, x: number, y: number) {
  const dx = x - head.centre[0];
  const dy = y - head.centre[1];
  const v = dx * head.down[0] + dy * head.down[1];
  const u = -dx * head.down[1] + dy * head.down[0];
  return Math.hypot(u / head.halfWidth, v / head.halfHeight) <= 1;
}

/** Far from the person and from what was drawn. */
function findOutside(photo: Raster, { labels }: PersonAnalysis, drawn: Uint8Array) {
  const near = Uint8Array.from(drawn, (v, i) => {
    const x = Math.min(labels.width - 1, Math.floor(((i % photo.width) + 0.5) * labels.scale));
    const y = Math.min(labels.height - 1, Math.floor((Math.floor(i / photo.width) + 0.5) * labels.scale));
    return v > 0 || labels.person[y * labels.width + x]! > 127 ? 1 : 0;
  });
  const reach = dilation * Math.max(photo.width, photo.height);
  return distanceMap(near, photo.width, photo.height).map((v) => (v > reach ? 1 : 0));
}

/** Trunk and arms with the flesh around the joints. */
function bodyBox({ keypoints, frame }: PersonAnalysis) {
  const joints = [11, 12, 13, 14, 15, 16, 23, 24].map((k) => keypoints[k]!);
  const flesh = frame.shoulderWidth * 0.2;
  const [xs, ys] = [joints.map(({ x }) => x), joints.map(({ y }) => y)];
  return {
    left: Math.min(...xs) - flesh,
    right: Math.max(...xs) + flesh,
    top: Math.min(...ys) - flesh,
    // a top may end at 1.3 torso lengths
    bottom: Math.max(...ys, frame.midShoulder[1] + frame.torsoLength * 1.3) + flesh,
  };
}

function torsoMean({ frame }: PersonAnalysis, { width, data }: Raster): readonly [number, number, number] {
  const sum = [0, 0, 0];
  let count = 0;
  for (let t = 0.25; t < 0.85; t += 0.02)
    for (let s = -0.3; s <= 0.3; s += 0.02) {
      const at = (k: 0 | 1) =>
        Math.round(
          frame.midShoulder[k] + frame.down[k] * t * frame.torsoLength + frame.across[k] * s * frame.shoulderWidth,
        );
      for (let k = 0; k < 3; k += 1) sum[k]! += data[(at(1) * width + at(0)) * 4 + k]!;
      count += 1;
    }
  return toLab(sum[0]! / count, sum[1]! / count, sum[2]! / count);
}

/** Which promises a result of trying a top on breaks; `fresh` is an analysis of its own. */
export function brokenPromises(
  photo: Raster,
  { image, drawn }: Pick<TryOnOutput, "image" | "drawn">,
  fresh: PersonAnalysis,
  garmentLab: readonly [number, number, number],
): string[] {
  const broken = new Set<string>();
  const outside = findOutside(photo, fresh, drawn);
  const box = bodyBox(fresh);
  const margin: Vec = [(box.right - box.left) * overhang, (box.bottom - box.top) * overhang];
  for (let i = 0; i < drawn.length; i += 1) {
    const x = (i % photo.width) + 0.5;
    const y = Math.floor(i / photo.width) + 0.5;
    if (isChanged(photo, image, i)) {
      if (isInFace(fresh, x, y)) broken.add("face");
      if (outside[i]) broken.add("outside");
    }
    if (drawn[i]! < 128) continue;
    if (x < box.left - margin[0] || x > box.right + margin[0]) broken.add("too wide");
    if (y < box.top - margin[1] || y > box.bottom + margin[1]) broken.add("too long");
  }
  const before = torsoMean(fresh, photo);
  const after = torsoMean(fresh, image);
  if (deltaE(before, garmentLab) >= clearDifference && deltaE(after, garmentLab) >= deltaE(after, before))
    broken.add("colour");
  return [...broken];
}
