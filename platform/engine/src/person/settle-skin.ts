import { clamp } from "../raster/scalars.ts";
import type { BodyFrame } from "../types.ts";
import { frameCoordinates } from "./body-frame.ts";
import type { ColorModel } from "./color-model.ts";
import { fitColorModel, logLikelihood } from "./color-model.ts";

/** how sure the parser must be of a pixel that the colours are learnt from; its probabilities seldom pass 0.92 */
const sure = 0.8;
/** both classes must be at least this likely before colour has a say */
const hesitant = 0.04;
/** colours of neighbouring pixels are not independent: a likelihood ratio counts for this much */
const trust = 0.6;
const strongest = 4;
const samplesWanted = 1500;

function learn(lab: Float32Array, found: number[]): ColorModel | null {
  const stride = Math.max(1, Math.floor(found.length / samplesWanted));
  const kept = found.filter((_, i) => i % stride === 0);
  const samples = new Float32Array(kept.length * 3);
  for (const [k, i] of kept.entries()) samples.set(lab.subarray(i * 3, i * 3 + 3), k * 3);
  return fitColorModel(samples);
}

/**
 * Where the parser hesitates between body skin and clothes (dark skin beside dark cloth, above all), the colours of the
 * sure pixels of this very photo decide. Changes class maps 2 (skin) and 4 (clothes) in place; where skin and cloth
 * look alike the evidence is nothing and so is the change.
 */
export function settleSkin(maps: Float32Array[], lab: Float32Array, width: number, height: number, frame: BodyFrame) {
  const [, , skin, face, clothes] = maps as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
  const at = frameCoordinates(frame);
  const bare: number[] = [];
  const upper: number[] = [];
  const lower: number[] = [];
  for (let y = 0; y < height; y += 2)
    for (let x = 0; x < width; x += 2) {
      const i = y * width + x;
      if (face[i]! > sure || skin[i]! > sure) bare.push(i);
      else if (clothes[i]! > sure) (at.t(x, y) < 1 ? upper : lower).push(i);
    }
  const skinModel = learn(lab, bare);
  const clothModels = [learn(lab, upper), learn(lab, lower)].filter((model) => model !== null);
  if (!skinModel || clothModels.length === 0) return;
  for (let i = 0; i < skin.length; i += 1) {
    const s = skin[i]!;
    const c = clothes[i]!;
    if (s < hesitant || c < hesitant) continue;
    const l = lab[i * 3]!;
    const a = lab[i * 3 + 1]!;
    const b = lab[i * 3 + 2]!;
    let cloth = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < clothModels.length; k += 1) cloth = Math.max(cloth, logLikelihood(clothModels[k]!, l, a, b));
    const evidence = clamp(trust * (logLikelihood(skinModel, l, a, b) - cloth), -strongest, strongest);
    const share = 1 / (1 + (c / s) * Math.exp(-evidence));
    skin[i] = (s + c) * share;
    clothes[i] = (s + c) * (1 - share);
  }
}
