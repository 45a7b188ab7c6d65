/** A sleeve that ends on the upper arm: one patch between shoulder tip, cuff and armpit, hanging straight, never puffed. */
import { add, clamp, distance, dot, mix, perpendicular, resample, scale, sub, unit } from "../raster/scalars.ts";
import type { LimbStrip, Vec } from "../types.ts";
import type { Arm, BodyTarget } from "./body-target.ts";
import { bareAt, usualArmRadius, wornEnd } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { readMap } from "./canvas.ts";
import type { Mesh } from "./draw-grid.ts";
import type { SleevePlan } from "./warp-sleeve.ts";

const rowCount = 14;
/** share of the arm above its end at which a worn cuff is measured */
const cuffEdge = 0.03;
const columnCount = 10;
/** in shoulder widths: how far the inner end of a cuff lies below the armpit at least */
const leastDrop = 0.05;
/** how much wider than the arm a cuff may stand, and is at least */
const cuffEase = [1.08, 1.26] as const;
/** of its usual radius: an outline nearer to the joints' line than that is a fault of the mask, a little nearer one of the joints */
const slimmest = 0.3;
/** shoulder widths that cloth lies off the outline */
const clothThickness = 0.012;
/** shoulder widths that an end of a cuff is lowered at most, so that it covers a slanting worn one; and where across the cuff that is seen */
const mostSlant = 0.2;
const slantAt = 0.84;
/** and that a cuff's middle hangs below its ends */
const cuffSag = 0.018;

interface Station {
  centre: Vec;
  /** unit vectors down the arm and to its outer side */
  down: Vec;
  outer: Vec;
  /** half-widths of the arm itself */
  out: number;
  inn: number;
}

/** The arm at a distance from the shoulder joint, with its outline where that is to be seen. */
function stationAt(canvas: Canvas, body: BodyTarget, arm: Arm, at: number, isClose: boolean): Station {
  const upper = distance(arm.shoulder, arm.elbow);
  const isUpper = at < upper;
  const fore = distance(arm.elbow, arm.wrist);
  const f = isUpper ? at / upper : clamp((at - upper) / Math.max(1, fore));
  const centre = isUpper ? mix(arm.shoulder, arm.elbow, f) : mix(arm.elbow, arm.wrist, f);
  // the elbow's bend is spread over the cloth
  const upperDown = unit(sub(arm.elbow, arm.shoulder));
  const down = isUpper ? upperDown : unit(mix(upperDown, unit(sub(arm.wrist, arm.elbow)), clamp(f * 2)));
  const across = perpendicular(down);
  const lean = dot(across, scale(body.frame.across, arm.side)) - dot(across, body.frame.down) * 0.6;
  const outer = lean < 0 ? scale(across, -1) : across;
  const usual = usualArmRadius(body.frame.shoulderWidth, isUpper, f);
  const along = at / Math.max(1, upper + fore);
  const isBare = bareAt(arm, along) > 0.5;
  // a short worn sleeve that stands off the arm is covered as far as a sleeve may stand off
  const isCovered = along < (wornEnd(arm) ?? 0);
  const broadest = usual * (isBare || isClose || isCovered ? 1.4 : 1.12);
  const reach = (direction: Vec, map: Float32Array) => {
    let t = usual * slimmest;
    while (t < usual * 1.5 && readMap(canvas, map, centre[0] + direction[0] * t, centre[1] + direction[1] * t) > 0.5)
      t += 1;
    return t < usual * 1.5 ? clamp(t, usual * slimmest, broadest) : isCovered ? broadest : usual;
  };
  return {
    centre,
    down,
    outer,
    out: reach(outer, canvas.person),
    inn: reach(scale(outer, -1), isBare ? canvas.skin : canvas.person),
  };
}

/** The end of a sleeve that covers a short worn one: right below that one's cuff the arm is narrower than what must be covered. */
function overWornCuff(canvas: Canvas, body: BodyTarget, arm: Arm, frac: number, end: Station): Station {
  const worn = wornEnd(arm);
  if (worn === null || frac < worn) return end;
  const whole = distance(arm.shoulder, arm.elbow) + distance(arm.elbow, arm.wrist);
  const cuff = stationAt(canvas, body, arm, whole * (worn - cuffEdge), false);
  return { ...end, out: Math.max(end.out, cuff.out) };
}

/** Pixels that a short worn cuff hangs below a point of the new one; 0 where cloth goes on, for that is the trunk's. */
function hangsBelow(canvas: Canvas, point: Vec, down: Vec, most: number): number {
  let t = 0;
  while (t < most && readMap(canvas, canvas.oldTop, point[0] + down[0] * t, point[1] + down[1] * t) > 0.4) t += 1;
  return t < most ? t : 0;
}

/** The new cuff slants like a short worn one that would show below it. */
export function slantedCuff(
  canvas: Canvas,
  body: BodyTarget,
  arm: Arm,
  frac: number,
  down: Vec,
  ends: readonly [Vec, Vec],
) {
  const worn = wornEnd(arm);
  if (worn === null || frac < worn) return ends;
  const { shoulderWidth } = body.frame;
  const drops = ([0, 1] as const).map((k) => {
    const hang = hangsBelow(canvas, mix(ends[1 - k]!, ends[k], slantAt), down, shoulderWidth * mostSlant);
    return hang > 0 ? hang + shoulderWidth * clothThickness : 0;
  });
  return [add(ends[0], scale(down, drops[0]!)), add(ends[1], scale(down, drops[1]!))] as const;
}

/** A sleeve's four sides, each from the root to the cuff or from the outer to the inner end. */
interface Sides {
  outer: Vec[];
  inner: Vec[];
  root: Vec[];
  cuff: Vec[];
}

