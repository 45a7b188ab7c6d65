/** Draws a picture through a mesh: target points in canvas pixels, source points in the garment's. A numeric kernel, kept in one piece. */
import type { Raster, Vec } from "../types.ts";
import type { Canvas, Layer } from "./canvas.ts";

export interface Mesh {
  source: Vec[][];
  target: Vec[][];
}

/** `limb` limits the garment to one sleeve's own coverage; "solid" takes its colours whatever its coverage. */
export function drawGrid(canvas: Canvas, layer: Layer, garment: Raster, mesh: Mesh, limb?: Uint8Array | "solid"): void {
  const rows = mesh.target.length;
  const columns = mesh.target[0]?.length ?? 0;
  for (let r = 0; r < rows - 1; r += 1)
    for (let c = 0; c < columns - 1; c += 1) {
      drawTriangle(canvas, layer, garment, mesh, [r, c, r, c + 1, r + 1, c], limb);
      drawTriangle(canvas, layer, garment, mesh, [r + 1, c, r, c + 1, r + 1, c + 1], limb);
    }
}

function drawTriangle(
  canvas: Canvas,
  layer: Layer,
  garment: Raster,
  { source, target }: Mesh,
  corners: readonly [number, number, number, number, number, number],
  limb?: Uint8Array | "solid",
) {
  const [r1, c1, r2, c2, r3, c3] = corners;
  const [x1, y1] = target[r1]![c1]!;
  const [x2, y2] = target[r2]![c2]!;
  const [x3, y3] = target[r3]![c3]!;
  const area = (y2 - y3) * (x1 - x3) + (x3 - x2) * (y1 - y3);
  if (Math.abs(area) < 1e-3) return;
  const [u1, v1] = source[r1]![c1]!;
  const [u2, v2] = source[r2]![c2]!;
  const [u3, v3] = source[r3]![c3]!;
  const fromX = Math.max(0, Math.floor(Math.min(x1, x2, x3)));
  const toX = Math.min(canvas.width - 1, Math.ceil(Math.max(x1, x2, x3)));
  const fromY = Math.max(0, Math.floor(Math.min(y1, y2, y3)));
  const toY = Math.min(canvas.height - 1, Math.ceil(Math.max(y1, y2, y3)));
  const { width, height, data } = garment;
  const slack = -0.002;
  for (let y = fromY; y <= toY; y += 1)
    for (let x = fromX; x <= toX; x += 1) {
      const px = x + 0.5;
      const py = y + 0.5;
      const a = ((y2 - y3) * (px - x3) + (x3 - x2) * (py - y3)) / area;
      const b = ((y3 - y1) * (px - x3) + (x1 - x3) * (py - y3)) / area;
      const c = 1 - a - b;
      if (a < slack || b < slack || c < slack) continue;
      const sx = a * u1 + b * u2 + c * u3 - 0.5;
      const sy = a * v1 + b * v2 + c * v3 - 0.5;
      if (sx < 0 || sy < 0 || sx >= width - 1 || sy >= height - 1) continue;
      const ix = sx | 0;
      const iy = sy | 0;
      const fx = sx - ix;
      const fy = sy - iy;
      const at = iy * width + ix;
      const below = at + width;
      // plain numbers, since small arrays for every pixel would be garbage
      const w1 = (1 - fx) * (1 - fy);
      const w2 = fx * (1 - fy);
      const w3 = (1 - fx) * fy;
      const w4 = fx * fy;
      const read = (k: number) =>
        data[at * 4 + k]! * w1 + data[at * 4 + 4 + k]! * w2 + data[below * 4 + k]! * w3 + data[below * 4 + 4 + k]! * w4;
      const alpha = coverage(data, limb, at, width, fx, fy);
      const o = y * canvas.width + x;
      if (alpha < 0.004 || alpha <= layer.alpha[o]!) continue;
      for (let k = 0; k < 3; k += 1) layer.rgb[o * 3 + k] = read(k);
      layer.alpha[o] = alpha;
    }
}

/** Coverage between four pixels of the garment, 0-1. */
function coverage(
  data: Uint8ClampedArray,
  limb: Uint8Array | "solid" | undefined,
  at: number,
  width: number,
  fx: number,
  fy: number,
) {
  if (limb === "solid") return 1;
  const below = at + width;
  const of = (i: number) => (limb ? (data[i * 4 + 3]! * limb[i]!) / 255 : data[i * 4 + 3]!);
  const upper = of(at) * (1 - fx) + of(at + 1) * fx;
  return (upper * (1 - fy) + (of(below) * (1 - fx) + of(below + 1) * fx) * fy) / 255;
}
