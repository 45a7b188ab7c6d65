/** The front's edge as the picture has it: a curve found roughly is drawn to where the cloth below it really begins. */
import { clamp, lerp, median, smooth } from "../raster/scalars.ts";
import type { CutOut } from "./cut-out.ts";

const rayCount = 73;
/** shares of the rough curve's radius within which the edge is looked for */
const reach = [0.8, 1.3] as const;
/** pixels inwards and outwards of an edge at which its two sides are read */
const inner = [2, 4] as const;
const outer = [2, 4, 6] as const;
/** Lab units beyond which a difference from the cloth counts no more */
const mostApart = 25;
/** a ray that looks over the contour sees ground inside: that proves little */
const groundGain = 6;
/** what a pixel of unsteadiness from ray to ray costs, and the most pixels of it */
const steadiness = 2.5;
const mostStep = 3;
/** samples of cloth that stray more, Lab units at the seventh decile, are no one colour to go by */
const mostMixed = 9;
/** Lab units that an edge must gain on the average to be beyond doubt from end to end; a fainter one is told better by the rough curve */
const leastGain = 18;

type Color = readonly [number, number, number];

export interface RoughNeck {
  centreX: number;
  top: number;
  halfWidth: number;
  /** row of the rough curve at a column */
  lineAt: (x: number) => number;
  /** pixels of the cloth just below it */
  cloth: number[];
}

/** The colour of the cloth below the curve; null where it is a print. */
function clothColor({ lab }: CutOut, cloth: number[]): Color | null {
  const of = (k: number) => median(cloth.map((i) => lab[i * 3 + k]!));
  const color: Color = [of(0), of(1), of(2)];
  const offs = cloth.map((i) => apart(lab, i, color)).sort((a, b) => a - b);
  return offs[Math.floor(offs.length * 0.7)]! > mostMixed ? null : color;
}

const apart = (lab: Float32Array, i: number, [l, a, b]: Color) =>
  Math.hypot(lab[i * 3]! - l, lab[i * 3 + 1]! - a, lab[i * 3 + 2]! - b);

/** Distance from the middle of the neck to the rough curve along each ray, from the image's left round to its right. */
function roughRadii({ centreX, top, halfWidth, lineAt }: RoughNeck): number[] {
  return Array.from({ length: rayCount }, (_, k) => {
    const angle = Math.PI * (1 - k / (rayCount - 1));
    let r = 1;
    const isAbove = () => {
      const x = Math.cos(angle) * r;
      return Math.abs(x) < halfWidth && top + Math.sin(angle) * r < lineAt(centreX + x);
    };
    while (isAbove()) r += 1;
    return r;
  });
}

/** How much an edge at radius r of a ray gains: cloth outside it, something else inside. */
function edgeGain({ lab, alpha, raster }: CutOut, { centreX, top }: RoughNeck, angle: number, cloth: Color) {
  const at = (r: number) => {
    const x = clamp(Math.round(centreX + Math.cos(angle) * r), 0, raster.width - 1);
    const y = clamp(Math.round(top + Math.sin(angle) * r), 0, raster.height - 1);
    return y * raster.width + x;
  };
  return (r: number) => {
    const outside = outer.map((step) => at(r + step));
    if (outside.some((i) => alpha[i]! < 0.5)) return 0;
    const inside = inner.map((step) => at(r - step));
    const mean = (pixels: number[]) =>
      pixels.reduce((sum, i) => sum + Math.min(mostApart, apart(lab, i, cloth)), 0) / pixels.length;
    const gain = inside.some((i) => alpha[i]! < 0.5) ? groundGain : mean(inside);
    return gain - mean(outside);
  };
}

/** The radii of the best steady edge; null where none stands out. Reads the cut-out before its neckline is cut. */
export function traceNeckline(cut: CutOut, neck: RoughNeck): number[] | null {
  const cloth = clothColor(cut, neck.cloth);
  if (!cloth) return null;
  const rough = roughRadii(neck);
  const from = rough.map((r) => Math.round(r * reach[0]));
  const rows = rough.map((r, k) => {
    const gain = edgeGain(cut, neck, Math.PI * (1 - k / (rayCount - 1)), cloth);
    return Array.from({ length: Math.round(r * reach[1]) - from[k]! }, (_, c) => gain(from[k]! + c));
  });
  // the best path from ray to ray; offsets are told from the rough curve, whose shape it keeps where nothing is seen
  const offset = (k: number, c: number) => from[k]! + c - rough[k]!;
  const sums = [rows[0]!.slice()];
  const back: number[][] = [[]];
  for (let k = 1; k < rayCount; k += 1) {
    sums.push([]);
    back.push([]);
    for (const [c, gain] of rows[k]!.entries()) {
      let best = { sum: Number.NEGATIVE_INFINITY, c: 0 };
      for (const [before, sum] of sums[k - 1]!.entries()) {
        const step = Math.abs(offset(k, c) - offset(k - 1, before));
        if (step <= mostStep && sum - step * steadiness > best.sum) best = { sum: sum - step * steadiness, c: before };
      }
      sums[k]![c] = best.sum + gain;
      back[k]![c] = best.c;
    }
  }
  const last = sums.at(-1)!;
  let c = last.indexOf(Math.max(...last));
  const radii: number[] = [];
  let gained = 0;
  for (let k = rayCount - 1; k >= 0; k -= 1) {
    radii[k] = from[k]! + c;
    gained += rows[k]![c]!;
    c = back[k]![c] ?? 0;
  }
  return gained / rayCount < leastGain ? null : evened(radii);
}

function evened(radii: number[]) {
  let out = radii;
  for (let round = 0; round < 3; round += 1)
    out = out.map((r, k) => (k === 0 || k === out.length - 1 ? r : (out[k - 1]! + 2 * r + out[k + 1]!) / 4));
  return out;
}

/** Takes what lies within the radii, and above them, out of the alpha, in place. */
export function cutWithin(
  { alpha, raster: { width } }: CutOut,
  { centreX, top }: RoughNeck,
  radii: number[],
  first: number,
): void {
  const most = Math.ceil(Math.max(...radii)) + 2;
  for (let y = first; y <= top + most; y += 1)
    for (let x = Math.max(0, Math.floor(centreX - most)); x <= Math.min(width - 1, centreX + most); x += 1) {
      const [dx, dy] = [x - centreX, Math.max(0, y - top)];
      const at = clamp((1 - Math.atan2(dy, dx) / Math.PI) * (rayCount - 1), 0, rayCount - 1.001);
      const edge = lerp(radii[at | 0]!, radii[(at | 0) + 1]!, at % 1);
      alpha[y * width + x] = alpha[y * width + x]! * smooth(-1.5, 1.5, Math.hypot(dx, dy) - edge);
    }
}
