/** An arm's outline is smooth along the arm: what is stepped or notched there are its labels. */
import { boxBlur } from "../raster/blur.ts";
import { floats, workspace } from "../raster/memory.ts";
import { clamp, dot, length, mix, smooth, sub, unit } from "../raster/scalars.ts";
import type { Vec } from "../types.ts";
import { patchAround } from "./arm-patch.ts";
import type { Arm, BodyTarget } from "./body-target.ts";
import { armRadiusShare } from "./body-target.ts";

/** shoulder widths: how far along the arm its outline is evened out (a Gaussian's sigma), and how far the elbow bends */
const alongSigma = 0.06;
const bend = 0.12;
/** usual radii of the arm around which its outline lies, and shoulder widths around its bones that hold them */
const reach = 2.4;
const around = 0.3;
/** in sigmas */
const steps = Array.from({ length: 17 }, (_, k) => (k - 8) / 4);
const weights = steps.map((step) => Math.exp((-step * step) / 2));
const total = weights.reduce((sum, weight) => sum + weight, 0);
/** what an arm's rim shows is mixed with the cloth behind it: the edge lies a little inside; and pixels that it is soft over */
const level = 0.58;
const softness = 1.8;

/** The arm's direction beside a point: it turns over at the elbow. */
function directionAt({ shoulder, elbow, wrist }: Arm, shoulderWidth: number) {
  const upper = unit(sub(elbow, shoulder));
  const fore = unit(sub(wrist, elbow));
  const middle = unit([upper[0] + fore[0] + 1e-6, upper[1] + fore[1]]);
  return (x: number, y: number): Vec => {
    const beyond = dot([x - elbow[0], y - elbow[1]], middle) / (shoulderWidth * bend);
    return unit(mix(upper, fore, smooth(-1, 1, beyond)));
  };
}

/** The map averaged along the arms; -1 away from them. */
function averageAlong(map: Float32Array, width: number, height: number, { arms, frame }: BodyTarget): Float32Array {
  const out = floats(map.length).fill(-1);
  const sigma = frame.shoulderWidth * alongSigma;
  for (const arm of arms) {
    const patch = patchAround({ width, height }, arm, frame.shoulderWidth * around);
    const direction = directionAt(arm, frame.shoulderWidth);
    for (let y = patch.top; y < patch.top + patch.height; y += 1)
      for (let x = patch.left; x < patch.left + patch.width; x += 1) {
        if (armRadiusShare(arm, frame.shoulderWidth, x, y).share > reach) continue;
        const [dx, dy] = direction(x, y);
        let sum = 0;
        for (let k = 0; k < steps.length; k += 1) {
          const px = clamp(Math.round(x + dx * steps[k]! * sigma), 0, width - 1);
          const py = clamp(Math.round(y + dy * steps[k]! * sigma), 0, height - 1);
          sum += map[py * width + px]! * weights[k]!;
        }
        const i = y * width + x;
        out[i] = Math.max(out[i]!, sum / total);
      }
  }
  return out;
}

/** The skin of arms with an outline that is even along them and a pixel or two soft; -1 away from them. */
export function evenArms(skin: Float32Array, width: number, height: number, body: BodyTarget): Float32Array {
  const out = floats(skin.length).fill(-1);
  workspace(() => {
    const mean = averageAlong(boxBlur(skin, width, height, 2), width, height, body);
    for (let i = width + 1; i < out.length - width - 1; i += 1) {
      const v = mean[i]!;
      if (v < 0) continue;
      const at = (j: number) => (mean[j]! < 0 ? v : mean[j]!);
      const slope = length(at(i + 1) - at(i - 1), at(i + width) - at(i - width)) / 2;
      out[i] = clamp(0.5 + (v - level) / Math.max(0.02, slope * softness));
    }
  });
  return out;
}
