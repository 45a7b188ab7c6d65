/** A top's trunk and sleeves as meshes on the person. */
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
  smooth,
  sub,
  unit,
} from "../raster/scalars.ts";
import type { LimbStrip, TopGarment, Vec } from "../types.ts";
import type { Arm, BodyTarget } from "./body-target.ts";
import type { Canvas, Layer } from "./canvas.ts";
import { emptyLayer, readMap } from "./canvas.ts";
import type { Mesh } from "./draw-grid.ts";
import { drawGrid } from "./draw-grid.ts";

const columns = 20;
const shoulderRows = 10;
const sleeveSections = 16;

export interface TopPlacement {
  layer: Layer;
  /** v of the hem and of the armpits, torso lengths below the shoulders */
  hemV: number;
  armpitV: number;
  /** per side: share of the arm that the sleeve covers, 0 without one */
  cover: readonly [number, number];
  neckHalf: number;
  warnings: string[];
}

interface Plan {
  scale: number;
  hemV: number;
  armpitV: number;
  neck: readonly [Vec, Vec];
  tip: readonly [Vec, Vec];
  neckHalf: number;
}

/** v of the lowest row that the worn top covers around the axis. */
function oldHem(canvas: Canvas, body: BodyTarget) {
  let lowest = 0;
  for (let v = 0.5; v < 1.6; v += 0.02) {
    const { centre, across } = body.trunk(v);
    let covered = 0;
    for (let k = -14; k <= 14; k += 1) {
      const q = add(centre, scale(across, (k / 20) * body.half(v, k < 0 ? 0 : 1)));
      if (readMap(canvas, canvas.oldTop, q[0], q[1]) > 0.5) covered += 1;
    }
    if (covered / 29 > 0.35) lowest = v;
  }
  return lowest;
}

/** Sizes and places: by the shoulders across, by the garment's own length ratio down. */
function planTop(canvas: Canvas, garment: TopGarment, body: BodyTarget, warnings: string[]): Plan {
  const { frame, arms, neckSide, tipWidth } = body;
  const chest = distance(garment.armpit[0], garment.armpit[1]);
  const shoulders = distance(garment.shoulderTip[0], garment.shoulderTip[1]);
  const hasSleeve = garment.sleeveKind !== "none";
  const size = hasSleeve
    ? Math.min((tipWidth * 0.96) / shoulders, (frame.shoulderWidth * 1.14) / chest)
    : tipWidth / Math.max(shoulders, chest * 0.84);
  const tipY = (garment.shoulderTip[0][1] + garment.shoulderTip[1][1]) / 2;
  const armpitY = garment.rows[0]!.y;
  const tipV = dot(sub(mix(arms[0].tip, arms[1].tip, 0.5), frame.midShoulder), frame.down) / frame.torsoLength;
  const deep = tipV + ((armpitY - tipY) * size) / frame.torsoLength;
  const armpitV = hasSleeve ? clamp(deep, 0.19, 0.27) : clamp(deep, 0.2, 0.34);
  const neckY = (garment.neck[0][1] + garment.neck[1][1]) / 2;
  const ratio = (garment.hemY - neckY) / Math.max(chest, shoulders * 0.95);
  const wanted = clamp(1.02 + (ratio - 1.25) * (ratio < 1.25 ? 0.75 : 0.16), 0.5, 1.3);
  const old = oldHem(canvas, body);
  let hemV = wanted;
  if (wanted < old + 0.01 && old - wanted < 0.35) {
    hemV = old + 0.015;
    if (hemV - wanted > 0.06) warnings.push("garment_lengthened_to_cover_original");
  } else if (wanted < old) warnings.push("original_garment_visible_below_hem");
  const neckHalf = clamp(
    ((garment.neck[1][0] - garment.neck[0][0]) / 2) * size,
    frame.shoulderWidth * 0.16,
    tipWidth * 0.46,
  );
  const tip = arms.map((arm, k) => {
    if (hasSleeve) return arm.tip;
    const share = clamp((Math.abs(garment.shoulderTip[k]![0] - garment.axisX) * size) / (tipWidth / 2), 0.3, 1);
    return mix(neckSide[k]!, arm.tip, shareAlong(body, neckSide[k]!, arm.tip, (tipWidth / 2) * share));
  }) as [Vec, Vec];
  const neck = arms.map((_, k) => {
    const onLine = mix(
      neckSide[k]!,
      arms[k]!.tip,
      shareAlong(body, neckSide[k]!, arms[k]!.tip, Math.min(neckHalf, lateral(body, tip[k]!) * 0.93)),
    );
    return add(onLine, scale(frame.down, -frame.shoulderWidth * 0.015));
  }) as [Vec, Vec];
  return { scale: size, hemV: Math.min(hemV, 1.75), armpitV, neck, tip, neckHalf };
}

