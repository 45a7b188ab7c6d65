/** What is left of the worn garment beside the new one: skin where a limb or the neck is, the scene behind elsewhere. */
import { boxBlur, gaussian } from "../raster/blur.ts";
import { toLab, toRgb } from "../raster/color.ts";
import { components } from "../raster/components.ts";
import { distanceMap } from "../raster/distance-map.ts";
import { above, below } from "../raster/masks.ts";
import { bytes, floats, workspace } from "../raster/memory.ts";
import { pushPull } from "../raster/push-pull.ts";
import { clamp, lerp, smooth } from "../raster/scalars.ts";
import type { PersonAnalysis } from "../types.ts";
import type { BodyTarget } from "./body-target.ts";
import { bareAt } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { beyondCuff } from "./cuff.ts";
import type { TopPlacement } from "./warp-top.ts";

/** torso lengths below the shoulders down to which bare skin would be hips */
const hipEnd = 1.22;
/** of a skin's lightness */
const grainDepth = 0.022;
/** shoulder widths squared */
const largestSpeck = 0.02;
/** share of the arm that the soft edge of a worn cuff takes */
const cuffEdge = 0.08;
/** less of a leftover than this is not seen */
const leastNeed = 0.02;
const black = [0, 0, 0] as const;

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
function leftovers(canvas: Canvas, worn: Float32Array, keep: Float32Array, shoulder: number) {
  const { width, height, person, skin, hair, face } = canvas;
  const out = boxBlur(worn, width, height, Math.max(2, Math.round(shoulder * 0.028)));
  for (let i = 0; i < out.length; i += 1) {
    const soft = out[i]!;
    const v = worn[i]!;
    out[i] = 0;
    if (soft <= 0.04 && v <= 0.115) continue;
    const direct = clamp(v * 1.3 - 0.15) * person[i]!;
    const edge =
      smooth(0.04, 0.35, soft) *
      (1 - smooth(0.75, 0.98, skin[i]!)) *
      (1 - hair[i]!) *
      (1 - face[i]!) *
      (1 - smooth(0.4, 0.8, keep[i]!));
    out[i] = Math.max(direct, edge);
  }
  return out;
}

