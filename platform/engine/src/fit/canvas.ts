/** The part of the photo that a try-on may touch, with the labels at photo resolution. */
import { gaussian, guidedFilter } from "../raster/blur.ts";
import { components } from "../raster/components.ts";
import { distanceMap } from "../raster/distance-map.ts";
import { above, below } from "../raster/masks.ts";
import { colors, floats, integers, workspace } from "../raster/memory.ts";
import { smooth } from "../raster/scalars.ts";
import type { LabelMaps, PersonAnalysis, Raster } from "../types.ts";

/** pixels */
const bleedReach = 5;

/** All maps cover the box alone: index (y - top) * width + (x - left), values 0-1. */
export interface Canvas {
  left: number;
  top: number;
  width: number;
  height: number;
  /** RGB 0-255 of the photo, or of what was drawn on it so far */
  rgb: Float32Array | Uint8ClampedArray;
  luma: Float32Array;
  person: Float32Array;
  face: Float32Array;
  skin: Float32Array;
  hair: Float32Array;
  oldTop: Float32Array;
  oldBottom: Float32Array;
  other: Float32Array;
}

/** of the biggest piece: smaller ones of a garment are crumbs */
const leastPiece = 0.03;

/** A drawn garment: colour and coverage over the canvas. */
export interface Layer {
  rgb: Float32Array;
  alpha: Float32Array;
}

export const emptyLayer = ({ width, height }: Canvas): Layer => ({
  rgb: floats(width * height * 3),
  alpha: floats(width * height),
});

/** The person's box with a margin, in photo pixels. */
function personBox({ width, height, scale, person }: LabelMaps, photo: Raster, margin: number) {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (person[y * width + x]! < 60) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  const x0 = Math.max(0, Math.floor(left / scale - margin));
  const y0 = Math.max(0, Math.floor(top / scale - margin));
  const x1 = Math.min(photo.width, Math.ceil((right + 1) / scale + margin));
  const y1 = Math.min(photo.height, Math.ceil((bottom + 1) / scale + margin));
  return { left: x0, top: y0, width: Math.max(1, x1 - x0), height: Math.max(1, y1 - y0) };
}

/** Samples a label map at photo resolution inside the box. */
function enlarge(map: Uint8Array, labels: LabelMaps, box: Pick<Canvas, "left" | "top" | "width" | "height">) {
  const out = floats(box.width * box.height);
  const { width, height, scale } = labels;
  const cells = new Int32Array(box.width);
  const shares = new Float64Array(box.width);
  for (let x = 0; x < box.width; x += 1) {
    const fx = Math.min(width - 1, Math.max(0, (x + box.left + 0.5) * scale - 0.5));
    cells[x] = fx | 0;
    shares[x] = fx - (fx | 0);
  }
  for (let y = 0; y < box.height; y += 1) {
    const fy = Math.min(height - 1, Math.max(0, (y + box.top + 0.5) * scale - 0.5));
    const upper = (fy | 0) * width;
    const lower = Math.min(height - 1, (fy | 0) + 1) * width;
    const b = fy - (fy | 0);
    for (let x = 0; x < box.width; x += 1) {
      const x0 = cells[x]!;
      const x1 = x0 + 1 < width ? x0 + 1 : x0;
      const a = shares[x]!;
      const above = map[upper + x0]! * (1 - a) + map[upper + x1]! * a;
      const below = map[lower + x0]! * (1 - a) + map[lower + x1]! * a;
      out[y * box.width + x] = (above * (1 - b) + below * b) / 255;
    }
  }
  return out;
}

/** Thin rims of "top" around a bottom are the bottom's own soft edge. Changes both maps in place. */
function giveSlivers(
  top: Float32Array,
  bottom: Float32Array,
  { width, height }: Pick<Canvas, "width" | "height">,
  shoulder: number,
) {
  const thin = Math.max(2, Math.round(shoulder * 0.018));
  const outside = distanceMap(below(top, 0.4), width, height);
  const toCore = distanceMap(above(outside, thin), width, height);
  const toBottom = distanceMap(above(bottom, 0.6), width, height);
  for (let i = 0; i < top.length; i += 1) {
    if (top[i]! < 0.02 || toCore[i]! <= thin * 1.6 || toBottom[i]! > thin * 2.5) continue;
    bottom[i] = Math.min(1, bottom[i]! + top[i]!);
    top[i] = 0;
  }
}