const lateral = ({ frame }: BodyTarget, point: Vec) => Math.abs(dot(sub(point, frame.midShoulder), frame.across));

/** Where on the line from a to b the distance from the axis is `wanted`, 0-1. */
function shareAlong(body: BodyTarget, a: Vec, b: Vec, wanted: number) {
  const [from, to] = [lateral(body, a), lateral(body, b)];
  return clamp((wanted - from) / (to - from + 1e-6));
}

/** A point of the line neck-tip on the side of u, both sides joined over the neck. */
function onShoulderLine(u: number, neckShare: number, neck: readonly [Vec, Vec], tip: readonly [Vec, Vec]): Vec {
  const k = u < 0 ? 0 : 1;
  const a = Math.abs(u);
  return a <= neckShare
    ? mix(mix(neck[0], neck[1], 0.5), neck[k], a / neckShare)
    : mix(neck[k], tip[k], (a - neckShare) / (1 - neckShare));
}

/** The trunk's width on the person at each row of the garment. */
function targetRows(garment: TopGarment, body: BodyTarget, plan: Plan) {
  const first = garment.rows[0]!.y;
  const rows = garment.rows.map((row, j) => {
    const v = lerp(plan.armpitV, plan.hemV, (row.y - first) / (garment.hemY - first));
    const own = ((row.right - row.left) / 2) * plan.scale;
    const reach = ([0, 1] as const).map((side) => {
      const half = body.half(v, side);
      if (j === 0) return Math.max(half, Math.min(own, half * 1.12));
      return body.isArmLimited(v, side)
        ? Math.max(half * 1.02 + 1, Math.min(own, half * 1.03))
        : Math.max(half * 1.025, Math.min(own, half * 1.14));
    }) as [number, number];
    return { row, reach, ...body.trunk(v) };
  });
  for (let round = 0; round < 2; round += 1)
    for (let j = 1; j < rows.length - 1; j += 1)
      for (const k of [0, 1] as const)
        rows[j]!.reach[k] = (rows[j - 1]!.reach[k] + 2 * rows[j]!.reach[k] + rows[j + 1]!.reach[k]) / 4;
  return rows;
}

/** The shoulder line follows the person's own contour between neck and tip. */
function followContour(canvas: Canvas, { frame }: BodyTarget, point: Vec, share: number): Vec {
  const { shoulderWidth, down } = frame;
  const inside = add(point, scale(down, shoulderWidth * 0.1));
  if (readMap(canvas, canvas.person, inside[0], inside[1]) < 0.5) return point;
  let t = 0;
  while (
    t < shoulderWidth * 0.2 &&
    readMap(canvas, canvas.person, inside[0] - down[0] * t, inside[1] - down[1] * t) > 0.5
  )
    t += 1;
  const lift = clamp(t - shoulderWidth * 0.1, -shoulderWidth * 0.05, shoulderWidth * 0.05);
  return add(point, scale(down, -(lift + shoulderWidth * 0.004) * Math.sin(Math.PI * clamp(share))));
}

