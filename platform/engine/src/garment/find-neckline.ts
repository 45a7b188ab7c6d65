/** The front neckline of a top: everything above it is the inside of the back, a label or a hanger, and must not be drawn on a throat. */
import { components } from "../raster/components.ts";
import { clamp, median, smooth } from "../raster/scalars.ts";
import type { Vec } from "../types.ts";
import type { CutOut } from "./cut-out.ts";
import { dropInnerBack } from "./drop-inner-back.ts";
import { findLabel } from "./find-label.ts";
import { measureLabelRest } from "./measure-label-rest.ts";
import { neckCorner } from "./neck-corner.ts";
import type { Silhouette } from "./silhouette.ts";
import { cutWithin, traceNeckline } from "./trace-neckline.ts";

export interface Neckline {
  front: Vec;
  /** side neck points, moved to the upper corners of the front's own cloth */
  neck: readonly [Vec, Vec];
  /** 0-1 */
  confidence: number;
}

interface Curve {
  score: number;
  depth: number;
  profile: (t: number) => number;
  halfWidth: number;
}

/** V, round, boat, and the steep-sided scoop; 1 in the middle, 0 at the side neck points */
const profiles: Curve["profile"][] = [
  (t) => 1 - Math.abs(t) ** 1.15,
  (t) => 1 - t * t,
  (t) => 1 - Math.abs(t) ** 3,
  (t) => Math.sqrt(Math.max(0, 1 - t * t)),
];
const widths = [0.72, 0.8, 0.88, 0.96, 1.02];
/** how far beyond the side neck points the back's inside may show, shares of the neck's half width */
const flankReach = 0.35;
/** below it the change is no more than the cloth's own texture */
const minScore = 3.2;
/** from here on the change is a neckline beyond doubt */
const sureScore = 12;
/** how far below a label the neckline is looked for: least, and from there on; shares of the garment's height */
const underLabel = [0.004, 0.012] as const;
/** a curve below this score may be a ribbed band's lower edge; how high bands are, shares of the garment's height */
const faintScore = 6;
const bandHeight = [0.02, 0.075] as const;
/** rows that are averaged, and Lab lightness by which the inside is darker */
const bandStep = 8;
const leastShade = 1.4;
/** a neckline's coloured trim ends above this share of the garment's height */
const trimHeight = 0.05;
/** of the garment's height: how far below the cut specks of a label in the back are looked for */
const deepestRest = 0.022;
const roundProfiles = profiles.slice(2, 3);
const roundWidths = [0.78, 0.84];

const colorGap = (lab: Float32Array, i: number, j: number) =>
  Math.hypot(lab[i * 3]! - lab[j * 3]!, lab[i * 3 + 1]! - lab[j * 3 + 1]!, lab[i * 3 + 2]! - lab[j * 3 + 2]!);

const share = (values: number[], at: number) => values.sort((a, b) => a - b)[Math.floor(values.length * at)] ?? 0;

/** Median Lab of the pixels. */
const middleOf = (lab: Float32Array, pixels: number[]) =>
  [0, 1, 2].map((k) => median(pixels.map((i) => lab[i * 3 + k]!)));

const gapOf = (a: number[], b: number[]) => Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!, a[2]! - b[2]!);

/**
 * How much the curve y = top + depth · profile(t) looks like a front neckline: the picture changes across it, mostly
 * where it changes least; what is above is of another colour than what is below; and below is one cloth, not a print.
 */
