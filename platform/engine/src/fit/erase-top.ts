/** What is left of a worn top beside the new one: skin where a limb or the neck is, the scene behind elsewhere. */
import { boxBlur } from "../raster/blur.ts";
import { components } from "../raster/components.ts";
import { above } from "../raster/masks.ts";
import { floats, workspace } from "../raster/memory.ts";
import { clamp, lerp, smooth } from "../raster/scalars.ts";
import type { PersonAnalysis, Vec } from "../types.ts";
import type { BodyTarget } from "./body-target.ts";
import { armRadiusShare, bareAt } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { beyondCuff } from "./cuff.ts";
import { eraseHemTip } from "./erase-hem.ts";
import { hairNear } from "./hair-near.ts";
import { neckOpening } from "./neck-opening.ts";
import { wrist } from "./occlude.ts";
import { grain, paintedSkin, skinPlate, skinTone, wornLight } from "./painted-skin.ts";
import type { TopPlacement } from "./warp-top.ts";
import type { Erased } from "./worn-leftovers.ts";
import { keepNeeded, leastNeed, leftovers, scenePlate } from "./worn-leftovers.ts";

/** shoulder widths squared */
const largestSpeck = 0.02;
/** share of the arm that the soft edge of a worn cuff takes */
const cuffEdge = 0.08;
/** shoulder widths within which hair goes on behind a collar, and pixels over which it meets the skin */
const hairReach = 0.2;
const hairEdge = 2;
const black = [0, 0, 0] as const;
const noHair = { color: black as readonly number[], share: 0 };

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
function bodyBehind(body: BodyTarget, placement: TopPlacement, isOpen: boolean, x: number, y: number) {
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
  const isOutside = cover[side] > 0 && fromNeck > neckHalf * 1.06 && t < 0.2 && !isOpen;
  const onArm = arm.along > 0.12 || Math.abs(lateral) > 0.44 ? smooth(1.06, 0.98, arm.share) * isBelowCuff : 0;
  let onTrunk = 0;
  if (t > -0.35 && t < 1.1 && !isOutside) {
    const limit =
      t < 0.12
        ? Math.max(
            lerp(0.2, 0.54, smooth(-0.22, 0.05, t)) * frame.shoulderWidth,
            isOpen || fromNeck < neckHalf ? Math.max(neckHalf, fromNeck) * 1.2 : 0,
          )
        : Math.min(body.half(Math.max(0.18, t), side), body.expectedHalf(t) * 1.05);
    onTrunk = smooth(1.06, 0.98, Math.abs(lateral * frame.shoulderWidth) / limit);
  }
  // near a worn cuff its soft edge still lies on the arm
  const barest = (reach: number) => bareAt(body.arms[side], arm.along + reach);
  const isBare = arm.share < 1.5 && Math.min(barest(0), barest(-cuffEdge), barest(cuffEdge)) > 0.6;
  const isInside = t < 0.2 || Math.abs(lateral) * frame.shoulderWidth < body.half(Math.max(0.18, t), side) * 0.95;
  const isUnderCloth = cover[side] > 0 && isBelowCuff < 0.5;
  return { onArm, onTrunk, armShare: arm.share, isNeckline: t < 0.2, isBare, isInside, isUnderCloth };
}

/** What the new cloth uncovers of an arm whose labels have notches: worn cloth, and the rim that is mixed with it. */
function clothBeforeArms(canvas: Canvas, { arms, frame }: BodyTarget, cover: Float32Array, front: Float32Array) {
  const { width, height, skin, hair, face, other, person } = canvas;
  const found = floats(skin.length);
  for (let i = 0; i < found.length; i += 1) {
    if (front[i]! < 0.02 || cover[i]! < 0.1 || skin[i]! > 0.9 || Math.max(hair[i]!, face[i]!, other[i]!) > 0.1)
      continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    const near = arms.map((arm) => armRadiusShare(arm, frame.shoulderWidth, x, y));
    const isArm = smooth(wrist[1], wrist[0], near[near[0]!.share < near[1]!.share ? 0 : 1]!.along);
    found[i] =
      isArm * smooth(0, 0.3, front[i]!) * (1 - smooth(0.6, 0.9, skin[i]!)) * cover[i]! * smooth(0.3, 0.7, person[i]!);
  }
  // with the rim that is mixed with it
  const out = boxBlur(found, width, height, 2);
  for (let i = 0; i < out.length; i += 1)
    out[i] = front[i]! < 0.02 ? found[i]! : Math.max(found[i]!, smooth(0.06, 0.3, out[i]!) * cover[i]!);
  return out;
}

