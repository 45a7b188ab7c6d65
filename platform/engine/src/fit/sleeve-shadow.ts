/** Where a hanging sleeve parts from the trunk: it lies in front and keeps light from what is beside it. */
import { gaussian } from "../raster/blur.ts";
import { dot, smooth, sub } from "../raster/scalars.ts";
import type { Vec } from "../types.ts";
import type { Canvas, Layer } from "./canvas.ts";

/** shoulder widths */
const breadth = 0.022;
/** how dark it is where it is darkest: beside the sleeve, and how much of that on the sleeve's own side */
const depth = 0.3;
const own = 0.4;
/** of the armhole's height, from the shoulder's tip down: where cloth begins to part, and where it has */
const parts = [0.25, 1.05] as const;

/** Darkens trunk and sleeve along the sleeve's inner edge, in place. */
export function castShadow(
  { width, height }: Canvas,
  trunk: Layer,
  sleeve: Layer,
  { tip, armpit }: { tip: Vec; armpit: Vec },
  { down, shoulderWidth }: { down: Vec; shoulderWidth: number },
): void {
  const near = gaussian(sleeve.alpha, width, height, shoulderWidth * breadth);
  const beside = gaussian(trunk.alpha, width, height, shoulderWidth * breadth);
  const armhole = Math.max(1, dot(sub(armpit, tip), down));
  for (let i = 0; i < near.length; i += 1) {
    if (near[i] === 0) continue;
    const below = ((i % width) - tip[0]) * down[0] + (Math.floor(i / width) - tip[1]) * down[1];
    const strength = depth * smooth(...parts, below / armhole);
    if (strength === 0) continue;
    if (trunk.alpha[i]! > 0) shade(trunk, i, 1 - strength * near[i]!);
    if (sleeve.alpha[i]! > 0) shade(sleeve, i, 1 - strength * own * (1 - near[i]!) * 2 * beside[i]!);
  }
}

function shade({ rgb }: Layer, i: number, light: number) {
  for (let k = i * 3; k < i * 3 + 3; k += 1) rgb[k] = rgb[k]! * light;
}
