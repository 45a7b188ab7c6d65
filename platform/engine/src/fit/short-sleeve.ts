/** A sleeve that ends on the upper arm: one patch between shoulder tip, cuff and armpit, hanging straight, never puffed. */
import {
  add,
  clamp,
  distance,
  dot,
  mix,
  perpendicular,
  resample,
  scale,
  smooth,
  sub,
  unit,
} from "../raster/scalars.ts";
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
const cuffEase = [1.1, 1.34] as const;
/** near the armhole a strip's sections fan out: from this share on they tell the outline */
const reliable = 0.35;
/** shoulder widths that cloth lies off the outline */
const clothThickness = 0.012;

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
    let t = usual * 0.5;
    while (t < usual * 1.5 && readMap(canvas, map, centre[0] + direction[0] * t, centre[1] + direction[1] * t) > 0.5)
      t += 1;
    return t < usual * 1.5 ? clamp(t, usual * 0.72, broadest) : isCovered ? broadest : usual;
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

/** The cloth's outer edge from the root to the cuff: over the shoulder's contour, then down the sleeve. */
function outerEdge(strip: LimbStrip, root: Vec, tip: Vec): Vec[] {
  const outs = strip.sections
    .slice(Math.ceil(strip.sections.length * reliable))
    .map(({ centre, outer, outerHalf }) => add(centre, scale(outer, outerHalf)));
  return resample([root, tip, ...outs], rowCount);
}

/** A curve from `from` to `to` that leaves along `leave` and arrives along `arrive`. */
function hermite(from: Vec, to: Vec, leave: Vec, arrive: Vec, t: number): Vec {
  const reach = distance(from, to) * 0.32;
  const a = add(from, scale(leave, reach));
  const b = sub(to, scale(arrive, reach));
  const s = 1 - t;
  return [0, 1].map(
    (k) => s ** 3 * from[k]! + 3 * s * s * t * a[k]! + 3 * s * t * t * b[k]! + t ** 3 * to[k]!,
  ) as unknown as Vec;
}

/** The mesh of a short sleeve; `frac` is the share of the arm that it covers, `tip` where the garment's own outline turns into the sleeve. */
export function shortSleeveMesh(
  canvas: Canvas,
  body: BodyTarget,
  size: number,
  { arm, strip, armpit, root, frac }: SleevePlan,
  tip: Vec,
): Mesh {
  const { frame } = body;
  const whole = distance(arm.shoulder, arm.elbow) + distance(arm.elbow, arm.wrist);
  const length = whole * frac;
  // a bare arm and a long sleeve are as broad as they look; a short worn sleeve may stand off the arm
  const isClose = bareAt(arm, frac + 0.15) < 0.5;
  const stations = Array.from({ length: rowCount + 1 }, (_, j) =>
    stationAt(canvas, body, arm, (length * j) / rowCount, isClose),
  );
  const cuff = overWornCuff(canvas, body, arm, frac, stations[rowCount]!);
  const section = strip.sections.at(-1)!;
  const own = ((section.outerHalf + section.innerHalf) / 2) * size;
  const armHalf = (cuff.out + cuff.inn) / 2;
  const half = clamp(own, armHalf * cuffEase[0], armHalf * cuffEase[1]);
  const ease = half - armHalf;
  const cuffOut = add(cuff.centre, scale(cuff.outer, cuff.out + ease * 1.1));
  let cuffIn = add(cuff.centre, scale(cuff.outer, -(cuff.inn + ease * 0.7)));
  const drop = dot(sub(cuffIn, armpit), cuff.down);
  const least = frame.shoulderWidth * leastDrop;
  if (drop < least) cuffIn = add(cuffIn, scale(cuff.down, least - drop));
  // over the shoulder the outline goes on as it came
  const inwards = body.shoulders.at(arm.side < 0 ? 0 : 1, distance(arm.tip, frame.midShoulder) * 0.8);
  const leave = unit(mix(unit(sub(arm.tip, inwards)), cuff.down, 0.45));
  const outerSource = outerEdge(strip, root[0], tip);
  // the inner edge runs straight
  const sourceCuff = add(section.centre, scale(section.outer, -section.innerHalf));
  let outs = stations.map((station, j) => {
    const f = j / rowCount;
    const out = hermite(arm.tip, cuffOut, leave, cuff.down, f);
    // never inside the arm that it covers
    const off = dot(sub(out, station.centre), station.outer);
    const lacking = station.out + frame.shoulderWidth * clothThickness - off;
    return lacking > 0 ? add(out, scale(station.outer, lacking * smooth(0, 0.3, f))) : out;
  });
  for (let round = 0; round < 4; round += 1)
    outs = outs.map((q, j) => (j === 0 || j === rowCount ? q : mix(q, mix(outs[j - 1]!, outs[j + 1]!, 0.5), 0.5)));
  const mesh: Mesh = { source: [], target: [] };
  for (let j = 0; j <= rowCount; j += 1) {
    const f = j / rowCount;
    const out = outs[j]!;
    const inn = mix(armpit, cuffIn, f);
    const sourceOut = outerSource[j]!;
    const sourceIn = mix(root[1], sourceCuff, f);
    const steps = Array.from({ length: columnCount + 1 }, (_, k) =>
      k === 0 ? -0.06 : k === columnCount ? 1 + 0.06 * f : (k - 1) / (columnCount - 2),
    );
    mesh.source.push(steps.map((e) => mix(sourceOut, sourceIn, e)));
    mesh.target.push(
      steps.map((e) => {
        // a cuff hangs round the arm: its middle is lower than its ends
        const sag = frame.shoulderWidth * 0.018 * f * 4 * clamp(e) * (1 - clamp(e));
        return add(mix(out, inn, e), scale(cuff.down, sag));
      }),
    );
  }
  return mesh;
}
