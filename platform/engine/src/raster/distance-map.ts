/** Chamfer distance in pixels to the nearest non-zero pixel of `mask`; with `nearest`, also which one that is. */
export function distanceMap(
  mask: ArrayLike<number>,
  width: number,
  height: number,
  nearest?: Int32Array,
): Float32Array {
  const n = width * height;
  const out = new Float32Array(n);
  for (let i = 0; i < n; i += 1) {
    out[i] = mask[i] ? 0 : 1e6;
    if (nearest) nearest[i] = mask[i] ? i : -1;
  }
  const relax = (i: number, j: number, step: number) => {
    const d = out[j]! + step;
    if (d >= out[i]!) return;
    out[i] = d;
    if (nearest) nearest[i] = nearest[j]!;
  };
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      if (x > 0) relax(i, i - 1, 1);
      if (y === 0) continue;
      relax(i, i - width, 1);
      if (x > 0) relax(i, i - width - 1, Math.SQRT2);
      if (x < width - 1) relax(i, i - width + 1, Math.SQRT2);
    }
  for (let y = height - 1; y >= 0; y -= 1)
    for (let x = width - 1; x >= 0; x -= 1) {
      const i = y * width + x;
      if (x < width - 1) relax(i, i + 1, 1);
      if (y === height - 1) continue;
      relax(i, i + width, 1);
      if (x < width - 1) relax(i, i + width + 1, Math.SQRT2);
      if (x > 0) relax(i, i + width - 1, Math.SQRT2);
    }
  return out;
}