function curveScore(
  { lab, alpha }: CutOut,
  shape: Silhouette,
  centreX: number,
  top: number,
  curve: Omit<Curve, "score">,
) {
  const { width, height } = shape;
  const changes: number[] = [];
  const behind: number[] = [];
  const front: number[] = [];
  for (let k = -14; k <= 14; k += 1) {
    const t = k / 15;
    const x = Math.round(centreX + t * curve.halfWidth);
    const rise = curve.profile(t);
    const y = Math.round(top + curve.depth * rise);
    if (y < 3 || y >= height - 6 || x < 0 || x >= width) continue;
    const above = (y - 2) * width + x;
    const below = (y + 2) * width + x;
    if (alpha[below]! < 0.5) return 0;
    // at the outer contour the picture still holds the background's colour: an edge there proves nothing
    if (y < 6 || alpha[(y - 5) * width + x]! < 0.5) continue;
    changes.push(Math.min(25, colorGap(lab, above, below)));
    front.push((y + 5) * width + x);
    const higher = Math.round(top + curve.depth * rise * 0.75) * width + x;
    if (alpha[higher]! > 0.5) behind.push(higher);
  }
  if (changes.length < 12) return 0;
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  const cloth = middleOf(lab, front);
  const mixed = share(
    front.map((i) => gapOf([lab[i * 3]!, lab[i * 3 + 1]!, lab[i * 3 + 2]!], cloth)),
    0.7,
  );
  const inner = middleOf(lab, behind);
  // the inside of a back lies in the garment's own shade: what is lighter than the cloth below is a facing or a label
  const isShaded = behind.length > 6 && inner[0]! < cloth[0]! + 2;
  const apart = isShaded ? Math.min(20, gapOf(inner, cloth)) : 0;
  const lit = behind.length > 6 && !isShaded ? 0.4 : 1;
  const tooDeep = Math.max(0, curve.depth / (shape.bottom - shape.top) - 0.14);
  return lit * (share(changes, 0.3) + 0.35 * mean) + 0.5 * apart - 0.6 * mixed - 25 * tooDeep;
}

function bestCurve(
  cut: CutOut,
  shape: Silhouette,
  centreX: number,
  top: number,
  halfWidth: number,
  contour: number,
): Curve | null {
  const height = shape.bottom - shape.top;
  const from = Math.max(height * 0.03, contour - top + height * 0.015);
  const measured = (shapes: typeof profiles, parts: number[], least: number, most: number) => {
    const curves: Curve[] = [];
    for (const part of parts)
      for (const profile of shapes)
        for (let depth = least; depth < most; depth += Math.max(1, height * 0.006)) {
          const curve = { depth, profile, halfWidth: halfWidth * part };
          curves.push({ ...curve, score: curveScore(cut, shape, centreX, top, curve) });
        }
    return curves.sort((one, other) => other.score - one.score);
  };
  const curves = measured(profiles, widths, from, height * 0.26);
  const best = curves[0] && curves[0].score >= minScore ? curves[0] : null;
  const label = findLabel(cut, shape, centreX, halfWidth, contour);
  const isBelowLabel = label === null || (best !== null && best.depth > label - top - height * 0.01);
  // two straight lines under a label are its own corners, unless the change is clear
  const isCorner = label !== null && best?.profile === profiles[0] && (best?.score ?? 0) < sureScore;
  if (label !== null && (!isBelowLabel || isCorner)) {
    // a label is sewn into the back: the front's round neckline lies a little below it, however faint
    const least = Math.max(from, label - top + height * underLabel[0]);
    return measured(roundProfiles, roundWidths, least, least + height * underLabel[1])[0] ?? best;
  }
  if (!best) return null;
  if (best.score < faintScore) return raisedToBand(cut, shape, centreX, top, best);
  // a collar has an upper and a lower edge: the lower of two nearly equal ones is the front's
  return (
    curves.find(
      (curve) =>
        curve.score > best.score * 0.86 && curve.depth > best.depth && curve.depth < best.depth + height * 0.04,
    ) ?? best
  );
}

/**
 * Of a faint change the lower edge of a ribbed band is seen sooner than its upper one: the curve moves up to where the
 * cloth, its texture averaged, turns into the shade of the back's inside.
 */
function raisedToBand({ lab, alpha }: CutOut, shape: Silhouette, centreX: number, top: number, curve: Curve): Curve {
  const height = shape.bottom - shape.top;
  const most = Math.round(height * bandHeight[1]);
  const lights = Array.from({ length: most + bandStep }, (_, k) => {
    const row: number[] = [];
    for (let s = -10; s <= 10; s += 1) {
      const x = Math.round(centreX + (s / 14) * curve.halfWidth);
      const i = Math.round(top + curve.depth * curve.profile(s / 14) - k) * shape.width + x;
      if (i >= 0 && alpha[i]! > 0.5) row.push(lab[i * 3]!);
    }
    return row.length > 10 ? median(row) : Number.NaN;
  });
  const mean = (from: number, to: number) => lights.slice(from, to).reduce((sum, l) => sum + l, 0) / (to - from);
  let best = { rise: 0, drop: leastShade };
  for (let k = Math.round(height * bandHeight[0]); k < most; k += 1) {
    const drop = mean(k - bandStep, k) - mean(k, k + bandStep);
    if (drop > best.drop) best = { rise: k, drop };
  }
  return best.rise === 0 ? curve : { ...curve, depth: curve.depth - best.rise };
}

