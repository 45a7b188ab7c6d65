/** Where a drawn sleeve ends, and what lies beyond it. */
import { distance, dot, mix, perpendicular, scale, smooth, sub, unit } from "../raster/scalars.ts";
import type { Vec } from "../types.ts";
import type { Arm, BodyTarget } from "./body-target.ts";
import { armRadiusShare } from "./body-target.ts";
import type { Mesh } from "./draw-grid.ts";
import type { BeyondSleeve } from "./occlude.ts";
import type { TopPlacement } from "./warp-top.ts";

/** share of the arm per shoulder width outwards */
const armholeSlant = 1.1;

/** The edge of a cuff: a line across the arm that sags in its middle, and the unit vector down the arm from it. */
export interface Cuff {
  middle: Vec;
  down: Vec;
  half: number;
  sag: number;
}

/** Pixels that a point lies below a cuff's edge. */
function belowCuff({ middle, down, half, sag }: Cuff, point: Vec) {
  const off = sub(point, middle);
  const aside = dot(off, perpendicular(down)) / half;
  return dot(off, down) - sag * Math.max(0, 1 - aside * aside);
}

/** Share of the arm at which the drawn sleeve ends: what the fill, the erasing and the arm in front go by. */
export function reachedShare({ frame }: BodyTarget, arm: Arm, mesh: Mesh) {
  const cuff = mesh.target.at(-1)!;
  const [x, y] = cuff[cuff.length >> 1]!;
  return armRadiusShare(arm, frame.shoulderWidth, x, y).along;
}

export function drawnCuff({ target }: Mesh): Cuff {
  const edge = target.at(-1)!;
  const [outer, inner] = [edge[1]!, edge.at(-2)!];
  const before = mix(target.at(-3)![1]!, target.at(-3)!.at(-2)!, 0.5);
  const middle = mix(outer, inner, 0.5);
  const across = perpendicular(unit(sub(inner, outer)));
  const down = dot(across, sub(middle, before)) < 0 ? scale(across, -1) : across;
  const sag = dot(sub(edge[edge.length >> 1]!, middle), down);
  return { middle, down, half: Math.max(1, distance(outer, inner) / 2), sag: Math.max(0, sag) };
}

/** How surely a point of the arm lies beyond the drawn sleeve, 0-1. */
export function beyondCuff(
  { cover, cuffs }: Pick<TopPlacement, "cover" | "cuffs">,
  side: 0 | 1,
  along: number,
  point: Vec,
) {
  const cuff = cuffs[side];
  // the line of the cuff says nothing about the far half of a bent arm
  if (!cuff || Math.abs(along - cover[side]) > 0.25) return smooth(cover[side] - 0.04, cover[side] + 0.01, along);
  return smooth(-1.5, 0.5, belowCuff(cuff, point));
}

/** Where arms come out of this garment: right below a drawn cuff, below the wrist of a long sleeve, from behind the shoulder without one. */
export function beyondSleeve(
  placement: Pick<TopPlacement, "cover" | "cuffs">,
  { arms, frame }: BodyTarget,
): BeyondSleeve {
  const { cover, cuffs } = placement;
  return (side, along, x, y) => {
    const cuff = cuffs[side];
    if (cover[side] >= 0.9) return along > 0.985 ? 1 : 0;
    if (!cuff) {
      // an armhole runs down and inwards: the arm's outer side comes out of it first
      const arm = arms[side];
      const axis = along < 0.5 ? mix(arm.shoulder, arm.elbow, along * 2) : mix(arm.elbow, arm.wrist, along * 2 - 1);
      const outward = (dot(sub([x, y], axis), frame.across) * arm.side) / frame.shoulderWidth;
      return smooth(0.27, 0.3, along + armholeSlant * outward);
    }
    if (Math.abs(along - cover[side]) > 0.25) return along > cover[side] ? 1 : 0;
    return smooth(-0.5, 1.5, belowCuff(cuff, [x, y]));
  };
}
