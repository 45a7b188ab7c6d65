/** The hair beside a place where worn cloth goes: what stood before it goes on there. */
import type { Vec } from "../types.ts";
import type { Canvas } from "./canvas.ts";
import { readMap } from "./canvas.ts";

const rayCount = 16;
/** of the label, and pixels behind its soft edge at which the colour is taken */
const leastHair = 0.7;
const depth = 3;

/** The distance to the nearest hair within `reach` pixels and its colour around there; null where there is none. */
export function hairNear(canvas: Canvas, [x, y]: Vec, reach: number) {
  let nearest = reach;
  let total = 0;
  const color: [number, number, number] = [0, 0, 0];
  for (let k = 0; k < rayCount; k += 1) {
    const [dx, dy] = [Math.cos((k / rayCount) * 2 * Math.PI), Math.sin((k / rayCount) * 2 * Math.PI)];
    const isHair = (t: number) => readMap(canvas, canvas.hair, x + dx * t, y + dy * t) > leastHair;
    let t = 0;
    while (t < reach && !(isHair(t) && isHair(t + depth))) t += 1;
    if (t >= reach) continue;
    nearest = Math.min(nearest, t);
    const i = Math.round(y + dy * (t + depth)) * canvas.width + Math.round(x + dx * (t + depth));
    const weight = 1 / (t + 1) ** 3;
    total += weight;
    for (let c = 0; c < 3; c += 1) color[c] = color[c]! + canvas.rgb[i * 3 + c]! * weight;
  }
  if (total === 0) return null;
  return { distance: nearest, color: color.map((value) => value / total) };
}
