import { clamp } from "../raster/scalars.ts";
import type { Arm } from "./body-target.ts";

/** A box of a map, pixels. */
export interface Patch {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The part of a map of that size which an arm lies in, with a margin. */
export function patchAround({ width, height }: Pick<Patch, "width" | "height">, arm: Arm, margin: number): Patch {
  const joints = [arm.shoulder, arm.elbow, arm.wrist];
  const [xs, ys] = [joints.map(([x]) => x), joints.map(([, y]) => y)];
  const left = clamp(Math.floor(Math.min(...xs) - margin), 0, width);
  const top = clamp(Math.floor(Math.min(...ys) - margin), 0, height);
  const right = clamp(Math.ceil(Math.max(...xs) + margin), left, width);
  const bottom = clamp(Math.ceil(Math.max(...ys) + margin), top, height);
  return { left, top, width: right - left, height: bottom - top };
}