/** Paints over the leftovers of a worn top beside the new one, and of what covered a bare arm in `front` of it. */
export function eraseTop(
  canvas: Canvas,
  body: BodyTarget,
  person: PersonAnalysis,
  placement: TopPlacement,
  front: Float32Array,
): Erased {
  const base = floats(canvas.rgb.length);
  base.set(canvas.rgb);
  const { repainted, neck, forbidden } = workspace(() => paintTop(canvas, body, person, placement, front, base));
  eraseHemTip(canvas, body, placement, base);
  const unit = body.frame.shoulderWidth ** 2;
  return { base, repainted: repainted / unit, neck: neck / unit, forbidden: forbidden / unit };
}

/** Above the shoulders a collar hides neck and hair, each where it is nearer. */
function hairBehind(canvas: Canvas, point: Vec, toSkin: number, shoulder: number) {
  const hair = hairNear(canvas, point, shoulder * hairReach);
  return hair ? { color: hair.color, share: smooth(-hairEdge, hairEdge, toSkin - hair.distance) } : noHair;
}

function paintTop(
  canvas: Canvas,
  body: BodyTarget,
  person: PersonAnalysis,
  placement: TopPlacement,
  front: Float32Array,
  base: Float32Array,
) {
  const lowestV = placement.hemV + 0.02;
  const { width } = canvas;
  const { frame } = body;
  const shoulder = frame.shoulderWidth;
  const worn = floats(canvas.oldTop.length);
  workspace(() => worn.set(leftovers(canvas, wornWithCuffs(canvas, placement, body), canvas.oldBottom, shoulder)));
  const laidBare = placement.isLayered
    ? floats(worn.length)
    : clothBeforeArms(canvas, body, placement.layer.alpha, front);
  const wanted = keepNeeded(worn, placement.layer.alpha, laidBare);
  const light = wornLight(canvas, shoulder);
  const background = scenePlate(canvas, shoulder, wanted);
  const tone = skinTone(person);
  const seen = skinPlate(canvas, wanted);
  const isOpen = neckOpening(canvas, body, placement);
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
    const behindCloth = bodyBehind(body, placement, isOpen(x, y), x, y);
    const { onTrunk, armShare, isNeckline, isBare, isInside, isUnderCloth } = behindCloth;
    const onArm = Math.max(behindCloth.onArm, laidBare[i]!);
    // on the trunk the worn cloth goes on under the new one's soft edge
    if (onTrunk > onArm && !isNeckline) need *= 1 - placement.layer.alpha[i]!;
    const sticksOut = isUnderCloth && Math.max(onArm, onTrunk) < 0.1;
    if (placement.isLayered && !sticksOut) {
      // only loose cloth beside the trunk goes
      if (isInside || armShare < 2.2) continue;
      need = Math.min(need, clamp(canvas.oldTop[i]! * 1.6 - 0.5));
    }
    // a bare arm is there already: only cloth that lies on it goes
    if (isBare && laidBare[i]! < leastNeed) need = Math.min(need, clamp(canvas.oldTop[i]! * 1.6 - 0.5));
    if (need < leastNeed) continue;
    if (t > lowestV && onArm < 0.3 && (onTrunk > 0.5 || isInside)) continue; // below the hem it stays as it was
    // the soft edge around a person is scene, not skin
    const behind = Math.max(onArm, onTrunk) * smooth(0.3, 0.7, canvas.person[i]!);
    // beside skin that is seen, its own colour goes on without a seam; far from it the person's tone takes over
    const share = lerp(0.75, 1, smooth(0.3, 0.08, (seen?.distances[i] ?? shoulder) / shoulder));
    const round = lerp(1.03, 0.9, smooth(0.5, 1.05, armShare)) * light[i]!;
    const shade = (onArm > onTrunk ? lerp(round, 1, share * 0.5) : 1) * (1 + grain(x, y));
    const skin = behind > 0 ? paintedSkin(tone, seen?.plate ?? null, i, share, shade) : black;
    const isBesideNeck = isNeckline && onTrunk > onArm && !body.shoulders.isBelow([x, y]);
    const hair = isBesideNeck ? hairBehind(canvas, [x, y], seen?.distances[i] ?? shoulder, shoulder) : noHair;
    for (let k = 0; k < 3; k += 1) {
      const painted = lerp(lerp(background[i * 3 + k]!, skin[k]!, behind), hair.color[k]!, hair.share);
      base[i * 3 + k] = lerp(base[i * 3 + k]!, painted, need);
    }
    repainted += need * behind;
    if (onTrunk > onArm && isNeckline) neck += need * behind;
    if (onTrunk > onArm && !isNeckline) forbidden += need * onTrunk;
  }
  return { repainted, neck, forbidden };
}
