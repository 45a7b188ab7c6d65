/** A sleeve as a strip: its middle line from the armhole to the cuff, with half-widths. */
import { boxBlur } from "../raster/blur.ts";
import { floats } from "../raster/memory.ts";
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
import type { LimbSection, LimbStrip, Vec } from "../types.ts";
import type { Silhouette } from "./silhouette.ts";

const sectionCount = 16;
/** ratio of two sleeves' cuffs or lengths from which on one of them was misread */
const mostUnlike = 1.3;

/** Distance inside the region from its root line, walking inside only. */
function walkFrom(region: Uint8Array, width: number, height: number, a: Vec, b: Vec) {
  const far = 1e9;
  const out = floats(region.length).fill(far);
  for (let k = 0; k <= 80; k += 1) {
    const [x, y] = mix(a, b, k / 80);
    for (let dy = -2; dy <= 2; dy += 1)
      for (let dx = -3; dx <= 3; dx += 1) {
        const i = (Math.round(y) + dy) * width + Math.round(x) + dx;
        if (region[i]) out[i] = 0;
      }
  }
  const relax = (i: number, j: number, step: number) => {
    if (region[i] && out[j]! + step < out[i]!) out[i] = out[j]! + step;
  };
  for (let sweep = 0; sweep < 5; sweep += 1) {
    for (let i = width + 1; i < region.length - width - 1; i += 1) {
      relax(i, i - 1, 1);
      relax(i, i - width, 1);
      relax(i, i - width - 1, Math.SQRT2);
      relax(i, i - width + 1, Math.SQRT2);
    }
    for (let i = region.length - width - 2; i > width; i -= 1) {
      relax(i, i + 1, 1);
      relax(i, i + width, 1);
      relax(i, i + width + 1, Math.SQRT2);
      relax(i, i + width - 1, Math.SQRT2);
    }
  }
  let longest = 0;
  for (const d of out) if (d < far) longest = Math.max(longest, d);
  return { out, longest, height };
}

function middleLine(walked: Float32Array, longest: number, width: number, from: Vec): Vec[] {
  const bins = clamp(Math.round(longest / 18), 4, 14);
  const sums = Array.from({ length: bins }, () => [0, 0, 0]);
  for (let i = 0; i < walked.length; i += 1) {
    if (walked[i]! > longest) continue;
    const bin = sums[Math.min(bins - 1, Math.floor((walked[i]! / longest) * bins))]!;
    bin[0]! += i % width;
    bin[1]! += Math.floor(i / width);
    bin[2]! += 1;
  }
  const points = sums
    .slice(1)
    .filter((bin) => bin[2]! > 8)
    .map((bin): Vec => [bin[0]! / bin[2]!, bin[1]! / bin[2]!]);
  return [from, ...points];
}

/** Goes on in the line's own direction to the end of the cloth. */
function extendToEnd(points: Vec[], has: Silhouette["has"], reach: number): Vec[] {
  const last = points.at(-1)!;
  const before = points[Math.max(0, points.length - 5)]!;
  const direction = unit(sub(last, before));
  let end = last;
  while (has(Math.round(end[0] + direction[0]), Math.round(end[1] + direction[1])) && distance(end, last) < reach)
    end = add(end, direction);
  return [...points, add(end, scale(direction, 2))];
}

