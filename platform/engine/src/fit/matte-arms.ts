/** Bare arms end where their colour does: labels are coarse, and cut notches into what must lie in front of the cloth. */
import { boxBlur, gaussian } from "../raster/blur.ts";
import { above, below } from "../raster/masks.ts";
import { bytes, floats, workspace } from "../raster/memory.ts";
import { pushPull } from "../raster/push-pull.ts";
import { lerp, smooth } from "../raster/scalars.ts";
import type { Patch } from "./arm-patch.ts";
import { patchAround } from "./arm-patch.ts";
import type { BodyTarget } from "./body-target.ts";
import { armRadiusShare } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { wrist } from "./occlude.ts";

/** how far labels may be wrong, and how far around an arm they are looked at, shoulder widths */
const unsure = 0.036;
const around = 0.26;
/** how much difference in light counts beside one in hue */
const shade = 0.5;
/** how unlike skin and what lies beside it must be to be told apart */
const alike = [24, 48] as const;
/** a colour so far from the skin beside it is no skin, whatever else is near */
const foreign = [50, 85] as const;
/** share of the surroundings that must be sure for their colours to count */
const known = [0.02, 0.1] as const;
/** usual radii of the arm, and share of its length, within which skin is the arm's */
const nearArm = [1.7, 2.2] as const;
const upperEnd = 0.14;

function cut(canvas: Canvas, map: Canvas["rgb"], patch: Patch, channels: 1 | 3): Float32Array {
  const out = floats(patch.width * patch.height * channels);
  for (let y = 0; y < patch.height; y += 1) {
    const from = ((y + patch.top) * canvas.width + patch.left) * channels;
    out.set(map.subarray(from, from + patch.width * channels), y * patch.width * channels);
  }
  return out;
}

/** How unlike two colours are: shade tells less than hue does. */
function unlike(one: ArrayLike<number>, other: ArrayLike<number>, i: number) {
  const red = one[i * 3]! - other[i * 3]!;
  const green = one[i * 3 + 1]! - other[i * 3 + 1]!;
  const blue = one[i * 3 + 2]! - other[i * 3 + 2]!;
  const light = (red * 0.3 + green * 0.59 + blue * 0.11) * shade;
  return Math.hypot(light, red - green, green - blue);
}

/** Share of skin in a colour between that of the skin and of what lies beside it, and how far the two can be told apart. */
function skinShare(rgb: ArrayLike<number>, skin: ArrayLike<number>, beside: ArrayLike<number>, i: number) {
  const near = unlike(rgb, skin, i);
  const far = unlike(rgb, beside, i);
  const share = (far / (near + far + 1e-3)) * smooth(foreign[1], foreign[0], near);
  return { share, trust: smooth(alike[0], alike[1], unlike(skin, beside, i)) };
}

function asFloats(mask: Uint8Array) {
  const out = floats(mask.length);
  out.set(mask);
  return out;
}

/** The skin of a patch by its colours: sure skin and sure surroundings tell what lies between them. */
export function matteSkin(rgb: Float32Array, skin: Float32Array, width: number, height: number, reach: number) {
  const out = floats(skin.length);
  workspace(() => {
    const firm = floats(skin.length);
    for (let i = 0; i < firm.length; i += 1) firm[i] = skin[i]! > 0.85 ? 1 : 0;
    const inner = above(boxBlur(firm, width, height, reach), 0.985);
    const outer = below(boxBlur(skin, width, height, reach), 0.02);
    const band = bytes(skin.length);
    for (let i = 0; i < band.length; i += 1) band[i] = inner[i] || outer[i] ? 0 : 1;
    const own = pushPull(rgb, inner, width, height, band);
    const beside = pushPull(rgb, outer, width, height, band);
    // colours from further away lie in another light
    const [nearSkin, nearOther] = [inner, outer].map((mask) => boxBlur(asFloats(mask), width, height, reach * 2));
    const found = floats(skin.length);
    const trusts = floats(skin.length);
    for (let i = 0; i < found.length; i += 1) {
      found[i] = inner[i]!;
      if (!band[i]) continue;
      const { share, trust } = skinShare(rgb, own, beside, i);
      found[i] = smooth(0.3, 0.7, share);
      const isKnown = Math.min(nearSkin![i]!, nearOther![i]!);
      trusts[i] = trust * smooth(known[0], known[1], isKnown);
    }
    // grain and stitches are finer than an arm's outline
    const calm = gaussian(found, width, height, Math.max(1, reach * 0.16));
    for (let i = 0; i < out.length; i += 1)
      out[i] = band[i] ? lerp(skin[i]!, smooth(0.22, 0.78, calm[i]!), trusts[i]!) : skin[i]!;
  });
  return out;
}

/** Corrects the skin of bare arms, and the cloth beside them, in place. */
export function matteArms(canvas: Canvas, { arms, frame }: BodyTarget): void {
  const { skin, oldTop, oldBottom, rgb, width } = canvas;
  for (const arm of arms)
    workspace(() => {
      const patch = patchAround(canvas, arm, frame.shoulderWidth * around);
      if (patch.width < 8 || patch.height < 8) return;
      const reach = Math.max(2, Math.round(frame.shoulderWidth * unsure));
      const colors = cut(canvas, rgb, patch, 3);
      const matte = matteSkin(colors, cut(canvas, skin, patch, 1), patch.width, patch.height, reach);
      for (let j = 0; j < matte.length; j += 1) {
        const [x, y] = [(j % patch.width) + patch.left, Math.floor(j / patch.width) + patch.top];
        const i = y * width + x;
        const before = skin[i]!;
        if (Math.abs(matte[j]! - before) < 0.01) continue;
        const { share, along } = armRadiusShare(arm, frame.shoulderWidth, x, y);
        if (along < upperEnd) continue;
        const isArm = smooth(nearArm[1], nearArm[0], share) * smooth(wrist[1], wrist[0], along);
        const after = lerp(before, matte[j]!, isArm);
        skin[i] = after;
        const rest = after > before ? (1 - after) / Math.max(1e-3, 1 - before) : 1;
        oldTop[i] = oldTop[i]! * rest;
        oldBottom[i] = oldBottom[i]! * rest;
      }
    });
}
