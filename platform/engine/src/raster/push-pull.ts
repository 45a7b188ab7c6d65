/** One level of the pyramid: colours times weight, and weight. */
interface Level {
  color: Float32Array;
  weight: Float32Array;
  width: number;
  height: number;
}

function halve({ color, weight, width, height }: Level): Level {
  const w = (width + 1) >> 1;
  const h = (height + 1) >> 1;
  const half: Level = { color: new Float32Array(w * h * 3), weight: new Float32Array(w * h), width: w, height: h };
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      const j = (y >> 1) * w + (x >> 1);
      half.weight[j] = half.weight[j]! + weight[i]!;
      for (let k = 0; k < 3; k += 1) half.color[j * 3 + k] = half.color[j * 3 + k]! + color[i * 3 + k]!;
    }
  for (let j = 0; j < w * h; j += 1) {
    const sum = half.weight[j]!;
    if (sum <= 1) continue;
    for (let k = 0; k < 3; k += 1) half.color[j * 3 + k] = half.color[j * 3 + k]! / sum;
    half.weight[j] = 1;
  }
  return half;
}

/** Fills in place what a level does not know from the coarser one. */
function fillFrom(level: Level, coarse: Level) {
  for (let y = 0; y < level.height; y += 1)
    for (let x = 0; x < level.width; x += 1) {
      const i = y * level.width + x;
      const missing = 1 - level.weight[i]!;
      if (missing <= 0) continue;
      const fx = Math.min(coarse.width - 1, Math.max(0, (x + 0.5) / 2 - 0.5));
      const fy = Math.min(coarse.height - 1, Math.max(0, (y + 0.5) / 2 - 0.5));
      const x0 = fx | 0;
      const y0 = fy | 0;
      const x1 = Math.min(coarse.width - 1, x0 + 1);
      const y1 = Math.min(coarse.height - 1, y0 + 1);
      const a = fx - x0;
      const b = fy - y0;
      for (let k = 0; k < 3; k += 1) {
        const at = (px: number, py: number) => coarse.color[(py * coarse.width + px) * 3 + k]!;
        const upper = at(x0, y0) * (1 - a) + at(x1, y0) * a;
        const lower = at(x0, y1) * (1 - a) + at(x1, y1) * a;
        level.color[i * 3 + k] = level.color[i * 3 + k]! + missing * (upper * (1 - b) + lower * b);
      }
    }
}

/** Diffuses the known pixels of an RGB picture (weight 0-1) smoothly into the unknown ones. */
export function pushPull(rgb: Float32Array, weight: Float32Array, width: number, height: number): Float32Array {
  const color = new Float32Array(rgb.length);
  for (let i = 0; i < weight.length; i += 1)
    for (let k = 0; k < 3; k += 1) color[i * 3 + k] = rgb[i * 3 + k]! * weight[i]!;
  const levels: Level[] = [{ color, weight, width, height }];
  for (let top = levels[0]!; top.width > 2 && top.height > 2; ) {
    top = halve(top);
    levels.push(top);
  }
  for (let k = levels.length - 2; k >= 0; k -= 1) fillFrom(levels[k]!, levels[k + 1]!);
  return color;
}