/** The garment's own sleeve; one whose outline shows no cuff is told by its strip's end. */
function sourceSides(strip: LimbStrip, root: readonly [Vec, Vec], tip: Vec): Sides {
  const { centre, outer, outerHalf, innerHalf } = strip.sections.at(-1)!;
  const end = [add(centre, scale(outer, outerHalf)), add(centre, scale(outer, -innerHalf))] as const;
  const outline = strip.outline ?? { outer: [tip, end[0]], cuff: end };
  return {
    outer: resample([root[0], ...outline.outer], rowCount),
    inner: resample([root[1], outline.cuff.at(-1)!], rowCount),
    root: resample(root, columnCount),
    cuff: resample(outline.cuff, columnCount),
  };
}

/** Points of a string that is pulled taut from the first to the last point round all between, on the side `outer`. */
export function pullTaut(points: readonly Vec[], outer: Vec): Vec[] {
  const hull: Vec[] = [];
  for (const point of points) {
    while (hull.length > 1) {
      const [before, last] = [hull.at(-2)!, hull.at(-1)!];
      const chord = sub(point, before);
      const normal = perpendicular(chord);
      const outwards = dot(normal, outer) < 0 ? scale(normal, -1) : normal;
      if (dot(sub(last, before), outwards) > 0) break;
      hull.pop();
    }
    hull.push(point);
  }
  return hull;
}

/** Where the sleeve's sides come to lie on the arm. */
function targetSides(
  canvas: Canvas,
  body: BodyTarget,
  { arm, armpit, frac }: SleevePlan,
  stations: Station[],
  own: number,
): Sides {
  const { frame } = body;
  const cuff = stations.at(-1)!;
  const armHalf = (cuff.out + cuff.inn) / 2;
  const ease = clamp(own, armHalf * cuffEase[0], armHalf * cuffEase[1]) - armHalf;
  // below the shoulder it falls straight: never back towards the arm
  const widest = Math.max(...stations.slice(Math.ceil(rowCount * 0.4)).map(({ out }) => out));
  let cuffOut = add(
    cuff.centre,
    scale(cuff.outer, Math.max(cuff.out + ease, widest + clothThickness * frame.shoulderWidth)),
  );
  let cuffIn = add(cuff.centre, scale(cuff.outer, -(cuff.inn + ease * 0.8)));
  const drop = dot(sub(cuffIn, armpit), cuff.down);
  const least = frame.shoulderWidth * leastDrop;
  if (drop < least) cuffIn = add(cuffIn, scale(cuff.down, least - drop));
  [cuffOut, cuffIn] = slantedCuff(canvas, body, arm, frac, cuff.down, [cuffOut, cuffIn]);
  // cloth hangs from the shoulder's roundest place straight to the cuff: it follows no dent, and stands off in no bulge
  const around = stations
    .slice(0, -1)
    .map(({ centre, outer, out }) => add(centre, scale(outer, out + frame.shoulderWidth * clothThickness)))
    .filter((point) => dot(sub(point, arm.tip), cuff.down) > 0);
  let outer = resample(pullTaut([arm.tip, ...around, cuffOut], cuff.outer), rowCount);
  for (let round = 0; round < 3; round += 1)
    outer = outer.map((q, j) => (j === 0 || j === rowCount ? q : mix(q, mix(outer[j - 1]!, outer[j + 1]!, 0.5), 0.5)));
  // it hangs round the arm: the cuff's middle is lower than its ends
  const sag = (e: number) => frame.shoulderWidth * cuffSag * 4 * e * (1 - e);
  return {
    outer,
    inner: resample([armpit, cuffIn], rowCount),
    root: resample([arm.tip, armpit], columnCount),
    cuff: resample([cuffOut, cuffIn], columnCount).map((q, k) => add(q, scale(cuff.down, sag(k / columnCount)))),
  };
}

/** The patch that four curves span, a little beyond its outer and inner side, so that their edges are drawn whole. */
function patch({ outer, inner, root, cuff }: Sides): Vec[][] {
  return outer.map((out, j) => {
    const f = j / rowCount;
    const inn = inner[j]!;
    const row = root.map((q, k) => {
      const e = k / columnCount;
      const across = mix(out, inn, e);
      const along = mix(q, cuff[k]!, f);
      const corners = mix(mix(root[0]!, root.at(-1)!, e), mix(cuff[0]!, cuff.at(-1)!, e), f);
      return sub(add(across, along), corners);
    });
    return [mix(row[0]!, row.at(-1)!, -0.06), ...row, mix(row.at(-1)!, row[0]!, -0.06 * f)];
  });
}

/** The mesh of a short sleeve; `tip` is where the garment's own outline turns into the sleeve. */
export function shortSleeveMesh(canvas: Canvas, body: BodyTarget, size: number, plan: SleevePlan, tip: Vec): Mesh {
  const { arm, strip, root, frac } = plan;
  const length = (distance(arm.shoulder, arm.elbow) + distance(arm.elbow, arm.wrist)) * frac;
  // a bare arm and a long sleeve are as broad as they look; a short worn sleeve may stand off the arm
  const isClose = bareAt(arm, frac + 0.15) < 0.5;
  const stations = Array.from({ length: rowCount + 1 }, (_, j) =>
    stationAt(canvas, body, arm, (length * j) / rowCount, isClose),
  );
  stations[rowCount] = overWornCuff(canvas, body, arm, frac, stations[rowCount]!);
  const source = sourceSides(strip, root, tip);
  const own = (distance(source.cuff[0]!, source.cuff.at(-1)!) / 2) * size;
  return { source: patch(source), target: patch(targetSides(canvas, body, plan, stations, own)) };
}
