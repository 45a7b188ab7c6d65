/** What is left of the worn garment beside the new one: skin where a limb or the neck is, the scene behind elsewhere. */
import { boxBlur, gaussian } from "../raster/blur.ts";
import { toLab, toRgb } from "../raster/color.ts";
import { components } from "../raster/components.ts";
import { pushPull } from "../raster/push-pull.ts";
import { clamp, lerp, smooth } from "../raster/scalars.ts";
import type { PersonAnalysis } from "../types.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import type { TopPlacement } from "./warp-top.ts";
import { beyondCuff } from "./warp-top.ts";

/** torso lengths below the shoulders down to which bare skin would be hips */
const hipEnd = 1.22;
/** shoulder widths squared */
const largestSpeck = 0.02;

export interface Erased {
  /** RGB under the new garment */
  base: Float32Array;
  /** painted as skin, shoulder widths squared */
  repainted: number;
  /** of that, on trunk or hips where spec rule 9 allows none */
  forbidden: number;
}

/** Worn cloth that shows, widened a little into its soft edge. */
function leftovers(canvas: Canvas, worn: Float32Array, keep: Float32Array, shoulder: number) {
  const soft = boxBlur(worn, canvas.width, canvas.height, Math.max(2, Math.round(shoulder * 0.028)));
  return Float32Array.from(worn, (v, i) => {
    const direct = clamp(v * 1.3 - 0.15) * canvas.person[i]!;
    const edge =
      smooth(0.04, 0.35, soft[i]!) *
      (1 - smooth(0.75, 0.98, canvas.skin[i]!)) *
      (1 - canvas.hair[i]!) *
      (1 - canvas.face[i]!) *
      (1 - smooth(0.4, 0.8, keep[i]!));
    return Math.max(direct, edge);
  });
}

/** The worn top with the specks of cuff that were taken for trousers or for a bracelet: small, and on a sleeved arm. */
function wornWithCuffs(canvas: Canvas, placement: TopPlacement, { frame }: BodyTarget): Float32Array {
  const { width, height, oldTop, oldBottom, other } = canvas;
  const most = frame.shoulderWidth ** 2 * largestSpeck;
  const near = boxBlur(oldTop, width, height, Math.round(frame.shoulderWidth * 0.05));
  const out = Float32Array.from(oldTop);
  for (const map of [oldBottom, other]) {
    const { labels, sizes } = components(
      Uint8Array.from(map, (v) => (v > 0.15 ? 1 : 0)),
      width,
      height,
    );
    for (let i = 0; i < out.length; i += 1) {
      if (labels[i] === 0 || sizes[labels[i]!]! > most || near[i]! < 0.05) continue;
      const x = i % width;
      const y = Math.floor(i / width);
      if (placement.naked.some((arm) => arm(x, y).share < 1.8)) out[i] = clamp(out[i]! + map[i]!);
    }
  }
  return out;
}

/** How surely bare body is behind this pixel of a worn top, 0-1, and whether it may be painted. */
function bodyBehind(body: BodyTarget, placement: TopPlacement, x: number, y: number) {
  const { frame } = body;
  const { cover, neckHalf } = placement;
  const dx = x - frame.midShoulder[0];
  const dy = y - frame.midShoulder[1];
  const t = (dx * frame.down[0] + dy * frame.down[1]) / frame.torsoLength;
  const lateral = (dx * frame.across[0] + dy * frame.across[1]) / frame.shoulderWidth;
  const side = lateral < 0 ? 0 : 1;
  const arm = placement.naked[side](x, y);
  // under the new sleeve or shoulder no skin can show: what sticks out there was loose cloth
  const isBelowCuff = beyondCuff(placement, side, arm.along, [x, y]);
  const fromNeck = Math.abs(lateral * frame.shoulderWidth - body.shoulders.neckAt);
  const isOutside = cover[side] > 0 && fromNeck > neckHalf * 1.06 && t < 0.2;
  const onArm = arm.along > 0.12 || Math.abs(lateral) > 0.44 ? smooth(1.06, 0.98, arm.share) * isBelowCuff : 0;
  let onTrunk = 0;
  if (t > -0.35 && t < 1.1 && !isOutside) {
    const limit =
      t < 0.12
        ? Math.max(
            lerp(0.2, 0.54, smooth(-0.22, 0.05, t)) * frame.shoulderWidth,
            fromNeck < neckHalf ? neckHalf * 1.2 : 0,
          )
        : Math.min(body.half(Math.max(0.18, t), side), body.expectedHalf(t) * 1.05);
    onTrunk = smooth(1.06, 0.98, Math.abs(lateral * frame.shoulderWidth) / limit);
  }
  return { onArm, onTrunk, armShare: arm.share, isNeckline: t < 0.2 };
}

