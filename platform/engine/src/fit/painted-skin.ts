/** Skin where worn cloth goes away from bare limbs: the person's own tone in the light of the place. */
import { boxBlur, gaussian } from "../raster/blur.ts";
import { toLab, toRgb } from "../raster/color.ts";
import { distanceMap } from "../raster/distance-map.ts";
import { above } from "../raster/masks.ts";
import { bytes, floats, workspace } from "../raster/memory.ts";
import { pushPull } from "../raster/push-pull.ts";
import { clamp, lerp } from "../raster/scalars.ts";
import type { PersonAnalysis } from "../types.ts";
import type { Canvas } from "./canvas.ts";

/** of a skin's lightness */
const grainDepth = 0.022;

/** The person's skin in full light: what is seen of the body may lie in the shadow of chin and hair. */
export function skinTone({ bodySkinLab, faceSkinLab }: PersonAnalysis): readonly [number, number, number] {
  const [l, a, b] = bodySkinLab ?? faceSkinLab ?? [65, 14, 18];
  return [Math.max(l, (faceSkinLab?.[0] ?? 0) * 0.98), a, b];
}

/** How the scene lights the worn cloth, about 1, its folds smoothed away: the arm in the sleeve stands in the same light. */
export function wornLight({ width, height, oldTop, luma }: Canvas, shoulder: number): Float32Array {
  const out = floats(oldTop.length);
  workspace(() => {
    const weighted = floats(oldTop.length);
    for (let i = 0; i < weighted.length; i += 1) weighted[i] = luma[i]! * oldTop[i]!;
    const over = (map: Float32Array, sigma: number) => gaussian(map, width, height, shoulder * sigma);
    const addMeans = (sigma: number, add: (i: number, mean: number) => void) =>
      workspace(() => {
        const [sum, weight] = [over(weighted, sigma), over(oldTop, sigma)];
        for (let i = 0; i < out.length; i += 1) add(i, (sum[i]! + 0.02) / (weight[i]! + 0.02) + 0.1);
      });
    addMeans(0.03, (i, mean) => {
      out[i] = mean;
    });
    addMeans(0.3, (i, mean) => {
      out[i] = clamp(out[i]! / mean, 0.95, 1.05);
    });
  });
  return out;
}

/** One pixel of skin in Lab's local light with the person's own colour, as RGB. */
export function paintedSkin(
  tone: readonly [number, number, number],
  near: ArrayLike<number> | null,
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

/** The person's own skin where it is `wanted`, diffused from where it is surely seen, and how far that is; null when too little is seen. */
export function skinPlate({ rgb, skin, width, height }: Canvas, wanted: Uint8Array) {
  const inner = bytes(skin.length);
  workspace(() => {
    const sure = floats(skin.length);
    for (let i = 0; i < sure.length; i += 1) sure[i] = skin[i]! > 0.92 ? 1 : 0;
    inner.set(above(boxBlur(sure, width, height, 2), 0.98));
  });
  let count = 0;
  for (let i = 0; i < inner.length; i += 1) count += inner[i]!;
  if (count <= 200) return null;
  return { plate: pushPull(rgb, inner, width, height, wanted), distances: distanceMap(inner, width, height) };
}

/** The fine unevenness of a photographed surface, the same at every run. */
export function grain(x: number, y: number) {
  const noise = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
  return (noise - Math.floor(noise) - 0.5) * grainDepth;
}