function trunkMesh(
  canvas: Canvas,
  garment: TopGarment,
  body: BodyTarget,
  plan: Plan,
): { mesh: Mesh; armpits: [Vec, Vec] } {
  const us = Array.from({ length: columns + 1 }, (_, c) => -1 + (2 * c) / columns);
  const rows = targetRows(garment, body, plan);
  const first = rows[0]!;
  const armpits: [Vec, Vec] = [
    add(first.centre, scale(first.across, -first.reach[0])),
    add(first.centre, scale(first.across, first.reach[1])),
  ];
  const neckShares = ([0, 1] as const).map((k) =>
    clamp(
      Math.abs(garment.neck[k][0] - garment.axisX) / Math.abs(garment.shoulderTip[k][0] - garment.axisX + 1e-6),
      0.08,
      0.96,
    ),
  );
  const mesh: Mesh = { source: [], target: [] };
  const shareOf = (u: number) => neckShares[u < 0 ? 0 : 1]!;
  const armpitSource = us.map(
    (u): Vec => mix([first.row.left, garment.armpit[0][1]], [first.row.right, garment.armpit[1][1]], (u + 1) / 2),
  );
  const armpitTarget = us.map((u) => mix(armpits[0], armpits[1], (u + 1) / 2));
  for (let j = 0; j < shoulderRows; j += 1) {
    const f = j / shoulderRows;
    mesh.source.push(
      us.map((u, c) => mix(onShoulderLine(u, shareOf(u), garment.neck, garment.shoulderTip), armpitSource[c]!, f)),
    );
    mesh.target.push(
      us.map((u, c) => {
        const point = onShoulderLine(u, shareOf(u), plan.neck, plan.tip);
        const share = (Math.abs(u) - shareOf(u)) / (1 - shareOf(u));
        return mix(share > 0 ? followContour(canvas, body, point, share) : point, armpitTarget[c]!, f);
      }),
    );
  }
  for (const [j, { row, centre, across, reach }] of rows.entries()) {
    const overshoot = j < 2 ? 1 : 1.03;
    mesh.source.push(
      us.map((u, c): Vec => (j === 0 ? armpitSource[c]! : [lerp(row.left, row.right, (u * overshoot + 1) / 2), row.y])),
    );
    mesh.target.push(us.map((u) => add(centre, scale(across, u * overshoot * (u < 0 ? reach[0] : reach[1])))));
  }
  // a little beyond the hem, so that its edge is drawn whole
  mesh.source.push(mesh.source.at(-1)!.map((q): Vec => [q[0], q[1] + 6]));
  mesh.target.push(mesh.target.at(-1)!.map((q) => add(q, scale(body.frame.down, 6 * plan.scale))));
  return { mesh, armpits };
}

interface SleevePlan {
  arm: Arm;
  strip: LimbStrip;
  armpit: Vec;
  root: readonly [Vec, Vec];
  /** share of the arm */
  frac: number;
}

/** Share of the arm that a sleeve reaches down to. */
function sleeveShare(garment: TopGarment, strip: LimbStrip) {
  const chest = distance(garment.armpit[0], garment.armpit[1]);
  const tipY = (garment.shoulderTip[0][1] + garment.shoulderTip[1][1]) / 2;
  const share = (strip.length / Math.max(garment.hemY - tipY, chest * 1.2)) * 1.05;
  return share > 0.8 ? 1 : share;
}

function sleeveMesh(
  canvas: Canvas,
  body: BodyTarget,
  size: number,
  { arm, strip, armpit, root, frac }: SleevePlan,
): Mesh {
  const width = body.frame.shoulderWidth;
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
  const halves = line.map((centre, j) => {
    const f = j / sleeveSections;
    const along = unit(sub(line[Math.min(sleeveSections, j + 1)]!, line[Math.max(0, j - 1)]!));
    const across = perpendicular(along);
    const outer =
      dot(across, scale(body.frame.across, arm.side)) - dot(across, body.frame.down) * 0.6 < 0
        ? scale(across, -1)
        : across;
    const fan = smooth(0, 1, (f * frac) / Math.min(frac * 0.6, 0.3));
    const outDirection = unit(mix(unit(sub(arm.tip, start)), outer, fan));
    const inDirection = unit(mix(unit(sub(armpit, start)), scale(outer, -1), fan));
    const nominal = width * lerp(0.125, 0.07, clamp(f * frac));
    const section = strip.sections[j]!;
    const own = ((section.outerHalf + section.innerHalf) / 2) * size;
    const reach = (direction: Vec, expected: number) => {
      let t = 0;
      while (
        t < width * 0.3 &&
        readMap(canvas, canvas.person, centre[0] + direction[0] * t, centre[1] + direction[1] * t) > 0.5
      )
        t += 1;
      const measured = t < width * 0.285 ? clamp(t, expected * 0.75, expected * 1.25) : expected;
      return Math.max(measured * 1.04 + 1, Math.min(own, measured * 1.25));
    };
    const out = f === 0 ? distance(arm.tip, start) : lerp(distance(arm.tip, start), reach(outDirection, nominal), fan);
    const inn = f === 0 ? distance(armpit, start) : lerp(distance(armpit, start), reach(inDirection, nominal), fan);
    return { centre, outDirection, inDirection, out, inn };
  });
  for (let round = 0; round < 3; round += 1)
    for (let j = 1; j < sleeveSections; j += 1) {
      halves[j]!.out = (halves[j - 1]!.out + 2 * halves[j]!.out + halves[j + 1]!.out) / 4;
      halves[j]!.inn = (halves[j - 1]!.inn + 2 * halves[j]!.inn + halves[j + 1]!.inn) / 4;
    }
  for (const [j, { centre, outDirection, inDirection, out, inn }] of halves.entries()) {
    const section = strip.sections[j]!;
    const blend = smooth(0, 0.2, j / sleeveSections);
    const moved = sub(section.centre, strip.sections[0]!.centre);
    const sourceOut = mix(add(root[0], moved), add(section.centre, scale(section.outer, section.outerHalf)), blend);
    const sourceIn = mix(add(root[1], moved), add(section.centre, scale(section.outer, -section.innerHalf)), blend);
    const targetOut = add(centre, scale(outDirection, out));
    const targetIn = add(centre, scale(inDirection, inn));
    const steps = Array.from({ length: 11 }, (_, k) => (k === 0 ? -0.06 : k === 10 ? 1.06 : (k - 1) / 8));
    mesh.source.push(steps.map((e) => mix(sourceOut, sourceIn, e)));
    mesh.target.push(steps.map((e) => mix(targetOut, targetIn, e)));
  }
  return mesh;
}

