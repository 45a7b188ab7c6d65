/** Blurs of single-channel maps. Only where a map is not zero, and as far around as the blur reaches, is there work. */
import { floats, workspace } from "./memory.ts";

/** From (inclusive) and to (exclusive). */
interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Size {
  width: number;
  height: number;
}

/** Gaussians broader than this are made at half, and beyond twice this at a quarter of the size. */
const coarseRadius = 10;

function boundsOf(map: Float32Array, { width, height }: Size): Box {
  let top = 0;
  let bottom = height;
  const isEmpty = (y: number) => {
    for (let i = y * width; i < (y + 1) * width; i += 1) if (map[i] !== 0) return false;
    return true;
  };
  while (top < bottom && isEmpty(top)) top += 1;
  while (bottom > top && isEmpty(bottom - 1)) bottom -= 1;
  let left = width;
  let right = 0;
  for (let y = top; y < bottom; y += 1) {
    const o = y * width;
    let x = 0;
    while (x < left && map[o + x] === 0) x += 1;
    left = Math.min(left, x);
    x = width;
    while (x > right && map[o + x - 1] === 0) x -= 1;
    right = Math.max(right, x);
  }
  return { left: Math.min(left, right), top, right, bottom };
}

const grow = ({ left, top, right, bottom }: Box, by: number, { width, height }: Size): Box => ({
  left: Math.max(0, left - by),
  top: Math.max(0, top - by),
  right: Math.min(width, right + by),
  bottom: Math.min(height, bottom + by),
});

const isNothing = ({ left, top, right, bottom }: Box) => left >= right || top >= bottom;

/** Row means of the box; `out` is written where they are not zero. */
function blurRows(source: Float32Array, out: Float32Array, { width }: Size, r: number, box: Box, to: Box) {
  const last = width - 1;
  const k = 1 / (2 * r + 1);
  for (let y = box.top; y < box.bottom; y += 1) {
    const o = y * width;
    let sum = 0;
    for (let x = to.left - r; x <= to.left + r; x += 1) sum += source[o + (x < 0 ? 0 : Math.min(x, last))]!;
    for (let x = to.left; x < to.right; x += 1) {
      out[o + x] = sum * k;
      const enter = x + r + 1;
      const leave = x - r;
      sum += source[o + Math.min(enter, last)]! - source[o + Math.max(leave, 0)]!;
    }
  }
}

/** Column means; sums side by side keep the memory walk sequential. */
function blurColumns(rows: Float32Array, out: Float32Array, { width, height }: Size, r: number, to: Box) {
  const last = height - 1;
  const k = 1 / (2 * r + 1);
  const { left, right } = to;
  const sums = floats(width);
  for (let y = to.top - r; y <= to.top + r; y += 1) {
    const o = (y < 0 ? 0 : Math.min(y, last)) * width;
    for (let x = left; x < right; x += 1) sums[x] = sums[x]! + rows[o + x]!;
  }
  for (let y = to.top; y < to.bottom; y += 1) {
    const o = y * width;
    const enter = Math.min(last, y + r + 1) * width;
    const leave = Math.max(0, y - r) * width;
    for (let x = left; x < right; x += 1) {
      const sum = sums[x]!;
      out[o + x] = sum * k;
      sums[x] = sum + rows[enter + x]! - rows[leave + x]!;
    }
  }
}

/** Blurs what lies in `box`; `rows` must be zero beside it, `out` may be the source. Returns where the result is not zero. */
function blurBox(source: Float32Array, out: Float32Array, rows: Float32Array, size: Size, r: number, box: Box): Box {
  const to = grow(box, r, size);
  blurRows(source, rows, size, r, box, to);
  blurColumns(rows, out, size, r, to);
  return to;
}

/** Mean over a square of side 2r + 1, edges repeated. */
export function boxBlur(source: Float32Array, width: number, height: number, radius: number): Float32Array {
  const r = radius | 0;
  const out = floats(source.length);
  if (r < 1) {
    out.set(source);
    return out;
  }
  const size = { width, height };
  const box = boundsOf(source, size);
  if (!isNothing(box)) workspace(() => blurBox(source, out, floats(source.length), size, r, box));
  return out;
}

/** Nearly Gaussian: three boxes. */
export function gaussian(source: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const r = Math.max(1, Math.round(sigma * 0.9));
  const out = floats(source.length);
  const size = { width, height };
  workspace(() => {
    if (r > coarseRadius) coarseGaussian(source, out, size, r, r > coarseRadius * 2 ? 4 : 2);
    else threeBoxes(source, out, size, [r, r, r]);
  });
  return out;
}

function threeBoxes(source: Float32Array, out: Float32Array, size: Size, radii: readonly [number, number, number]) {
  let box = boundsOf(source, size);
  if (isNothing(box)) return;
  const rows = floats(source.length);
  box = blurBox(source, out, rows, size, radii[0], box);
  box = blurBox(out, out, rows, size, radii[1], box);
  blurBox(out, out, rows, size, radii[2], box);
}

