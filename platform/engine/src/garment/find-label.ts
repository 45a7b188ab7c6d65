/** The label inside the back of a collar: a small patch of another colour in the middle, close under the outline. */
import { components } from "../raster/components.ts";
import { median } from "../raster/scalars.ts";
import type { CutOut } from "./cut-out.ts";
import type { Silhouette } from "./silhouette.ts";

/** where it is looked for: shares of the neck's half width and of the garment's height */
const halfSpan = 0.6;
const deepest = 0.15;
/** its size, in the same shares */
const width = [0.14, 0.95] as const;
const height = [0.008, 0.085] as const;
/** share of the searched height above which it begins: it hangs from the collar's seam */
const highest = 0.45;
const leastFill = 0.25;
const leastContrast = 6;

interface Patch {
  left: number;
  right: number;
  top: number;
  bottom: number;
  size: number;
}

function patchesOf(labels: Int32Array, count: number, columns: number): Patch[] {
  const patches = Array.from(
    { length: count },
    (): Patch => ({ left: columns, right: 0, top: 1e9, bottom: 0, size: 0 }),
  );
  for (let i = 0; i < labels.length; i += 1) {
    if (labels[i] === 0) continue;
    const patch = patches[labels[i]! - 1]!;
    const x = i % columns;
    const y = Math.floor(i / columns);
    patch.left = Math.min(patch.left, x);
    patch.right = Math.max(patch.right, x);
    patch.top = Math.min(patch.top, y);
    patch.bottom = Math.max(patch.bottom, y);
    patch.size += 1;
  }
  return patches;
}

function isLabel(patch: Patch, columns: number, rows: number, halfWidth: number, tall: number) {
  const [across, down] = [patch.right - patch.left + 1, patch.bottom - patch.top + 1];
  const isSewnIn = patch.top < rows * highest;
  const isInside = isSewnIn && patch.left > 0 && patch.right < columns - 1 && patch.bottom < rows - 2;
  const isWide = across > width[0] * halfWidth && across < width[1] * halfWidth;
  const isHigh = down > height[0] * tall && down < height[1] * tall;
  return isInside && isWide && isHigh && patch.size / (across * down) > leastFill;
}

/** Row of the label's lower edge, or null. `contour` is the outline's row in the middle of the neck. */
export function findLabel(
  { lab, alpha }: CutOut,
  shape: Silhouette,
  centreX: number,
  halfWidth: number,
  contour: number,
): number | null {
  const tall = shape.bottom - shape.top;
  const left = Math.max(0, Math.round(centreX - halfWidth * halfSpan));
  const columns = Math.min(shape.width - left, Math.round(halfWidth * halfSpan * 2));
  const top = Math.round(contour + 3);
  const rows = Math.min(shape.height - top, Math.round(tall * deepest));
  if (columns < 8 || rows < 8) return null;
  const at = (i: number) => (top + Math.floor(i / columns)) * shape.width + left + (i % columns);
  const inside = Array.from({ length: columns * rows }, (_, i) => at(i));
  const middle = [0, 1, 2].map((k) => median(inside.map((i) => lab[i * 3 + k]!)));
  const off = inside.map((i) => Math.hypot(...middle.map((value, k) => lab[i * 3 + k]! - value)));
  const limit = Math.max(leastContrast, median(off) * 3.5);
  // a label darker or lighter than the cloth: one apart from the shadows or lights that touch it
  const found = [-1, 1].flatMap((sign) => {
    const mask = Uint8Array.from(off, (value, k) => {
      const i = inside[k]!;
      return value > limit && (lab[i * 3]! - middle[0]!) * sign >= 0 && alpha[i]! > 0.9 ? 1 : 0;
    });
    const { labels, sizes } = components(mask, columns, rows);
    return patchesOf(labels, sizes.length - 1, columns).filter((patch) =>
      isLabel(patch, columns, rows, halfWidth, tall),
    );
  });
  // shadows of a seam below it are smaller
  const label = found.sort((one, other) => other.size - one.size)[0];
  return label ? top + label.bottom : null;
}
