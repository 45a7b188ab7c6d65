/** What is left of worn trousers or a worn skirt beside the new ones: legs where legs are, the scene behind elsewhere. */
import { toRgb } from "../raster/color.ts";
import { floats, workspace } from "../raster/memory.ts";
import { clamp, lerp, smooth } from "../raster/scalars.ts";
import type { PersonAnalysis } from "../types.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { skinTone } from "./painted-skin.ts";
import type { Erased } from "./worn-leftovers.ts";
import { keepNeeded, leftovers, scenePlate } from "./worn-leftovers.ts";

/** torso lengths below the shoulders down to which bare skin would be hips */
const hipEnd = 1.22;
const black = [0, 0, 0] as const;

/** Paints over the leftovers of worn trousers or a skirt: legs where legs are, else the scene. */
export function eraseBottom(
  canvas: Canvas,
  body: BodyTarget,
  legs: (x: number, y: number) => number,
  person: PersonAnalysis,
  cover: Float32Array,
): Erased {
  const base = floats(canvas.rgb.length);
  base.set(canvas.rgb);
  const { repainted, forbidden } = workspace(() => paintBottom(canvas, body, legs, skinTone(person), cover, base));
  const unit = body.frame.shoulderWidth ** 2;
  return { base, repainted: repainted / unit, neck: 0, forbidden: forbidden / unit };
}

function paintBottom(
  canvas: Canvas,
  body: BodyTarget,
  legs: (x: number, y: number) => number,
  tone: readonly [number, number, number],
  cover: Float32Array,
  base: Float32Array,
) {
  const { frame } = body;
  const needs = leftovers(canvas, canvas.oldBottom, canvas.oldTop, frame.shoulderWidth);
  const wanted = keepNeeded(needs, cover);
  const background = scenePlate(canvas, frame.shoulderWidth, wanted);
  let repainted = 0;
  let forbidden = 0;
  for (let i = 0; i < needs.length; i += 1) {
    if (!wanted[i]) continue;
    const need = needs[i]!;
    const x = i % canvas.width;
    const y = Math.floor(i / canvas.width);
    const t =
      ((x - frame.midShoulder[0]) * frame.down[0] + (y - frame.midShoulder[1]) * frame.down[1]) / frame.torsoLength;
    const { centre, across } = body.trunk(t);
    const lateral = (x - centre[0]) * across[0] + (y - centre[1]) * across[1];
    if (t < hipEnd && Math.abs(lateral) < body.half(clamp(t, 0.2, 1.4), lateral < 0 ? 0 : 1) * 0.92) {
      // neither skin nor scene may stand for the hips
      forbidden += need;
      continue;
    }
    const onLeg = legs(x, y);
    const inside = smooth(1.15, 0.92, onLeg);
    const skin = inside > 0 ? toRgb([tone[0] * lerp(1.02, 0.84, smooth(0.4, 1.05, onLeg)), tone[1], tone[2]]) : black;
    for (let k = 0; k < 3; k += 1)
      base[i * 3 + k] = lerp(base[i * 3 + k]!, lerp(background[i * 3 + k]!, skin[k]!, inside), need);
    repainted += need * inside;
  }
  return { repainted, forbidden };
}
