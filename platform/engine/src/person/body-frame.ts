import { distance, mix, sub, unit } from "../raster/scalars.ts";
import type { BodyFrame, Keypoint, PersonAnalysis, Vec } from "../types.ts";

export const pointOf = (keypoints: Keypoint[], index: number): Vec => [keypoints[index]!.x, keypoints[index]!.y];
const between = (keypoints: Keypoint[], a: number, b: number) => mix(pointOf(keypoints, a), pointOf(keypoints, b), 0.5);

/** The body's own coordinates from shoulders (11, 12) and hips (23, 24). */
export function bodyFrame(keypoints: Keypoint[]): BodyFrame {
  const midShoulder = between(keypoints, 11, 12);
  const midHip = between(keypoints, 23, 24);
  return {
    midShoulder,
    midHip,
    down: unit(sub(midHip, midShoulder)),
    // 12 is the person's right shoulder, at the image's left when facing us
    across: unit(sub(pointOf(keypoints, 11), pointOf(keypoints, 12))),
    shoulderWidth: distance(pointOf(keypoints, 11), pointOf(keypoints, 12)),
    torsoLength: distance(midShoulder, midHip),
  };
}

/** Image (x, y) → [s, t] of the frame, as a function of plain numbers. */
export function frameCoordinates({ midShoulder, down, across, shoulderWidth, torsoLength }: BodyFrame) {
  const [a, b, c, d] = [
    down[0] * torsoLength,
    across[0] * shoulderWidth,
    down[1] * torsoLength,
    across[1] * shoulderWidth,
  ];
  const determinant = a * d - b * c || 1;
  return {
    s: (x: number, y: number) => (a * (y - midShoulder[1]) - c * (x - midShoulder[0])) / determinant,
    t: (x: number, y: number) => (d * (x - midShoulder[0]) - b * (y - midShoulder[1])) / determinant,
    point: (s: number, t: number): Vec => [
      midShoulder[0] + down[0] * t * torsoLength + across[0] * s * shoulderWidth,
      midShoulder[1] + down[1] * t * torsoLength + across[1] * s * shoulderWidth,
    ],
  };
}

/** The head by eyes (2, 5), mouth (9, 10) and ears (7, 8). */
export function headOf(keypoints: Keypoint[]): PersonAnalysis["head"] {
  const eyes = between(keypoints, 2, 5);
  const mouth = between(keypoints, 9, 10);
  const width = Math.max(
    distance(pointOf(keypoints, 7), pointOf(keypoints, 8)),
    distance(pointOf(keypoints, 2), pointOf(keypoints, 5)) * 2,
  );
  const down = unit(sub(mouth, eyes));
  const drop = Math.max(distance(eyes, mouth), width * 0.32);
  return {
    centre: mix(eyes, mouth, 0.45),
    halfWidth: width * 0.52,
    halfHeight: drop * 1.45,
    down,
    chin: [mouth[0] + down[0] * drop * 0.75, mouth[1] + down[1] * drop * 0.75],
  };
}