/** The sleeve lies over the trunk, but only where the arm is. */
function layOver(canvas: Canvas, under: Layer, over: Layer, arm: Arm, shoulderWidth: number) {
  for (let i = 0; i < over.alpha.length; i += 1) {
    let b = over.alpha[i]!;
    if (b <= 0) continue;
    const a = under.alpha[i]!;
    if (a > 0.5) b *= nearArm(arm, shoulderWidth, i % canvas.width, Math.floor(i / canvas.width));
    const both = b + a * (1 - b);
    if (both <= 0) continue;
    for (let k = 0; k < 3; k += 1)
      under.rgb[i * 3 + k] = (over.rgb[i * 3 + k]! * b + under.rgb[i * 3 + k]! * a * (1 - b)) / both;
    under.alpha[i] = both;
  }
}

function nearArm(arm: Arm, width: number, x: number, y: number) {
  const d = (a: Vec, b: Vec, radius: number) => {
    const vx = b[0] - a[0];
    const vy = b[1] - a[1];
    const t = clamp(((x - a[0]) * vx + (y - a[1]) * vy) / (vx * vx + vy * vy + 1e-6));
    return Math.hypot(x - a[0] - t * vx, y - a[1] - t * vy) / radius;
  };
  return Math.max(
    smooth(1.12, 0.96, d(arm.shoulder, arm.elbow, width * 0.135)),
    smooth(1.12, 0.96, d(arm.elbow, arm.wrist, width * 0.115)),
  );
}

/** Draws a top on the person. */
export function warpTop(canvas: Canvas, garment: TopGarment, body: BodyTarget): TopPlacement {
  const warnings: string[] = [];
  const plan = planTop(canvas, garment, body, warnings);
  const layer = emptyLayer(canvas);
  const { mesh, armpits } = trunkMesh(canvas, garment, body, plan);
  drawGrid(canvas, layer, garment.raster, mesh);
  const cover = ([0, 1] as const).map((k) => {
    const strip = garment.sleeves[k];
    if (!strip) return 0;
    const frac = sleeveShare(garment, strip);
    const root = [garment.shoulderTip[k], garment.armpit[k]] as const;
    const sleeve = emptyLayer(canvas);
    drawGrid(
      canvas,
      sleeve,
      garment.raster,
      sleeveMesh(canvas, body, plan.scale, { arm: body.arms[k], strip, armpit: armpits[k], root, frac }),
      strip.alpha,
    );
    layOver(canvas, layer, sleeve, body.arms[k], body.frame.shoulderWidth);
    return Math.min(1, frac);
  }) as [number, number];
  return { layer, hemV: plan.hemV, armpitV: plan.armpitV, cover, neckHalf: plan.neckHalf, warnings };
}
