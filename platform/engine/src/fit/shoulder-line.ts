/** The person's own shoulder line: from the foot of the neck to the top of the deltoid, as the outline has it. */
import { add, clamp, dot, lerp, perpendicular, scale, sub } from "../raster/scalars.ts";
import type { BodyFrame, Vec } from "../types.ts";
import type { Arm } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { readMap } from "./canvas.ts";

/** all in shoulder widths, across the body from the middle of the neck's foot and upwards from the joints' line */
const step = 0.01;
const inmost = 0.06;
const base = -0.08;
/** outline above this is neck or hair, not shoulder */
const highest = 0.34;
/** the neck's foot where hair or a scarf hides the outline */
const usualNeck = { half: 0.19, rise: 0.23 };
const leastSeen = 0.35;

export interface ShoulderLine {
  /** middle of the neck's foot across the body, pixels from the middle of the shoulders, positive to the image's right */
  neckAt: number;
  /** pixels from neckAt to the foot of the neck */
  neckHalf: number;
  /** the point of the outline so many pixels from neckAt on one side */
  at: (side: 0 | 1, lateral: number) => Vec;
  /** whether a point of the canvas lies under the line */
  isBelow: (point: Vec) => boolean;
}

interface Profile {
  heights: number[];
  /** shoulder widths from the middle of the shoulders to the neck's wall; null where hair hides it */
  wall: number | null;
}

/** How high the outline stands above the joints' line at each step outwards; NaN where it is not to be seen. */
function measure(canvas: Canvas, { midShoulder, across, shoulderWidth }: BodyFrame, arm: Arm): Profile {
  const down = perpendicular(across);
  const tip = sub(arm.tip, midShoulder);
  const tipAt = Math.abs(dot(tip, across)) / shoulderWidth;
  const heights: number[] = [];
  let wall: number | null = null;
  for (let lateral = 0; lateral <= tipAt; lateral += step) {
    const foot = add(midShoulder, scale(across, arm.side * lateral * shoulderWidth));
    let height = base;
    let isHidden = false;
    for (; height <= highest; height += 1 / shoulderWidth) {
      const [x, y] = add(foot, scale(down, -height * shoulderWidth));
      if (readMap(canvas, canvas.hair, x, y) > 0.3) isHidden = true;
      if (isHidden || readMap(canvas, canvas.person, x, y) < 0.5) break;
    }
    if (height > highest) wall = lateral;
    heights.push(isHidden || height > highest || height <= base ? Number.NaN : height);
  }
  heights.push(-dot(tip, down) / shoulderWidth);
  return { heights, wall };
}

/** Fills what is hidden, by the other side where that is seen, and lets the line only rise towards the neck. */
function complete(own: number[], other: number[]) {
  const heights = own.map((height, k) => (Number.isNaN(height) && k < other.length - 1 ? other[k]! : height));
  const last = heights.length - 1;
  const tip = heights[last]!;
  const usual = (k: number) => {
    const share = clamp((last * step - k * step) / Math.max(step, last * step - usualNeck.half));
    return lerp(tip, Math.max(tip, usualNeck.rise), share);
  };
  const isSeen = heights.map((height) => !Number.isNaN(height));
  const hasEnough = isSeen.slice(Math.round(usualNeck.half / step)).filter(Boolean).length > last * leastSeen * 0.7;
  const line = heights.map((height, k) => (hasEnough && isSeen[k] ? height : k === last ? tip : Number.NaN));
  for (let k = last - 1; k >= 0; k -= 1) {
    if (Number.isNaN(line[k]!)) {
      let next = k - 1;
      while (next >= 0 && Number.isNaN(line[next]!)) next -= 1;
      const isOpen = next < 0 || !hasEnough;
      line[k] = isOpen ? line[k + 1]! + (usual(k) - usual(k + 1)) : lerp(line[k + 1]!, line[next]!, 1 / (k + 1 - next));
    }
    // folds of cloth and stray hair make no dents
    line[k] = clamp(line[k]!, line[k + 1]! - 0.002, line[k + 1]! + step * 1.3);
  }
  for (let round = 0; round < 3; round += 1)
    for (let k = 1; k < last; k += 1) line[k] = (line[k - 1]! + 2 * line[k]! + line[k + 1]!) / 4;
  return line;
}

export function measureShoulders(canvas: Canvas, frame: BodyFrame, arms: readonly [Arm, Arm]): ShoulderLine {
  const profiles = arms.map((arm) => measure(canvas, frame, arm));
  const lines = profiles.map(({ heights }, k) => complete(heights, profiles[1 - k]!.heights));
  const { midShoulder, across, shoulderWidth } = frame;
  // a leaning trunk is not square to its shoulders
  const down = perpendicular(across);
  const [left, right] = profiles.map(({ wall }) => wall);
  const isNeckSeen = left != null && right != null && left + right > 0.16 && left + right < 0.5;
  const neckAt = isNeckSeen ? clamp((right - left) / 2, -0.1, 0.1) : 0;
  const half = isNeckSeen ? clamp((left + right) / 2, 0.12, 0.22) : 0.16;
  const at: ShoulderLine["at"] = (side, lateral) => {
    const sign = arms[side].side;
    const off = Math.max(inmost, (sign * neckAt * shoulderWidth + lateral) / shoulderWidth);
    const line = lines[side]!;
    const k = clamp(off / step, 0, line.length - 1.001);
    const height = lerp(line[k | 0]!, line[(k | 0) + 1]!, k % 1);
    const foot = add(midShoulder, scale(across, sign * off * shoulderWidth));
    return add(foot, scale(down, -height * shoulderWidth));
  };
  return {
    neckAt: neckAt * shoulderWidth,
    neckHalf: half * shoulderWidth,
    at,
    isBelow: (point) => {
      const lateral = dot(sub(point, midShoulder), across) - neckAt * shoulderWidth;
      return dot(sub(point, at(lateral < 0 ? 0 : 1, Math.abs(lateral))), down) > 0;
    },
  };
}
