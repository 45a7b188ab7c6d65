import sharp from "sharp";
import { blurred, height, noise, width } from "./fields.ts";
import { raiseFold } from "./raise-folds.ts";
import type { Garment, Layer } from "./types.ts";

/** The paper under every garment: a warm white that pale cloth still stands out from. */
const paper = [246, 245, 243] as const;
const light = { x: -0.38, y: -0.52, z: 0.765 } as const;

/** Rasterises SVG elements; x = 0 is the middle of the picture. */
async function raster(elements: string): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-width / 2} 0 ${width} ${height}">${elements}</svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer());
}

const ramp = (value: number): number => {
  const t = Math.min(1, Math.max(0, value));
  return t * t * (3 - 2 * t);
};

/** Height of the cloth in units: rounded edges, folds, irregularities and regular relief. */
function reliefOf(layer: Layer, mask: Float32Array, seed: number): Float32Array {
  const field = new Float32Array(mask.length);
  const { radius, height: stand } = layer.edge;
  const wide = blurred(mask, radius);
  const narrow = blurred(mask, Math.max(1.5, radius * 0.28));
  for (const fold of layer.folds ?? []) raiseFold(field, fold);
  const soft = blurred(field, 1.2);
  const slack = layer.slack ?? 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      if (mask[at]! === 0) continue;
      const edge = ramp((wide[at]! - 0.35) * 1.6) * 0.72 + ramp((narrow[at]! - 0.4) * 1.7) * 0.28;
      let rise = soft[at]! + edge * stand;
      if (slack > 0) {
        const bend = noise(x / 210, y / 260, seed + 9) * 60;
        rise += slack * 4.2 * noise((x + bend) / 165, (y - bend) / 250, seed);
        rise += slack * 1.1 * noise((x - bend) / 62, (y + bend) / 150, seed + 1);
        rise += slack * 0.36 * noise((x + bend) / 24, (y + bend) / 34, seed + 2);
      }
      field[at] = rise + (layer.relief?.(x - width / 2, y) ?? 0);
    }
  }
  return field;
}

/** Brightness of each pixel under the light, 1 for cloth that lies flat. */
function brightnessOf(layer: Layer, mask: Float32Array, seed: number): Float32Array {
  const relief = reliefOf(layer, mask, seed);
  const around = blurred(relief, 14);
  const bright = new Float32Array(mask.length);
  const weave = layer.weave ?? 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      if (mask[at]! === 0) continue;
      // the paper's height is unknown: at the border look inwards only
      const beside = (other: number) => (mask[other]! > 0.5 ? relief[other]! : relief[at]!);
      const slopeX = (beside(at + 1) - beside(at - 1)) / 2;
      const slopeY = (beside(at + width) - beside(at - width)) / 2;
      const lambert = (light.z - light.x * slopeX - light.y * slopeY) / Math.hypot(slopeX, slopeY, 1);
      const hollow = Math.max(-0.12, Math.min(0.05, (relief[at]! - around[at]!) * 0.018));
      const thread =
        weave *
        (noise(x / 1.2, y / 1.2, seed + 5) * 0.032 +
          noise(x / 4.2, y / 1.5, seed + 6) * 0.024 +
          noise(x / 1.6, y / 7, seed + 7) * 0.022);
      const lit = 0.3 + (0.7 * lambert) / light.z;
      // light comes back from the paper: no side of the cloth is black
      bright[at] = (lit < 0.84 ? 0.84 - (0.84 - lit) * 0.5 : lit) + hollow + thread;
    }
  }
  return bright;
}

/** Lays the layer's shadow on what is already painted (the paper itself stays clean). */
function castShadow(picture: Float32Array, covered: Float32Array, mask: Float32Array, layer: Layer): void {
  if (!layer.shadow) return;
  const { strength, reach, down = reach * 0.6 } = layer.shadow;
  const shade = blurred(mask, reach);
  const shift = Math.round(down);
  for (let y = shift; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      if (covered[at]! === 0) continue;
      const dark = 1 - strength * shade[at - shift * width]! * covered[at]!;
      for (let channel = 0; channel < 3; channel += 1) picture[at * 3 + channel]! *= dark;
    }
  }
}

interface Sheets {
  dye: Uint8Array;
  details: Uint8Array;
  mask: Float32Array;
  bright: Float32Array;
}

function paintLayer(picture: Float32Array, layer: Layer, sheets: Sheets, sheen: number): void {
  const { dye, details, mask, bright } = sheets;
  for (let at = 0; at < mask.length; at += 1) {
    const cover = mask[at]!;
    if (cover === 0) continue;
    const shine = Math.max(0, bright[at]! - 1) * sheen;
    const ink = details[at * 4 + 3]! / 255;
    for (let channel = 0; channel < 3; channel += 1) {
      const cloth = dye[at * 4 + channel]! * bright[at]! * (layer.light ?? 1) + shine;
      const shown = cloth * (1 - ink) + details[at * 4 + channel]! * Math.min(1.15, bright[at]!) * ink;
      picture[at * 3 + channel] = picture[at * 3 + channel]! * (1 - cover) + shown * cover;
    }
  }
}

/** Paints a garment on plain paper and returns 8-bit RGB of 1000 × 1200 pixels. */
export async function paintGarment(garment: Garment): Promise<Buffer> {
  const picture = new Float32Array(width * height * 3).map((_, index) => paper[index % 3]!);
  const covered = new Float32Array(width * height);
  for (const [index, layer] of garment.layers.entries()) {
    const shape = await raster(`<path d="${layer.path}" fill="#fff"/>`);
    const mask = new Float32Array(width * height).map((_, at) => shape[at * 4 + 3]! / 255);
    const sheets = {
      dye: await raster(layer.dye),
      details: await raster(layer.details ?? ""),
      mask,
      bright: brightnessOf(layer, mask, garment.seed * 31 + index * 101),
    };
    castShadow(picture, covered, mask, layer);
    paintLayer(picture, layer, sheets, garment.sheen ?? 0);
    for (let at = 0; at < mask.length; at += 1) covered[at] = Math.max(covered[at]!, mask[at]!);
  }
  return Buffer.from(Uint8ClampedArray.from(picture).buffer);
}
