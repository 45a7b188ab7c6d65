import type { Raster } from "../types.ts";

/** Bilinear resize of a single-channel map. */
export function resizeMap(source: ArrayLike<number>, width: number, height: number, toWidth: number, toHeight: number) {
  const out = new Float32Array(toWidth * toHeight);
  const kx = width / toWidth;
  const ky = height / toHeight;
  for (let y = 0; y < toHeight; y += 1) {
    const fy = Math.min(height - 1, Math.max(0, (y + 0.5) * ky - 0.5));
    const y0 = fy | 0;
    const y1 = Math.min(height - 1, y0 + 1);
    const b = fy - y0;
    for (let x = 0; x < toWidth; x += 1) {
      const fx = Math.min(width - 1, Math.max(0, (x + 0.5) * kx - 0.5));
      const x0 = fx | 0;
      const x1 = Math.min(width - 1, x0 + 1);
      const a = fx - x0;
      const upper = source[y0 * width + x0]! * (1 - a) + source[y0 * width + x1]! * a;
      const lower = source[y1 * width + x0]! * (1 - a) + source[y1 * width + x1]! * a;
      out[y * toWidth + x] = upper * (1 - b) + lower * b;
    }
  }
  return out;
}

/** Area-averaged shrinking of a picture so that its longest side is at most `maxSide`. */
export function shrink(raster: Raster, maxSide: number): Raster {
  const k = Math.max(raster.width, raster.height) / maxSide;
  if (k <= 1) return raster;
  const width = Math.max(1, Math.round(raster.width / k));
  const height = Math.max(1, Math.round(raster.height / k));
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const y0 = Math.floor((y * raster.height) / height);
    const y1 = Math.max(y0 + 1, Math.floor(((y + 1) * raster.height) / height));
    for (let x = 0; x < width; x += 1) {
      const x0 = Math.floor((x * raster.width) / width);
      const x1 = Math.max(x0 + 1, Math.floor(((x + 1) * raster.width) / width));
      averageInto(raster, data, (y * width + x) * 4, x0, x1, y0, y1);
    }
  }
  return { width, height, data };
}

function averageInto(
  source: Raster,
  out: Uint8ClampedArray,
  at: number,
  x0: number,
  x1: number,
  y0: number,
  y1: number,
) {
  let r = 0;
  let g = 0;
  let b = 0;
  let a = 0;
  for (let y = y0; y < y1; y += 1)
    for (let x = x0; x < x1; x += 1) {
      const i = (y * source.width + x) * 4;
      const alpha = source.data[i + 3]!;
      r += source.data[i]! * alpha;
      g += source.data[i + 1]! * alpha;
      b += source.data[i + 2]! * alpha;
      a += alpha;
    }
  const k = a > 0 ? 1 / a : 0;
  out[at] = r * k;
  out[at + 1] = g * k;
  out[at + 2] = b * k;
  out[at + 3] = a / ((x1 - x0) * (y1 - y0));
}
