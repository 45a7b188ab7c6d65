/** Blurs of single-channel maps. */

/** Mean over a square of side 2r + 1, edges repeated. */
export function boxBlur(source: Float32Array, width: number, height: number, radius: number): Float32Array {
  const r = radius | 0;
  if (r < 1) return Float32Array.from(source);
  const rows = new Float32Array(source.length);
  const out = new Float32Array(source.length);
  const k = 1 / (2 * r + 1);
  for (let y = 0; y < height; y += 1) {
    const o = y * width;
    const last = width - 1;
    let sum = 0;
    for (let x = -r; x <= r; x += 1) sum += source[o + (x < 0 ? 0 : Math.min(x, last))]!;
    for (let x = 0; x < width; x += 1) {
      rows[o + x] = sum * k;
      const enter = x + r + 1;
      const leave = x - r;
      sum += source[o + Math.min(enter, last)]! - source[o + Math.max(leave, 0)]!;
    }
  }
  // column sums side by side keep the memory walk sequential
  const sums = new Float32Array(width);
  const last = height - 1;
  for (let y = -r; y <= r; y += 1) {
    const o = (y < 0 ? 0 : Math.min(y, last)) * width;
    for (let x = 0; x < width; x += 1) sums[x] = sums[x]! + rows[o + x]!;
  }
  for (let y = 0; y < height; y += 1) {
    const o = y * width;
    const enter = Math.min(last, y + r + 1) * width;
    const leave = Math.max(0, y - r) * width;
    for (let x = 0; x < width; x += 1) {
      const sum = sums[x]!;
      out[o + x] = sum * k;
      sums[x] = sum + rows[enter + x]! - rows[leave + x]!;
    }
  }
  return out;
}

/** Nearly Gaussian: three boxes. */
export function gaussian(source: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const r = Math.max(1, Math.round(sigma * 0.9));
  return boxBlur(boxBlur(boxBlur(source, width, height, r), width, height, r), width, height, r);
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
  const n = width * height;
  const meanI = boxBlur(guide, width, height, radius);
  const meanP = boxBlur(map, width, height, radius);
  const a = new Float32Array(n);
  const b = new Float32Array(n);
  for (let i = 0; i < n; i += 1) {
    a[i] = guide[i]! * map[i]!;
    b[i] = guide[i]! * guide[i]!;
  }
  const meanIp = boxBlur(a, width, height, radius);
  const meanII = boxBlur(b, width, height, radius);
  for (let i = 0; i < n; i += 1) {
    const variance = meanII[i]! - meanI[i]! * meanI[i]!;
    const slope = (meanIp[i]! - meanI[i]! * meanP[i]!) / (variance + epsilon);
    a[i] = slope;
    b[i] = meanP[i]! - slope * meanI[i]!;
  }
  const meanA = boxBlur(a, width, height, radius);
  const meanB = boxBlur(b, width, height, radius);
  for (let i = 0; i < n; i += 1) {
    const v = meanA[i]! * guide[i]! + meanB[i]!;
    a[i] = v < 0 ? 0 : Math.min(v, 1);
  }
  return a;
}