/** The worn top with the specks of cuff that were taken for trousers or for a bracelet: small, and on a sleeved arm. */
function wornWithCuffs(canvas: Canvas, placement: TopPlacement, body: BodyTarget): Float32Array {
  const { frame } = body;
  const { width, height, oldTop, oldBottom, other } = canvas;
  const most = frame.shoulderWidth ** 2 * largestSpeck;
  const out = floats(oldTop.length);
  out.set(oldTop);
  const isCuff = (x: number, y: number) =>
    placement.naked.some((arm, k) => {
      const { share, along } = arm(x, y);
      return share < 1.8 && bareAt(body.arms[k]!, along - 0.12) < 0.5;
    });
  const addSpecks = (map: Float32Array, near: Float32Array) => {
    const { labels, sizes } = components(above(map, 0.15), width, height);
    const isSpeck = Uint8Array.from(sizes, (size, label) => (label > 0 && size <= most ? 1 : 0));
    for (let i = 0; i < out.length; i += 1) {
      if (!isSpeck[labels[i]!] || near[i]! < 0.05) continue;
      if (isCuff(i % width, Math.floor(i / width))) out[i] = clamp(out[i]! + map[i]!);
    }
  };
  workspace(() => {
    const near = boxBlur(oldTop, width, height, Math.round(frame.shoulderWidth * 0.05));
    addSpecks(oldBottom, near);
    addSpecks(other, near);
  });
  // cloth on the lower half of a long-sleeved arm is sleeve, also where it hangs before the trousers
  const isLong = body.arms.map(({ bare }) => bare.every((v) => v < 0.5));
  for (let i = 0; i < out.length; i += 1) {
    if (oldBottom[i]! < 0.05) continue;
    for (const side of [0, 1] as const) {
      if (!isLong[side]) continue;
      const { share, along } = placement.naked[side](i % width, Math.floor(i / width));
      if (along > 0.5) out[i] = clamp(out[i]! + oldBottom[i]! * smooth(1.02, 0.94, share));
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
  // near a worn cuff its soft edge still lies on the arm
  const barest = (reach: number) => bareAt(body.arms[side], arm.along + reach);
  const isBare = arm.share < 1.5 && Math.min(barest(0), barest(-cuffEdge), barest(cuffEdge)) > 0.6;
  const isInside = t < 0.2 || Math.abs(lateral) * frame.shoulderWidth < body.half(Math.max(0.18, t), side) * 0.95;
  return { onArm, onTrunk, armShare: arm.share, isNeckline: t < 0.2, isBare, isInside };
}

/** Where something must be painted: leftovers beside the new garment, in place. Returns the same as a mask. */
function keepNeeded(worn: Float32Array, cover: Float32Array): Uint8Array {
  const wanted = bytes(worn.length);
  for (let i = 0; i < worn.length; i += 1) {
    const need = worn[i]! * (1 - cover[i]!);
    wanted[i] = need < leastNeed ? 0 : 1;
    worn[i] = wanted[i] ? need : 0;
  }
  return wanted;
}

/** Paints over the leftovers of a worn top beside the new one. */
export function eraseTop(canvas: Canvas, body: BodyTarget, person: PersonAnalysis, placement: TopPlacement): Erased {
  const base = floats(canvas.rgb.length);
  base.set(canvas.rgb);
  const { repainted, neck, forbidden } = workspace(() => paintTop(canvas, body, person, placement, base));
  const unit = body.frame.shoulderWidth ** 2;
  return { base, repainted: repainted / unit, neck: neck / unit, forbidden: forbidden / unit };
}

function paintTop(
  canvas: Canvas,
  body: BodyTarget,
  person: PersonAnalysis,
  placement: TopPlacement,
  base: Float32Array,
) {
  const lowestV = placement.hemV + 0.02;
  const { width } = canvas;
  const { frame } = body;
  const shoulder = frame.shoulderWidth;
  const worn = leftovers(canvas, wornWithCuffs(canvas, placement, body), canvas.oldBottom, shoulder);
  const wanted = keepNeeded(worn, placement.layer.alpha);
  const background = scenePlate(canvas, shoulder, wanted);
  const tone = skinTone(person);
  const seen = skinPlate(canvas, wanted);
  const light = wornLight(canvas, shoulder);
  let repainted = 0;
  let neck = 0;
  let forbidden = 0;
  for (let i = 0; i < worn.length; i += 1) {
    if (!wanted[i]) continue;
    let need = worn[i]!;
    const x = i % width;
    const y = Math.floor(i / width);
    const t =
      ((x - frame.midShoulder[0]) * frame.down[0] + (y - frame.midShoulder[1]) * frame.down[1]) / frame.torsoLength;
    const { onArm, onTrunk, armShare, isNeckline, isBare, isInside } = bodyBehind(body, placement, x, y);
    // a bare arm is there already: only cloth that lies on it goes
    if (placement.isLayered) {
      // only loose cloth beside the trunk goes
      if (isInside || armShare < 2.2) continue;
      need = Math.min(need, clamp(canvas.oldTop[i]! * 1.6 - 0.5));
    }
    if (isBare) need = Math.min(need, clamp(canvas.oldTop[i]! * 1.6 - 0.5));
    if (need < leastNeed) continue;
    if (t > lowestV && onArm < 0.3 && onTrunk > 0.5) continue; // below the hem it stays as it was
    // the soft edge around a person is scene, not skin
    const behind = Math.max(onArm, onTrunk) * smooth(0.3, 0.7, canvas.person[i]!);
    // beside skin that is seen, its own colour goes on without a seam; far from it the person's tone takes over
    const share = lerp(0.75, 1, smooth(0.3, 0.08, (seen?.distances[i] ?? shoulder) / shoulder));
    const round = lerp(1.03, 0.9, smooth(0.5, 1.05, armShare)) * light(i);
    const shade = (onArm > onTrunk ? lerp(round, 1, share * 0.5) : 1) * (1 + grain(x, y));
    const skin = behind > 0 ? paintedSkin(tone, seen?.plate ?? null, i, share, shade) : black;
    for (let k = 0; k < 3; k += 1) {
      const painted = lerp(background[i * 3 + k]!, skin[k]!, behind);
      base[i * 3 + k] = lerp(base[i * 3 + k]!, painted, need);
    }
    repainted += need * behind;
    if (onTrunk > onArm && isNeckline) neck += need * behind;
    if (onTrunk > onArm && !isNeckline) forbidden += need * onTrunk;
  }
  return { repainted, neck, forbidden };
}

/** The person's skin in full light: what is seen of the body may lie in the shadow of chin and hair. */
function skinTone({ bodySkinLab, faceSkinLab }: PersonAnalysis): readonly [number, number, number] {
  const [l, a, b] = bodySkinLab ?? faceSkinLab ?? [65, 14, 18];
  return [Math.max(l, (faceSkinLab?.[0] ?? 0) * 0.98), a, b];
}

/** How the scene lights the worn cloth, about 1, its folds smoothed away: the arm in the sleeve stands in the same light. */
function wornLight(canvas: Canvas, shoulder: number) {
  const { width, height, oldTop, luma } = canvas;
  const weighted = floats(oldTop.length);
  for (let i = 0; i < weighted.length; i += 1) weighted[i] = luma[i]! * oldTop[i]!;
  const over = (map: Float32Array, sigma: number) => gaussian(map, width, height, shoulder * sigma);
  const near = [over(weighted, 0.03), over(oldTop, 0.03)] as const;
  const far = [over(weighted, 0.3), over(oldTop, 0.3)] as const;
  const mean = ([sum, weight]: readonly [Float32Array, Float32Array], i: number) =>
    (sum[i]! + 0.02) / (weight[i]! + 0.02) + 0.1;
  return (i: number) => clamp(mean(near, i) / mean(far, i), 0.95, 1.05);
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

/** The scene behind the person where it is `wanted`, diffused from around them. */
function scenePlate({ rgb, person, width, height }: Canvas, shoulder: number, wanted: Uint8Array): Float32Array {
  const near = boxBlur(person, width, height, Math.max(2, Math.round(shoulder * 0.035)));
  return pushPull(rgb, below(near, 0.03), width, height, wanted);
}

/** The person's own skin where it is `wanted`, diffused from where it is surely seen, and how far that is; null when too little is seen. */
function skinPlate({ rgb, skin, width, height }: Canvas, wanted: Uint8Array) {
  const sure = floats(skin.length);
  for (let i = 0; i < sure.length; i += 1) sure[i] = skin[i]! > 0.92 ? 1 : 0;
  const inner = above(boxBlur(sure, width, height, 2), 0.98);
  let count = 0;
  for (let i = 0; i < inner.length; i += 1) count += inner[i]!;
  if (count <= 200) return null;
  return { plate: pushPull(rgb, inner, width, height, wanted), distances: distanceMap(inner, width, height) };
}

/** The fine unevenness of a photographed surface, the same at every run. */
function grain(x: number, y: number) {
  const noise = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
  return (noise - Math.floor(noise) - 0.5) * grainDepth;
}

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
