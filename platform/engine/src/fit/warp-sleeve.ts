/** A sleeve as a mesh along the arm. */
import {
  add,
  clamp,
  distance,
  dot,
  lerp,
  mix,
  perpendicular,
  resample,
  scale,
  segmentDistance,
  smooth,
  sub,
  unit,
} from "../raster/scalars.ts";
import type { LimbStrip, TopGarment, Vec } from "../types.ts";
import type { Arm, BodyTarget } from "./body-target.ts";
import type { Canvas, Layer } from "./canvas.ts";
import { readMap } from "./canvas.ts";
import type { Mesh } from "./draw-grid.ts";

const sleeveSections = 16;

export interface SleevePlan {
  arm: Arm;
  strip: LimbStrip;
  armpit: Vec;
  root: readonly [Vec, Vec];
  /** share of the arm */
  frac: number;
}

/** Share of the arm that a sleeve reaches down to. */
export function sleeveShare(garment: TopGarment, strip: LimbStrip) {
  const chest = distance(garment.armpit[0], garment.armpit[1]);
  const tipY = (garment.shoulderTip[0][1] + garment.shoulderTip[1][1]) / 2;
  const share = (strip.length / Math.max(garment.hemY - tipY, chest * 1.2)) * 1.05;
  return share > 0.8 ? 1 : share;
}

/** Share of the arm over which the sleeve turns from the armhole's slant to square across the arm. */
const fanShare = (frac: number) => Math.min(frac * 0.6, 0.3);

/** How far the sleeve reaches to both sides of its middle line at one section. */
function measureSection(
  canvas: Canvas,
  body: BodyTarget,
  size: number,
  { arm, strip, armpit, frac }: SleevePlan,
  line: Vec[],
  start: Vec,
  j: number,
) {
  const width = body.frame.shoulderWidth;
  const centre = line[j]!;
  const f = j / sleeveSections;
  const along = unit(sub(line[Math.min(sleeveSections, j + 1)]!, line[Math.max(0, j - 1)]!));
  const across = perpendicular(along);
  const outer =
    dot(across, scale(body.frame.across, arm.side)) - dot(across, body.frame.down) * 0.6 < 0
      ? scale(across, -1)
      : across;
  const fan = smooth(0, 1, (f * frac) / fanShare(frac));
  const outDirection = unit(mix(unit(sub(arm.tip, start)), outer, fan));
  const inDirection = unit(mix(unit(sub(armpit, start)), scale(outer, -1), fan));
  const nominal = width * lerp(0.125, 0.07, clamp(f * frac));
  const section = strip.sections[j]!;
  const own = ((section.outerHalf + section.innerHalf) / 2) * size;
  // the cloth leaves the body's outline gradually from the shoulder down
  const looseness = lerp(1.04, 1.25, smooth(0.2, 0.8, f));
  const reach = (direction: Vec, expected: number) => {
    let t = 0;
    while (
      t < width * 0.3 &&
      readMap(canvas, canvas.person, centre[0] + direction[0] * t, centre[1] + direction[1] * t) > 0.5
    )
      t += 1;
    const measured = t < width * 0.285 ? clamp(t, expected * 0.75, expected * 1.25) : expected;
    return Math.max(measured * 1.04 + 1, Math.min(own, measured * looseness));
  };
  const out = f === 0 ? distance(arm.tip, start) : lerp(distance(arm.tip, start), reach(outDirection, nominal), fan);
  const inn = f === 0 ? distance(armpit, start) : lerp(distance(armpit, start), reach(inDirection, nominal), fan);
  return { centre, outDirection, inDirection, out, inn };
}