/** Pixels of the front, `drop` rows below the curve. */
function clothBelow(curve: Curve, centreX: number, top: number, width: number, drop: number): number[] {
  const { halfWidth, depth, profile } = curve;
  return Array.from({ length: 19 }, (_, k) => {
    const t = (k - 9) / 12;
    return Math.round(top + depth * profile(t) + drop) * width + Math.round(centreX + t * halfWidth);
  });
}

/** Cuts the alpha above the front neckline, in place. */
export function cutNeckline(cut: CutOut, shape: Silhouette, neck: readonly [Vec, Vec]): Neckline {
  const { alpha } = cut;
  const { width, height } = shape;
  const centreX = (neck[0][0] + neck[1][0]) / 2;
  const top = (neck[0][1] + neck[1][1]) / 2;
  const halfWidth = (neck[1][0] - neck[0][0]) / 2;
  const contour = shape.topAt(centreX);
  const curve = bestCurve(cut, shape, centreX, top, halfWidth, contour);
  const bodyHeight = shape.bottom - shape.top;
  const corner = (k: 0 | 1) => neckCorner(cut, shape, centreX, (k === 0 ? -1 : 1) * halfWidth) ?? neck[k];
  const corners = () => [corner(0), corner(1)] as const;
  if (!curve) {
    // the contour itself already dips like a front neckline: nothing lies behind it
    const dips = contour - top > bodyHeight * 0.035;
    return { front: [centreX, contour], neck: dips ? corners() : neck, confidence: dips ? 0.8 : 0.45 };
  }
  const before = Float32Array.from(alpha);
  const last = Math.min(height - 1, Math.ceil(top + curve.depth + 3));
  const lineAt = (x: number) => top + curve.depth * curve.profile((x - centreX) / curve.halfWidth);
  const cloth = clothBelow(curve, centreX, top, width, 6);
  const rough = { centreX, top, halfWidth: curve.halfWidth, lineAt, cloth };
  const traced = traceNeckline(cut, rough);
  if (traced) cutWithin(cut, rough, traced, shape.top);
  else cutAbove(alpha, width, [centreX - curve.halfWidth, centreX + curve.halfWidth], [shape.top, last], lineAt);
  const box = {
    left: Math.max(1, Math.floor(neck[0][0] - halfWidth * flankReach)),
    right: Math.min(width - 2, Math.ceil(neck[1][0] + halfWidth * flankReach)),
    top: Math.max(1, shape.top),
    bottom: last,
  };
  const belowTrim = clothBelow(curve, centreX, top, width, Math.round(bodyHeight * trimHeight));
  dropInnerBack(cut, { before, box, cloth, belowTrim }, width);
  const rest = measureLabelRest(cut, width, centreX, curve.halfWidth, lineAt, Math.round(bodyHeight * deepestRest));
  if (rest > 0) {
    const columns = [centreX - curve.halfWidth, centreX + curve.halfWidth] as const;
    cutAbove(alpha, width, columns, [shape.top, last + rest], (x) => lineAt(x) + rest);
  }
  dropCrumbs(alpha, width, height);
  return { front: [centreX, top + curve.depth], neck: corners(), confidence: clamp(0.4 + curve.score / 25, 0, 1) };
}

/** Takes what lies above a line out of the alpha, in place. */
function cutAbove(
  alpha: Float32Array,
  width: number,
  [left, right]: readonly [number, number],
  [top, bottom]: readonly [number, number],
  lineAt: (x: number) => number,
) {
  for (let y = top; y <= bottom; y += 1)
    for (let x = Math.max(0, Math.floor(left)); x <= Math.min(width - 1, right); x += 1)
      alpha[y * width + x] = alpha[y * width + x]! * smooth(-1.5, 1.5, y - lineAt(x));
}

/** What the cut has separated from the garment goes too. */
function dropCrumbs(alpha: Float32Array, width: number, height: number) {
  const solid = Uint8Array.from(alpha, (v) => (v > 0.3 ? 1 : 0));
  const { labels, sizes } = components(solid, width, height);
  const biggest = Math.max(...sizes);
  for (let i = 0; i < alpha.length; i += 1) {
    if (labels[i]! > 0 && sizes[labels[i]!]! < biggest * 0.05) alpha[i] = 0;
  }
}
