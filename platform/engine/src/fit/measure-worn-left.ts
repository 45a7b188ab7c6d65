/** What a drawn bottom leaves of the worn one, for the gate. */
import { deltaE, toLab } from "../raster/color.ts";
import { clamp } from "../raster/scalars.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";

/** torso lengths below the shoulders between which old cloth beside a new waist is seen first */
const hipsFrom = 0.72;
const hipsTo = 1.6;
/** CIE Lab: how near to the worn bottom's colour a pixel of it is, and from where on old and new cloth differ clearly */
const sameCloth = 16;
const clearlyOther = 30;

type Lab = readonly [number, number, number];

/**
 * Worn bottom at the hips that the new one leaves in sight, shoulder widths squared; less where the two look alike. A
 * worn top of its colour counts too: there the waist is a guess. `worn` is the worn bottom's colour.
 */
export function measureWornLeft(
  canvas: Canvas,
  { frame }: BodyTarget,
  drawn: Float32Array,
  worn: Lab | null,
  cloth: Lab,
): number {
  if (!worn) return 0;
  const { width, rgb, person, skin, hair, oldBottom, oldTop } = canvas;
  let left = 0;
  for (let i = 0; i < drawn.length; i += 1) {
    if (drawn[i]! > 0.5 || person[i]! < 0.7 || skin[i]! > 0.4 || hair[i]! > 0.4) continue;
    if (oldBottom[i]! + oldTop[i]! < 0.6) continue;
    const dx = (i % width) - frame.midShoulder[0];
    const dy = Math.floor(i / width) - frame.midShoulder[1];
    const t = (dx * frame.down[0] + dy * frame.down[1]) / frame.torsoLength;
    if (t < hipsFrom || t > hipsTo) continue;
    if (deltaE(toLab(rgb[i * 3]!, rgb[i * 3 + 1]!, rgb[i * 3 + 2]!), worn) < sameCloth) left += 1;
  }
  return (left / frame.shoulderWidth ** 2) * clamp(deltaE(worn, cloth) / clearlyOther);
}