/** The strip of a region that hangs on the line `outer`-`inner`; null when it is too short to be a sleeve. */
export function findStrip(shape: Silhouette, region: Uint8Array, outer: Vec, inner: Vec): LimbStrip | null {
  const { width, height } = shape;
  const { out, longest } = walkFrom(region, width, height, outer, inner);
  if (longest < (shape.right - shape.left) * 0.05) return null;
  const raw = extendToEnd(middleLine(out, longest, width, mix(outer, inner, 0.5)), shape.has, longest * 0.5);
  let line = resample(raw, sectionCount);
  for (let round = 0; round < 2; round += 1) {
    line = line.map((point, k) =>
      k === 0 || k === sectionCount ? point : mix(point, mix(line[k - 1]!, line[k + 1]!, 0.5), 0.6),
    );
  }
  line = resample(line, sectionCount);
  const inside = (p: Vec) => {
    const x = Math.round(p[0]);
    const y = Math.round(p[1]);
    return shape.has(x, y) && region[y * width + x] === 1;
  };
  const ray = (from: Vec, direction: Vec) => {
    const most = (shape.right - shape.left) * 0.4;
    let t = 0;
    while (t < most && (inside(add(from, scale(direction, t))) || t < 3)) t += 1;
    return t;
  };
  const sections: LimbSection[] = [];
  const cuffDirection = unit(sub(line[Math.round(sectionCount * 0.85)]!, line[Math.round(sectionCount * 0.5)]!));
  let at = 0;
  let previous = unit(sub(outer, inner));
  for (const [k, centre] of line.entries()) {
    if (k > 0) at += distance(centre, line[k - 1]!);
    const here = unit(sub(line[Math.min(sectionCount, k + 1)]!, line[Math.max(0, k - 1)]!));
    // a cuff stands square to its sleeve, whatever the last pixels of the cut do to the middle line
    const along = unit(mix(here, cuffDirection, smooth(0.75, 0.9, k / sectionCount)));
    const normal = perpendicular(along);
    const outward = dot(normal, previous) < 0 ? scale(normal, -1) : normal;
    previous = outward;
    sections.push({
      centre,
      outer: outward,
      outerHalf: ray(centre, outward),
      innerHalf: ray(centre, scale(outward, -1)),
      at,
    });
  }
  evenWidths(sections);
  const soft = boxBlur(Float32Array.from(region), width, height, 2);
  return {
    sections,
    length: at,
    alpha: new Uint8Array(soft.length).map((_, i) => Math.round(255 * smooth(0.02, 0.3, soft[i]!))),
  };
}

function evenWidths(sections: LimbSection[]) {
  for (let round = 0; round < 3; round += 1)
    for (let k = 1; k < sections.length - 1; k += 1) {
      const [a, b, c] = [sections[k - 1]!, sections[k]!, sections[k + 1]!];
      b.outerHalf = (a.outerHalf + 2 * b.outerHalf + c.outerHalf) / 4;
      b.innerHalf = (a.innerHalf + 2 * b.innerHalf + c.innerHalf) / 4;
    }
  const last = sections.at(-1)!;
  const before = sections.at(-2)!;
  last.outerHalf = before.outerHalf;
  last.innerHalf = before.innerHalf;
}

/** How much a strip's lower half turns away from its middle, 0 straight. */
function bendOf({ sections }: LimbStrip) {
  const at = (share: number) => sections[Math.round(share * (sections.length - 1))]!.centre;
  return 1 - dot(unit(sub(at(0.65), at(0.3))), unit(sub(at(1), at(0.65))));
}

const cuffOf = ({ sections }: LimbStrip) => sections.at(-1)!.outerHalf + sections.at(-1)!.innerHalf;

/** Two sleeves of one garment are alike: where their strips are not, the straighter one is taken for both. */
export function agreeStrips(
  strips: readonly [LimbStrip | null, LimbStrip | null],
  axisX: number,
): readonly [LimbStrip | null, LimbStrip | null] {
  const [left, right] = strips;
  if (!left || !right) return strips;
  const cuffs = cuffOf(left) / cuffOf(right);
  const lengths = left.length / right.length;
  if (Math.max(cuffs, 1 / cuffs) < mostUnlike && Math.max(lengths, 1 / lengths) < mostUnlike) return strips;
  const flip = ([x, y]: Vec): Vec => [2 * axisX - x, y];
  const mirrored = (strip: LimbStrip, { alpha }: LimbStrip): LimbStrip => ({
    ...strip,
    alpha,
    ...(strip.outline && { outline: { outer: strip.outline.outer.map(flip), cuff: strip.outline.cuff.map(flip) } }),
    sections: strip.sections.map((section) => ({
      ...section,
      centre: flip(section.centre),
      outer: [-section.outer[0], section.outer[1]],
    })),
  });
  return bendOf(left) < bendOf(right) ? [left, mirrored(left, right)] : [mirrored(right, left), right];
}

/** A leg by its rows: simple, for legs hang straight in product pictures. */
export function stripOfRows(rows: { y: number; inner: number; outer: number }[], side: -1 | 1): LimbStrip {
  const first = rows[0]!;
  const sections = Array.from({ length: sectionCount + 1 }, (_, k): LimbSection => {
    const row = rows[Math.min(rows.length - 1, Math.round(lerp(0, rows.length - 1, k / sectionCount)))]!;
    const half = Math.abs(row.outer - row.inner) / 2;
    return {
      centre: [(row.inner + row.outer) / 2, row.y],
      outer: [side, 0],
      outerHalf: half,
      innerHalf: half,
      at: row.y - first.y,
    };
  });
  return { sections, length: (rows.at(-1)?.y ?? first.y) - first.y, alpha: new Uint8Array(0) };
}
