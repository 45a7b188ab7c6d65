import { lerp } from "../raster/scalars.ts";
import type { Keypoint } from "../types.ts";
import { bodyFrame, frameCoordinates, pointOf } from "./body-frame.ts";

/** the part of the thigh that even very short shorts and skirts begin to cover */
const thighSeen = 0.6;
const steps = 24;

const thighs = [
  [23, 25],
  [24, 26],
] as const;

/** Shares that the parser calls skin, 0-1: of the inner torso, and of the less bare of the two upper thighs. */
export interface Bareness {
  torso: number;
  thighs: number;
}

/**
 * How bare the inner torso and the upper thighs are, by the parser's own word: taken before colours settle anything,
 * since a rule of safety must not hang on what looks better. Maps 2 and 4 are skin and clothes.
 */
export function measureBareness(maps: Float32Array[], keypoints: Keypoint[], width: number, height: number): Bareness {
  const isBare = (x: number, y: number) => {
    if (x < 0 || y < 0 || x >= width || y >= height) return false;
    const i = Math.floor(y) * width + Math.floor(x);
    return maps[2]![i]! > maps[4]![i]! && maps[2]![i]! > maps[0]![i]!;
  };
  const { point } = frameCoordinates(bodyFrame(keypoints));
  let torso = 0;
  for (let k = 0; k < steps * steps; k += 1) {
    const s = lerp(-0.4, 0.4, (k % steps) / (steps - 1));
    if (isBare(...point(s, lerp(0.1, 0.9, Math.floor(k / steps) / (steps - 1))))) torso += 1;
  }
  const legs = thighs.map(([hip, knee]) => {
    const [from, to] = [pointOf(keypoints, hip), pointOf(keypoints, knee)];
    let bare = 0;
    for (let k = 0; k < steps; k += 1) {
      const f = (thighSeen * k) / (steps - 1);
      if (isBare(lerp(from[0], to[0], f), lerp(from[1], to[1], f))) bare += 1;
    }
    return bare / steps;
  });
  return { torso: torso / steps ** 2, thighs: Math.min(...legs) };
}
