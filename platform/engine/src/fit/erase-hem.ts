/** The tip of a worn top's hem that hangs out below the new one: what is worn below goes on there. */
import { boxBlur } from "../raster/blur.ts";
import { distanceMap } from "../raster/distance-map.ts";
import { bytes, workspace } from "../raster/memory.ts";
import { pushPull } from "../raster/push-pull.ts";
import { lerp, smooth } from "../raster/scalars.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import type { TopPlacement } from "./warp-top.ts";

/** torso lengths above and below the new hem between which a tip may lie, and how far below it the bottom is looked at */
const above = 0.03;
const below = 0.09;
const seen = 0.18;
/** share of a row of the trunk that a tip takes at most where the search ends: a longer top is left as it is */
const mostLeft = 0.06;
/** shoulder widths that the bottom may be away */
const farthest = 0.1;

/** Rows of the canvas, as views of its maps. */
interface Strip {
  from: number;
  to: number;
  /** torso lengths below the shoulders, and share of the trunk's half-width */
  place: (x: number, y: number) => { t: number; aside: number };
}

function openStrip({ height }: Canvas, body: BodyTarget, hemV: number): Strip {
  const { frame } = body;
  const ys = [hemV - above, hemV + seen].flatMap((v) => {
    const { centre, across } = body.trunk(v);
    const half = body.expectedHalf(v);
    return [centre[1] - Math.abs(across[1]) * half, centre[1] + Math.abs(across[1]) * half];
  });
  const place = (x: number, y: number) => {
    const [dx, dy] = [x - frame.midShoulder[0], y - frame.midShoulder[1]];
    const t = (dx * frame.down[0] + dy * frame.down[1]) / frame.torsoLength;
    const lateral = dx * frame.across[0] + dy * frame.across[1];
    return { t, aside: Math.abs(lateral) / body.half(Math.max(0.18, t), lateral < 0 ? 0 : 1) };
  };
  const row = (y: number) => Math.min(height, Math.max(0, Math.round(y)));
  return { from: row(Math.min(...ys)), to: row(Math.max(...ys)), place };
}

/** Does the worn top go on below where a tip would end? */
function isLonger({ width, oldTop }: Canvas, { from, to, place }: Strip, hemV: number): boolean {
  let worn = 0;
  let all = 0;
  for (let i = from * width; i < to * width; i += 1) {
    const { t, aside } = place(i % width, Math.floor(i / width));
    if (aside > 0.9 || t < hemV + below || t > hemV + below + 0.02) continue;
    all += 1;
    if (oldTop[i]! > 0.5) worn += 1;
  }
  return worn > all * mostLeft;
}

/** Paints the tip in `base`. */
export function eraseHemTip(
  canvas: Canvas,
  body: BodyTarget,
  { hemV, layer }: Pick<TopPlacement, "hemV" | "layer">,
  base: Float32Array,
): void {
  const { width, rgb, oldTop, oldBottom, skin } = canvas;
  const strip = openStrip(canvas, body, hemV);
  const [first, end, rows] = [strip.from * width, strip.to * width, strip.to - strip.from];
  if (rows < 3 || isLonger(canvas, strip, hemV)) return;
  const shoulder = body.frame.shoulderWidth;
  workspace(() => {
    const worn = boxBlur(oldTop.subarray(first, end), width, rows, Math.max(1, Math.round(shoulder * 0.012)));
    const wanted = bytes(worn.length);
    const known = bytes(worn.length);
    let count = 0;
    for (let j = 0; j < worn.length; j += 1) {
      const i = first + j;
      known[j] = oldBottom[i]! > 0.95 && worn[j]! < 0.01 ? 1 : 0;
      if (worn[j]! < 0.04 || skin[i]! > 0.5 || layer.alpha[i]! > 0.98) continue;
      const { t, aside } = strip.place(i % width, strip.from + Math.floor(j / width));
      if (aside < 1 && t > hemV - above && t < hemV + below) count += wanted[j] = 1;
    }
    if (count === 0) return;
    const plate = pushPull(rgb.subarray(first * 3, end * 3), known, width, rows, wanted);
    const distances = distanceMap(known, width, rows);
    for (let j = 0; j < worn.length; j += 1) {
      if (!wanted[j]) continue;
      const need = smooth(0.04, 0.2, worn[j]!) * smooth(farthest, farthest * 0.7, distances[j]! / shoulder);
      for (let k = 0; k < 3; k += 1)
        base[(first + j) * 3 + k] = lerp(base[(first + j) * 3 + k]!, plate[j * 3 + k]!, need);
    }
  });
}
