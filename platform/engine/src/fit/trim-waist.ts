import { distanceMap } from "../raster/distance-map.ts";
import { above } from "../raster/masks.ts";
import { smooth } from "../raster/scalars.ts";
import type { BodyFrame } from "../types.ts";
import type { Canvas, Layer } from "./canvas.ts";

/** shoulder widths that cloth may stand off the body at the waist, and more of it per torso length below */
const tight = 0.004;
const looser = 0.12;
/** torso lengths below the waist from which cloth hangs as it will */
const reach = 0.22;
const softness = 0.012;

/** Cloth beyond the person's own outline at the waist fades: a waistband is tight, its corners do not jut out. */
export function trimWaist(
  canvas: Pick<Canvas, "person" | "width" | "height">,
  layer: Layer,
  frame: BodyFrame,
  waistAt: number,
) {
  const { person, width, height } = canvas;
  const distances = distanceMap(above(person, 0.5), width, height);
  for (let i = 0; i < distances.length; i += 1) {
    if (distances[i] === 0 || layer.alpha[i]! < 0.01) continue;
    const dx = (i % width) - frame.midShoulder[0];
    const dy = Math.floor(i / width) - frame.midShoulder[1];
    const below = (dx * frame.down[0] + dy * frame.down[1]) / frame.torsoLength - waistAt;
    if (below > reach) continue;
    const slack = tight + Math.max(0, below) * looser;
    const beyond = smooth(slack, slack + softness, distances[i]! / frame.shoulderWidth);
    layer.alpha[i] = layer.alpha[i]! * (1 - beyond * smooth(reach, reach * 0.7, below));
  }
}