/** Paints over the leftovers of a worn top beside the new one. */
export function eraseTop(canvas: Canvas, body: BodyTarget, person: PersonAnalysis, placement: TopPlacement): Erased {
  const cover = placement.layer.alpha;
  const lowestV = placement.hemV + 0.02;
  const { width } = canvas;
  const { frame } = body;
  const shoulder = frame.shoulderWidth;
  const worn = leftovers(canvas, wornWithCuffs(canvas, placement, body), canvas.oldBottom, shoulder);
  const base = Float32Array.from(canvas.rgb);
  const background = scenePlate(canvas, shoulder);
  const tone = skinTone(person);
  const nearSkin = skinPlate(canvas);
  const light = wornLight(canvas, shoulder);
  let repainted = 0;
  let forbidden = 0;
  for (let i = 0; i < worn.length; i += 1) {
    const need = worn[i]! * (1 - cover[i]!);
    if (need < 0.02) continue;
    const x = i % width;
    const y = Math.floor(i / width);
    const t =
      ((x - frame.midShoulder[0]) * frame.down[0] + (y - frame.midShoulder[1]) * frame.down[1]) / frame.torsoLength;
    const { onArm, onTrunk, armShare, isNeckline } = bodyBehind(body, placement, x, y);
    if (t > lowestV && onArm < 0.3 && onTrunk > 0.5) continue; // below the hem it stays as it was
    // the soft edge around a person is scene, not skin
    const behind = Math.max(onArm, onTrunk) * smooth(0.3, 0.7, canvas.person[i]!);
    const shade = lerp(1.03, 0.9, smooth(0.5, 1.05, armShare)) * light[i]!;
    const skin =
      onArm > onTrunk ? paintedSkin(tone, nearSkin, i, 0.75, shade) : paintedSkin(tone, nearSkin, i, 0.75, 1);
    for (let k = 0; k < 3; k += 1) {
      const painted = lerp(background[i * 3 + k]!, skin[k]!, behind);
      base[i * 3 + k] = lerp(base[i * 3 + k]!, painted, need);
    }
    repainted += need * behind;
    if (onTrunk > onArm && !isNeckline) forbidden += need * onTrunk;
  }
  const unit = shoulder * shoulder;
  return { base, repainted: repainted / unit, forbidden: forbidden / unit };
}

/** The person's skin in full light: what is seen of the body may lie in the shadow of chin and hair. */
function skinTone({ bodySkinLab, faceSkinLab }: PersonAnalysis): readonly [number, number, number] {
  const [l, a, b] = bodySkinLab ?? faceSkinLab ?? [65, 14, 18];
  return [Math.max(l, (faceSkinLab?.[0] ?? 0) * 0.98), a, b];
}

/** How the scene lights the worn cloth, about 1, its folds smoothed away: the arm in the sleeve stands in the same light. */
function wornLight(canvas: Canvas, shoulder: number): Float32Array {
  const { width, height, oldTop, luma } = canvas;
  const weighted = luma.map((v, i) => v * oldTop[i]!);
  const over = (sigma: number) => {
    const weight = gaussian(oldTop, width, height, shoulder * sigma);
    return gaussian(weighted, width, height, shoulder * sigma).map((v, i) => (v + 0.02) / (weight[i]! + 0.02));
  };
  const [near, far] = [over(0.03), over(0.3)];
  return near.map((v, i) => clamp((v + 0.1) / (far[i]! + 0.1), 0.95, 1.05));
}

function paintedSkin(
  tone: readonly [number, number, number],
  near: Float32Array | null,
  i: number,
  share: number,
  shade: number,
) {
  const local = near
    ? toLab(clamp(near[i * 3]!, 0, 255), clamp(near[i * 3 + 1]!, 0, 255), clamp(near[i * 3 + 2]!, 0, 255))
    : tone;
  // local light, the person's own colour
  return toRgb([
    lerp(tone[0], local[0], share) * shade,
    lerp(tone[1], local[1], share),
    lerp(tone[2], local[2], share),
  ]);
}

/** The scene behind the person, diffused from around them. */
export function scenePlate(canvas: Canvas, shoulder: number): Float32Array {
  const near = boxBlur(canvas.person, canvas.width, canvas.height, Math.max(2, Math.round(shoulder * 0.035)));
  return pushPull(
    canvas.rgb,
    Float32Array.from(near, (v) => (v < 0.03 ? 1 : 0)),
    canvas.width,
    canvas.height,
  );
}

function skinPlate(canvas: Canvas): Float32Array | null {
  const sure = Float32Array.from(canvas.skin, (v) => (v > 0.92 ? 1 : 0));
  const inner = boxBlur(sure, canvas.width, canvas.height, 2);
  let count = 0;
  const weight = Float32Array.from(inner, (v) => {
    if (v <= 0.98) return 0;
    count += 1;
    return 1;
  });
  return count > 200 ? pushPull(canvas.rgb, weight, canvas.width, canvas.height) : null;
}

/** Paints over the leftovers of worn trousers or a skirt: legs where legs are, else the scene. */
export function eraseBottom(
  canvas: Canvas,
  body: BodyTarget,
  legs: (x: number, y: number) => number,
  person: PersonAnalysis,
  cover: Float32Array,
): Erased {
  const { frame } = body;
  const shoulder = frame.shoulderWidth;
  const worn = leftovers(canvas, canvas.oldBottom, canvas.oldTop, shoulder);
  const base = Float32Array.from(canvas.rgb);
  const background = scenePlate(canvas, shoulder);
  const tone = skinTone(person);
  let repainted = 0;
  let forbidden = 0;
  for (let i = 0; i < worn.length; i += 1) {
    const need = worn[i]! * (1 - cover[i]!);
    if (need < 0.02) continue;
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
    const skin = toRgb([tone[0] * lerp(1.02, 0.84, smooth(0.4, 1.05, onLeg)), tone[1], tone[2]]);
    for (let k = 0; k < 3; k += 1)
      base[i * 3 + k] = lerp(base[i * 3 + k]!, lerp(background[i * 3 + k]!, skin[k]!, inside), need);
    repainted += need * inside;
  }
  return { base, repainted: repainted / (shoulder * shoulder), forbidden: forbidden / (shoulder * shoulder) };
}