export function sleeveMesh(
  canvas: Canvas,
  body: BodyTarget,
  size: number,
  { arm, strip, armpit, root, frac }: SleevePlan,
): Mesh {
  const start = mix(arm.tip, armpit, 0.5);
  let path = resample(
    [
      start,
      mix(mix(arm.shoulder, arm.elbow, 0.35), start, 0.25),
      mix(arm.shoulder, arm.elbow, 0.7),
      arm.elbow,
      mix(arm.elbow, arm.wrist, 0.5),
      mix(arm.elbow, arm.wrist, 1.05),
    ],
    40,
  );
  for (let round = 0; round < 4; round += 1) {
    path = path.map((q, k) => (k === 0 || k === 40 ? q : mix(q, mix(path[k - 1]!, path[k + 1]!, 0.5), 0.5)));
  }
  const used = Math.max(2, Math.round(40 * Math.min(0.985, frac)));
  const line = resample(path.slice(0, used + 1), sleeveSections);
  const mesh: Mesh = { source: [], target: [] };
  const halves = line.map((_, j) =>
    measureSection(canvas, body, size, { arm, strip, armpit, root, frac }, line, start, j),
  );
  for (let round = 0; round < 3; round += 1)
    for (let j = 1; j < sleeveSections; j += 1) {
      halves[j]!.out = (halves[j - 1]!.out + 2 * halves[j]!.out + halves[j + 1]!.out) / 4;
      halves[j]!.inn = (halves[j - 1]!.inn + 2 * halves[j]!.inn + halves[j + 1]!.inn) / 4;
    }
  const rows = halves.map(({ centre, outDirection, inDirection, out, inn }, j) => {
    const section = strip.sections[j]!;
    const blend = smooth(0, 0.2, j / sleeveSections);
    const moved = sub(section.centre, strip.sections[0]!.centre);
    return {
      sourceOut: mix(add(root[0], moved), add(section.centre, scale(section.outer, section.outerHalf)), blend),
      sourceIn: add(section.centre, scale(section.outer, -section.innerHalf)),
      targetOut: add(centre, scale(outDirection, out)),
      targetIn: add(centre, scale(inDirection, inn)),
    };
  });
  straightenSeam(rows, root[1], armpit, frac);
  for (const { sourceOut, sourceIn, targetOut, targetIn } of rows) {
    const steps = Array.from({ length: 11 }, (_, k) => (k === 0 ? -0.06 : k === 10 ? 1.06 : (k - 1) / 8));
    mesh.source.push(steps.map((e) => mix(sourceOut, sourceIn, e)));
    mesh.target.push(steps.map((e) => mix(targetOut, targetIn, e)));
  }
  return mesh;
}

/** From the armpit to where the sleeve stands square to the arm its inner edge runs straight: sections that fan out fold over each other there. */
function straightenSeam(rows: { sourceIn: Vec; targetIn: Vec }[], source: Vec, target: Vec, frac: number) {
  const last = Math.min(sleeveSections, Math.ceil((sleeveSections * fanShare(frac)) / frac));
  const end = rows[last]!;
  for (let j = 0; j < last; j += 1) {
    rows[j]!.sourceIn = mix(source, end.sourceIn, j / last);
    rows[j]!.targetIn = mix(target, end.targetIn, j / last);
  }
}

/** The sleeve lies over the trunk; a long one only where the arm is. */
export function layOver(canvas: Canvas, under: Layer, over: Layer, arm: Arm | null, shoulderWidth: number) {
  for (let i = 0; i < over.alpha.length; i += 1) {
    let b = over.alpha[i]!;
    if (b <= 0) continue;
    const a = under.alpha[i]!;
    if (a > 0.5)
      b *= arm
        ? nearArm(arm, shoulderWidth, i % canvas.width, Math.floor(i / canvas.width))
        : softness(over.alpha, i, canvas.width);
    const both = b + a * (1 - b);
    if (both <= 0) continue;
    for (let k = 0; k < 3; k += 1)
      under.rgb[i * 3 + k] = (over.rgb[i * 3 + k]! * b + under.rgb[i * 3 + k]! * a * (1 - b)) / both;
    under.alpha[i] = both;
  }
}

/** Half at a mesh's edge, whose triangles end in steps; 1 inside. */
function softness(alpha: Float32Array, i: number, width: number) {
  let sum = 0;
  for (let row = i - width; row <= i + width; row += width)
    for (let at = row - 1; at <= row + 1; at += 1) sum += alpha[at] ?? 0;
  return clamp((sum / 9 - 1 / 3) * 1.5);
}

function nearArm(arm: Arm, width: number, x: number, y: number) {
  return Math.max(
    smooth(1.12, 0.96, segmentDistance(x, y, arm.shoulder, arm.elbow) / (width * 0.135)),
    smooth(1.12, 0.96, segmentDistance(x, y, arm.elbow, arm.wrist) / (width * 0.115)),
  );
}
