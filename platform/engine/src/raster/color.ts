/** sRGB ↔ CIE Lab (D65), 0-255 and L 0-100. */

import { floats } from "./memory.ts";

const linear = Float32Array.from({ length: 256 }, (_, i) => {
  const c = i / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
});
const root = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
const cube = (t: number) => {
  const c = t * t * t;
  return c > 0.008856 ? c : (t - 16 / 116) / 7.787;
};
const gamma = (c: number) => {
  const v = c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055;
  return v < 0 ? 0 : v > 1 ? 255 : v * 255;
};

export type Lab = readonly [number, number, number];

export function toLab(red: number, green: number, blue: number): Lab {
  const r = linear[red | 0]!;
  const g = linear[green | 0]!;
  const b = linear[blue | 0]!;
  const x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

export function toRgb([l, a, b]: Lab): [number, number, number] {
  const y = (l + 16) / 116;
  const x = cube(y + a / 500) * 0.95047;
  const z = cube(y - b / 200) * 1.08883;
  const yy = cube(y);
  return [
    gamma(3.2406 * x - 1.5372 * yy - 0.4986 * z),
    gamma(-0.9689 * x + 1.8758 * yy + 0.0415 * z),
    gamma(0.0557 * x - 0.204 * yy + 1.057 * z),
  ];
}

/** Lab of every pixel of RGBA data, interleaved. */
export function labImage(rgba: ArrayLike<number>, pixels: number): Float32Array {
  const out = floats(pixels * 3);
  for (let i = 0; i < pixels; i += 1) {
    const lab = toLab(rgba[i * 4]!, rgba[i * 4 + 1]!, rgba[i * 4 + 2]!);
    out[i * 3] = lab[0];
    out[i * 3 + 1] = lab[1];
    out[i * 3 + 2] = lab[2];
  }
  return out;
}

export const deltaE = (a: Lab, b: Lab) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
