/** What the neckline's smooth curve leaves of the back's inside: flanks of its colour between the curve and the shoulder seams. */
import { median } from "../raster/scalars.ts";
import type { CutOut } from "./cut-out.ts";

/** Lab units: between neighbours, from the inside's colour, and apart from the cloth */
const sameStep = 4;
const sameAsInside = 11;
const apartFromCloth = 9;
/** Lab units: cloth whose samples stray less is one-coloured */
const plainCloth = 5;
const farFromCloth = 14;
/** of the area that the curve removed; more is no flank but the garment itself */
const mostShare = 0.8;

export interface NeckCut {
  /** alpha as it was before the curve's cut */
  before: Float32Array;
  box: { left: number; right: number; top: number; bottom: number };
  /** pixels of the front cloth just below the neckline */
  cloth: number[];
  /** the same further down: where the cloth above is a trim, these have another colour */
  belowTrim: number[];
}

type Color = readonly [number, number, number];

const gap = (lab: Float32Array, i: number, [l, a, b]: Color) =>
  Math.hypot(lab[i * 3]! - l, lab[i * 3 + 1]! - a, lab[i * 3 + 2]! - b);

const middle = (lab: Float32Array, pixels: number[]): Color => {
  const of = (k: number) => median(pixels.map((i) => lab[i * 3 + k]!));
  return [of(0), of(1), of(2)];
};

function removedPixels({ alpha }: CutOut, { before, box }: NeckCut, width: number): number[] {
  const out: number[] = [];
  for (let y = box.top; y <= box.bottom; y += 1)
    for (let x = box.left; x <= box.right; x += 1) {
      const i = y * width + x;
      if (before[i]! > 0.9 && alpha[i]! < 0.1) out.push(i);
    }
  return out;
}

/** Takes the flanks out of the alpha, in place. */
export function dropInnerBack(cut: CutOut, neckCut: NeckCut, width: number): void {
  const { lab, alpha } = cut;
  const { box, cloth, belowTrim } = neckCut;
  const removed = removedPixels(cut, neckCut, width);
  if (removed.length < 60 || cloth.length < 6) return;
  const front = middle(lab, cloth);
  const inside = middle(lab, removed);
  if (gap(lab, cloth[cloth.length >> 1]!, inside) < apartFromCloth) return;
  const offs = cloth.map((i) => gap(lab, i, front)).sort((a, b) => a - b);
  const isTrim = median(belowTrim.map((i) => gap(lab, i, front))) > farFromCloth;
  const isPlain = offs[Math.floor(offs.length * 0.8)]! < plainCloth && !isTrim;
  const seen = new Set(removed);
  const queue = [...removed];
  const flank: number[] = [];
  while (queue.length > 0) {
    const i = queue.pop()!;
    for (const j of [i - 1, i + 1, i - width, i + width]) {
      const x = j % width;
      const y = Math.floor(j / width);
      if (x < box.left || x > box.right || y < box.top || y > box.bottom || seen.has(j) || alpha[j]! < 0.1) continue;
      const toInside = gap(lab, j, inside);
      const toFront = gap(lab, j, front);
      // on one-coloured cloth all that differs from it up here is collar, label or shade of the back
      if (isPlain && toFront > farFromCloth) {
        seen.add(j);
        queue.push(j);
        flank.push(j);
        continue;
      }
      if (toInside > sameAsInside || toFront < Math.max(apartFromCloth, toInside)) continue;
      if (gap(lab, j, [lab[i * 3]!, lab[i * 3 + 1]!, lab[i * 3 + 2]!]) > sameStep) continue;
      seen.add(j);
      queue.push(j);
      flank.push(j);
    }
  }
  if (flank.length > removed.length * mostShare) return;
  for (const i of flank) alpha[i] = 0;
  // the blended pixels at its border
  for (let round = 0, rim = flank; round < 2; round += 1) {
    rim = rim.flatMap((i) => [i - 1, i + 1, i - width, i + width]).filter((j) => alpha[j]! > 0);
    rim = rim.filter((j) => gap(lab, j, front) > apartFromCloth * 0.7);
    for (const i of rim) alpha[i] = 0;
  }
}
