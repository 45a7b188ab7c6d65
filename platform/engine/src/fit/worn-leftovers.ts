/** What of the worn garment still shows beside the new one, and the scene behind it. */
import { boxBlur } from "../raster/blur.ts";
import { below } from "../raster/masks.ts";
import { bytes, workspace } from "../raster/memory.ts";
import { pushPull } from "../raster/push-pull.ts";
import { clamp, smooth } from "../raster/scalars.ts";
import type { Canvas } from "./canvas.ts";

/** less of a leftover than this is not seen */
export const leastNeed = 0.02;

export interface Erased {
  /** RGB under the new garment */
  base: Float32Array;
  /** painted as skin, shoulder widths squared */
  repainted: number;
  /** of that, at the neckline of a top */
  neck: number;
  /** of that, on trunk or hips where spec rule 9 allows none */
  forbidden: number;
}

/** Worn cloth that shows, widened a little into its soft edge. */
export function leftovers(canvas: Canvas, worn: Float32Array, keep: Float32Array, shoulder: number) {
  const { width, height, person, skin, hair, face } = canvas;
  const out = boxBlur(worn, width, height, Math.max(2, Math.round(shoulder * 0.034)));
  for (let i = 0; i < out.length; i += 1) {
    const soft = out[i]!;
    const v = worn[i]!;
    out[i] = 0;
    if (soft <= 0.03 && v <= 0.115) continue;
    const direct = clamp(v * 1.3 - 0.15) * person[i]!;
    const edge =
      smooth(0.03, 0.24, soft) *
      (1 - smooth(0.75, 0.98, skin[i]!)) *
      (1 - hair[i]!) *
      (1 - face[i]!) *
      (1 - smooth(0.4, 0.8, keep[i]!));
    out[i] = Math.max(direct, edge);
  }
  return out;
}

/**
 * Where something must be painted: leftovers beside the new garment, in place, and what a new top has `uncovered`.
 * Returns the same as a mask.
 */
export function keepNeeded(worn: Float32Array, cover: Float32Array, uncovered?: Float32Array): Uint8Array {
  const wanted = bytes(worn.length);
  for (let i = 0; i < worn.length; i += 1) {
    const bare = 1 - cover[i]!;
    // what shows through a top's soft edge is erased as if there was no cloth: else a rim of it is left
    const need = uncovered ? Math.max(worn[i]! * smooth(0, 0.1, bare), uncovered[i]!) : worn[i]! * bare;
    wanted[i] = need < leastNeed ? 0 : 1;
    worn[i] = wanted[i] ? need : 0;
  }
  return wanted;
}

/** The scene behind the person where it is `wanted`, diffused from around them. */
export function scenePlate({ rgb, person, width, height }: Canvas, shoulder: number, wanted: Uint8Array) {
  const scene = bytes(person.length);
  workspace(() => scene.set(below(boxBlur(person, width, height, Math.max(2, Math.round(shoulder * 0.035))), 0.03)));
  return pushPull(rgb, scene, width, height, wanted);
}
