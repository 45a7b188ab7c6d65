/** A neckline that would bare what the worn top hides is drawn a little higher and narrower: no skin need be invented there. */
import { add, clamp, lerp, mix, perpendicular, scale } from "../raster/scalars.ts";
import type { Raster, Vec } from "../types.ts";
import type { BodyTarget } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { readMap } from "./canvas.ts";

/** a neckline keeps this share of its depth and of its width, or it would be another garment's */
const leastDepth = 0.6;
const leastWidth = 0.62;
/** shoulder widths below the shoulder line at which the worn neckline's width is measured */
const probeDepths = [0.02, 0.035, 0.05];
/** of the way from the neck to the armpits: cloth covers the worn edge by so much */
const overlap = 0.02;
/** of a neckline's rise */
const following = 0.6;
const steps = 60;

const isWorn = (canvas: Canvas, [x, y]: Vec) => readMap(canvas, canvas.oldTop, x, y) > 0.4;

/** Pixels from the middle of the neck to where the worn top lies on the shoulder line, on the side where that is nearer; null where none does. */
function wornNeckHalf(canvas: Canvas, { shoulders, frame, tipWidth }: BodyTarget): number | null {
  const down = perpendicular(frame.across);
  for (let lateral = shoulders.neckHalf; lateral < tipWidth * 0.44; lateral += 1)
    for (const side of [0, 1] as const) {
      const foot = shoulders.at(side, lateral);
      const points = probeDepths.map((depth) => add(foot, scale(down, depth * frame.shoulderWidth)));
      if (points.every((point) => isWorn(canvas, point))) return lateral;
    }
  return null;
}

/** Half the width of the neckline on this body, pixels; `own` is what the garment's proportions ask for. */
export function narrowNeckline(canvas: Canvas, body: BodyTarget, own: number): number {
  const worn = wornNeckHalf(canvas, body);
  return worn === null ? own : clamp(worn, own * leastWidth, own);
}

/** Share of the way from one point to another at which something begins; 1 where it does not. */
function firstAlong(from: Vec, to: Vec, is: (point: Vec) => boolean) {
  for (let k = 0; k <= steps; k += 1) if (is(mix(from, to, k / steps))) return k / steps;
  return 1;
}

/** The middle of a neckline, as the garment has it and as it is drawn: shares of the way from the shoulder line to the armpits. */
export interface NeckDepths {
  own: number;
  drawn: number;
}

/** Shares of that way by which the cloth at the armpits' height follows a raised neckline: a print is not stretched above them alone. */
export const followsBy = ({ own, drawn }: NeckDepths) => (own - drawn) * following;

/** Where a share of the way down comes to lie when the neckline is raised; above and below it the cloth gives evenly. */
export function raise(share: number, depths: NeckDepths) {
  const { own, drawn } = depths;
  return share < own ? (share / own) * drawn : lerp(drawn, 1 - followsBy(depths), (share - own) / (1 - own));
}

/** Measures the neckline down the middle of the garment (`source`, to the armpits) and the worn one down the body (`target`). */
export function neckDepths(
  canvas: Canvas,
  { data, width, height }: Raster,
  source: readonly [Vec, Vec],
  target: readonly [Vec, Vec],
): NeckDepths {
  const own = firstAlong(source[0], source[1], ([x, y]) => {
    const [px, py] = [clamp(Math.round(x), 0, width - 1), clamp(Math.round(y), 0, height - 1)];
    return data[(py * width + px) * 4 + 3]! > 128;
  });
  if (own <= 0 || own >= 1) return { own: 0, drawn: 0 };
  const worn = firstAlong(target[0], target[1], (point) => isWorn(canvas, point)) - overlap;
  return { own, drawn: clamp(worn, own * leastDepth, own) };
}
