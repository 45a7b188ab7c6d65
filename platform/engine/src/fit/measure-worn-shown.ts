/** What a drawn top leaves of the worn one, for the gate. */
import { deltaE, toLab } from "../raster/color.ts";
import { clamp } from "../raster/scalars.ts";
import type { BodyTarget } from "./body-target.ts";
import { wornEnd } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import type { TopPlacement } from "./warp-top.ts";

/** torso lengths: from so far above the shoulders to so far above the new hem; what hangs below that hem is the hem's matter */
const neckFrom = -0.4;
const hemMargin = 0.03;
/** CIE Lab: a pixel that changed less still shows what was there; and from where on worn and new cloth differ clearly */
const unchanged = 10;
const clearlyOther = 25;
/** in radii of the arm: what a kept sleeve is */
const widestSleeve = 1.3;

type Lab = readonly [number, number, number];

/**
 * Worn top in sight above the new hem, shoulder widths squared; less where the two cloths look alike. Sleeves that are
 * kept on purpose do not count: long ones below short new ones, and any beside a garment without sleeves. Short sleeves
 * that stick out below shorter ones do.
 */
export function measureWornShown(
  { width, rgb, person, oldTop }: Canvas,
  body: BodyTarget,
  placement: Pick<TopPlacement, "isLayered" | "cover" | "naked" | "hemV">,
  drawn: Float32Array,
  result: Float32Array,
  cloth: Lab,
): number {
  const { frame, arms } = body;
  const isKept = arms.map((arm, k) => placement.isLayered && (placement.cover[k] === 0 || wornEnd(arm) === null));
  let shown = 0;
  for (let i = 0; i < drawn.length; i += 1) {
    if (oldTop[i]! < 0.6 || drawn[i]! > 0.5 || person[i]! < 0.7) continue;
    const x = i % width;
    const y = Math.floor(i / width);
    const dx = x - frame.midShoulder[0];
    const dy = y - frame.midShoulder[1];
    const t = (dx * frame.down[0] + dy * frame.down[1]) / frame.torsoLength;
    if (t < neckFrom || t > placement.hemV - hemMargin) continue;
    const side = dx * frame.across[0] + dy * frame.across[1] < 0 ? 0 : 1;
    if (isKept[side] && placement.naked[side](x, y).share < widestSleeve) continue;
    const worn = toLab(rgb[i * 3]!, rgb[i * 3 + 1]!, rgb[i * 3 + 2]!);
    const now = toLab(result[i * 3]!, result[i * 3 + 1]!, result[i * 3 + 2]!);
    if (deltaE(worn, now) < unchanged) shown += clamp(deltaE(worn, cloth) / clearlyOther);
  }
  return shown / frame.shoulderWidth ** 2;
}
