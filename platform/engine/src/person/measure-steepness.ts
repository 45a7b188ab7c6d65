import type { Keypoint, Raster } from "../types.ts";
import { bodyFrame } from "./body-frame.ts";

const near = 1;
const far = 4;
/** the steepest sixty-fifth of the places: contours, not cloth */
const steepest = 0.985;
/** with less contrast than this nothing can be said */
const leastContrast = 12;

/** The difference across 2 × `step` pixels that only the steepest places exceed. */
function steepDifference({ width, data }: Raster, box: readonly [number, number, number, number], step: number) {
  const counts = new Uint32Array(256);
  let total = 0;
  const [x0, y0, x1, y1] = box;
  for (let y = y0; y < y1; y += 2)
    for (let x = x0; x < x1; x += 2) {
      const i = (y * width + x) * 4 + 1;
      const difference = Math.abs(data[i + step * 4]! - data[i - step * 4]!);
      counts[difference] = counts[difference]! + 1;
      total += 1;
    }
  let left = total * (1 - steepest);
  let value = 255;
  while (value > 0 && left > counts[value]!) {
    left -= counts[value]!;
    value -= 1;
  }
  return value;
}

/**
 * How steep the contours of face and torso are, whatever their contrast: 0.25 is a ramp without any edge (defocus or
 * motion over 9 pixels and more), sharp photos have 0.33-0.75. Null where there is nothing to measure.
 */
export function measureSteepness(photo: Raster, keypoints: Keypoint[]): number | null {
  const { midShoulder, midHip, shoulderWidth } = bodyFrame(keypoints);
  const box = [
    Math.max(far, Math.round(midShoulder[0] - shoulderWidth * 0.7)),
    Math.max(0, Math.round(midShoulder[1] - shoulderWidth)),
    Math.min(photo.width - far, Math.round(midShoulder[0] + shoulderWidth * 0.7)),
    Math.min(photo.height, Math.round(midHip[1])),
  ] as const;
  const contrast = steepDifference(photo, box, far);
  return contrast < leastContrast ? null : steepDifference(photo, box, near) / contrast;
}
