/** Size of every picture in pixels; one unit of the drawings is one pixel. */
export const width = 1000;
export const height = 1200;

/** Moving average along one direction, three times over: close to a Gaussian of that sigma. */
function blurLine(from: Float32Array, to: Float32Array, start: number, count: number, stride: number, radius: number) {
  const at = (index: number) => from[start + Math.min(count - 1, Math.max(0, index)) * stride] ?? 0;
  let sum = 0;
  for (let index = -radius; index <= radius; index += 1) sum += at(index);
  for (let index = 0; index < count; index += 1) {
    to[start + index * stride] = sum / (2 * radius + 1);
    sum += at(index + radius + 1) - at(index - radius);
  }
}

/** The field blurred by about `sigma` pixels; the input stays as it is. */
export function blurred(field: Float32Array, sigma: number): Float32Array {
  const radius = Math.max(1, Math.round(sigma * 0.95));
  const current = Float32Array.from(field);
  const other = new Float32Array(field.length);
  for (let pass = 0; pass < 3; pass += 1) {
    for (let y = 0; y < height; y += 1) blurLine(current, other, y * width, width, 1, radius);
    for (let x = 0; x < width; x += 1) blurLine(other, current, x, height, width, radius);
  }
  return current;
}

const hash = (x: number, y: number, seed: number): number => {
  let value = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 1442695041);
  value = Math.imul(value ^ (value >>> 13), 1274126177);
  return ((value ^ (value >>> 16)) >>> 0) / 4294967295;
};

/** Smooth noise from -1 to 1 that changes over about one unit of x and y. */
export function noise(x: number, y: number, seed: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const ease = (t: number) => t * t * t * (t * (t * 6 - 15) + 10);
  const u = ease(x - column);
  const v = ease(y - row);
  const top = hash(column, row, seed) * (1 - u) + hash(column + 1, row, seed) * u;
  const bottom = hash(column, row + 1, seed) * (1 - u) + hash(column + 1, row + 1, seed) * u;
  return (top * (1 - v) + bottom * v) * 2 - 1;
}

/** Repeatable random numbers from 0 to 1, so that every run draws the same picture. */
export function randomFrom(seed: number): () => number {
  let count = 0;
  return () => {
    count += 1;
    return hash(count, seed * 7 + 3, seed);
  };
}