/** The same of a map made smaller: nothing finer than the blur's own radius is left to lose. */
function coarseGaussian(source: Float32Array, out: Float32Array, { width, height }: Size, r: number, step: number) {
  const w = Math.ceil(width / step);
  const h = Math.ceil(height / step);
  const small = floats(w * h);
  for (let y = 0; y < h * step; y += 1) {
    const from = Math.min(y, height - 1) * width;
    const to = Math.floor(y / step) * w;
    for (let x = 0; x < w * step; x += 1) {
      const at = to + Math.floor(x / step);
      small[at] = small[at]! + source[from + (x < width ? x : width - 1)]!;
    }
  }
  const k = 1 / (step * step);
  for (let i = 0; i < small.length; i += 1) small[i] = small[i]! * k;
  // whole radii that are together as broad as the three of the full size
  const sum = Math.round((3 * r) / step);
  const blurred = floats(w * h);
  const radii = [Math.floor(sum / 3), Math.floor((sum + 1) / 3), Math.floor((sum + 2) / 3)] as const;
  threeBoxes(small, blurred, { width: w, height: h }, radii);
  enlarge(blurred, w, h, out, width, height, step);
}

function enlarge(
  small: Float32Array,
  w: number,
  h: number,
  out: Float32Array,
  width: number,
  height: number,
  step: number,
) {
  for (let y = 0; y < height; y += 1) {
    const fy = Math.min(h - 1, Math.max(0, (y + 0.5) / step - 0.5));
    const y0 = fy | 0;
    const upper = y0 * w;
    const lower = Math.min(h - 1, y0 + 1) * w;
    const b = fy - y0;
    for (let x = 0; x < width; x += 1) {
      const fx = Math.min(w - 1, Math.max(0, (x + 0.5) / step - 0.5));
      const x0 = fx | 0;
      const x1 = x0 + 1 < w ? x0 + 1 : x0;
      const a = fx - x0;
      const above = small[upper + x0]! * (1 - a) + small[upper + x1]! * a;
      out[y * width + x] = above * (1 - b) + (small[lower + x0]! * (1 - a) + small[lower + x1]! * a) * b;
    }
  }
}

/** Edge-aware smoothing of `map` that follows the edges of `guide` (He et al., guided image filtering); 0-1. */
export function guidedFilter(
  guide: Float32Array,
  map: Float32Array,
  width: number,
  height: number,
  radius: number,
  epsilon: number,
): Float32Array {
  const out = floats(map.length);
  const size = { width, height };
  const box = boundsOf(map, size);
  if (!isNothing(box)) workspace(() => filter(guide, map, out, size, Math.max(1, radius | 0), epsilon, box));
  return out;
}

/** Works in a window as large as the result, not on whole maps. */
function filter(
  guide: Float32Array,
  map: Float32Array,
  out: Float32Array,
  size: Size,
  r: number,
  epsilon: number,
  box: Box,
) {
  // the guide matters wherever the map's mean is not zero
  const near = grow(box, r, size);
  const seen = grow(near, r, size);
  const window = { width: seen.right - seen.left, height: seen.bottom - seen.top };
  const [meanP, meanI, meanIp, meanII, rows] = Array.from({ length: 5 }, () =>
    floats(window.width * window.height),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
  const blur = (values: Float32Array) =>
    blurBox(values, values, rows, window, r, { left: 0, top: 0, right: window.width, bottom: window.height });
  for (let y = 0, j = 0; y < window.height; y += 1)
    for (let i = (y + seen.top) * size.width + seen.left, x = 0; x < window.width; x += 1, i += 1, j += 1) {
      meanP[j] = map[i]!;
      meanI[j] = guide[i]!;
      meanIp[j] = guide[i]! * map[i]!;
      meanII[j] = guide[i]! * guide[i]!;
    }
  for (const values of [meanP, meanI, meanIp, meanII]) blur(values);
  // slopes and offsets of the local lines take the places of what they are made from
  const [slopes, offsets] = [meanIp, meanII];
  for (let y = seen.top, j = 0; y < seen.bottom; y += 1)
    for (let x = seen.left; x < seen.right; x += 1, j += 1) {
      const isNear = x >= near.left && x < near.right && y >= near.top && y < near.bottom;
      const variance = meanII[j]! - meanI[j]! * meanI[j]!;
      const slope = isNear ? (meanIp[j]! - meanI[j]! * meanP[j]!) / (variance + epsilon) : 0;
      slopes[j] = slope;
      offsets[j] = isNear ? meanP[j]! - slope * meanI[j]! : 0;
    }
  for (const values of [slopes, offsets]) blur(values);
  for (let y = 0, j = 0; y < window.height; y += 1)
    for (let i = (y + seen.top) * size.width + seen.left, x = 0; x < window.width; x += 1, i += 1, j += 1) {
      const v = slopes[j]! * guide[i]! + offsets[j]!;
      out[i] = v < 0 ? 0 : Math.min(v, 1);
    }
}