export function openCanvas(photo: Raster, { labels, frame }: PersonAnalysis): Canvas {
  const box = personBox(labels, photo, frame.shoulderWidth * 0.3);
  const n = box.width * box.height;
  const rgb = colors(n * 3);
  const luma = floats(n);
  const { data } = photo;
  for (let y = 0; y < box.height; y += 1)
    for (let x = 0; x < box.width; x += 1) {
      const from = ((y + box.top) * photo.width + x + box.left) * 4;
      const i = y * box.width + x;
      rgb[i * 3] = data[from]!;
      rgb[i * 3 + 1] = data[from + 1]!;
      rgb[i * 3 + 2] = data[from + 2]!;
      luma[i] = (data[from]! * 0.3 + data[from + 1]! * 0.59 + data[from + 2]! * 0.11) / 255;
    }
  const radius = Math.max(2, Math.round(frame.shoulderWidth * 0.012));
  const person = guidedFilter(luma, enlarge(labels.person, labels, box), box.width, box.height, radius, 4e-4);
  for (let i = 0; i < n; i += 1) person[i] = smooth(0.25, 0.75, person[i]!);
  const map = (source: Uint8Array) => enlarge(source, labels, box);
  const [oldTop, oldBottom] = [map(labels.top), map(labels.bottom)];
  workspace(() => giveSlivers(oldTop, oldBottom, box, frame.shoulderWidth));
  return {
    ...box,
    rgb,
    luma,
    person,
    face: map(labels.face),
    skin: map(labels.skin),
    hair: map(labels.hair),
    oldTop,
    oldBottom,
    other: map(labels.other),
  };
}

/** Gives the pixels around the cloth its nearest colour, so that a softened edge shows cloth and never black. */
export function bleedColors({ width, height }: Canvas, { rgb, alpha }: Layer): void {
  workspace(() => {
    const nearest = integers(alpha.length);
    const distances = distanceMap(above(alpha, 0.9), width, height, nearest);
    for (let i = 0; i < alpha.length; i += 1) {
      const distance = distances[i]!;
      if (distance === 0 || distance > bleedReach) continue;
      const from = nearest[i]!;
      for (let k = 0; k < 3; k += 1) rgb[i * 3 + k] = rgb[from * 3 + k]!;
    }
  });
}

/** Faint coverage is the product picture's own shadow or a cut's fringe: cloth has a crisp edge. */
export function sharpenEdge(layer: Layer): void {
  const { alpha } = layer;
  for (let i = 0; i < alpha.length; i += 1) if (alpha[i]! > 0) alpha[i] = smooth(0.3, 0.75, alpha[i]!);
}

/** Cloth ends in a clean curve: notches and crumbs narrower than `sigma` pixels go, the edge is one pixel and a half soft. */
export function smoothOutline({ width, height }: Canvas, layer: Layer, sigma: number): void {
  const soft = gaussian(layer.alpha, width, height, sigma);
  const slope = Math.min(0.3, 0.55 / sigma);
  for (let i = 0; i < soft.length; i += 1) layer.alpha[i] = smooth(0.5 - slope, 0.5 + slope, soft[i]!);
  const { labels, sizes } = components(above(layer.alpha, 0.02), width, height);
  const least = Math.max(...sizes.slice(1)) * leastPiece;
  for (let i = 0; i < soft.length; i += 1) if (sizes[labels[i]!]! < least) layer.alpha[i] = 0;
}

/** Reads a map at canvas coordinates; 0 outside. */
export const readMap = (canvas: Canvas, map: Float32Array, x: number, y: number) => {
  const px = Math.round(x);
  const py = Math.round(y);
  return px < 0 || py < 0 || px >= canvas.width || py >= canvas.height ? 0 : map[py * canvas.width + px]!;
};
