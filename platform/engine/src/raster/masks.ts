/** Masks of maps. Loops by hand: a typed array's own `from` takes thirty times as long. */
import { bytes } from "./memory.ts";

/** 1 where the map is above the level, else 0. */
export function above(map: Float32Array, level: number): Uint8Array {
  const out = bytes(map.length);
  for (let i = 0; i < out.length; i += 1) out[i] = map[i]! > level ? 1 : 0;
  return out;
}

/** 1 where the map is below the level, else 0. */
export function below(map: Float32Array, level: number): Uint8Array {
  const out = bytes(map.length);
  for (let i = 0; i < out.length; i += 1) out[i] = map[i]! < level ? 1 : 0;
  return out;
}
