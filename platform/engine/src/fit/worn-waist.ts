/** Where the worn bottom begins, and the labels of its sides put right. Canvas pixels. */
import { medianLab } from "../person/color-model.ts";
import { deltaE, toLab } from "../raster/color.ts";
import { components } from "../raster/components.ts";
import { above } from "../raster/masks.ts";
import { workspace } from "../raster/memory.ts";
import { add, clamp, lerp, median, scale, segmentDistance, smooth } from "../raster/scalars.ts";
import type { PersonAnalysis } from "../types.ts";
import type { Arm, BodyTarget } from "./body-target.ts";
import { armRadiusShare } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { readMap } from "./canvas.ts";

/** v (torso lengths below the shoulders) of a line across the body: at its middle, and how much it falls per half-width. */
export interface WaistLine {
  at: number;
  slope: number;
}

const usualWaist = 0.9;
/** a hem at most so far below the usual waist lies on a waistband, one further down hides it */
const bandReach = 0.1;
/** the new band begins so far under the hem */
const tuck = 0.015;
const steepest = 0.14;
/** a worn sleeve of more than this share of the arm reaches the hips */
const longSleeve = 0.7;
/** how much nearer to the other cloth's colour a pixel must be to be taken for it, CIE Lab */
const clearly = 6;
/** of the arm's usual radius: a loose sleeve, or one whose joints are guessed, lies within */
const sleeveReach = 2.2;
/** shoulder widths around the hand that a cuff may reach over */
const cuffReach = 0.17;
/** of the hips' half-width: further out the top's label is often the bottom's side */
const sides = 0.5;

/** CIE Lab: how unlike the scene a bottom must be, and how near to the scene a pixel of it is */
const unlikeScene = 25;
const sceneReach = 12;
const shadeWeight = 0.5;
/** at the hips' sides, where light falls flat: hues that differ by so much, and how far towards the bottom's one must be */
const leastHue = 6;
const sideHue = 0.45;
/** shoulder widths squared */
const largestIsland = 0.012;

type Lab = readonly [number, number, number];

/** The upper edge of the worn bottom as a straight line; null where it is not seen. */
export function findWornWaist(canvas: Canvas, body: BodyTarget): WaistLine | null {
  const tops: (readonly [number, number])[] = [];
  for (let u = -0.7; u <= 0.71; u += 0.1) {
    for (let v = 0.5; v < 1.35; v += 0.01) {
      const { centre, across } = body.trunk(v);
      const q = add(centre, scale(across, u * body.half(v, u < 0 ? 0 : 1)));
      if (readMap(canvas, canvas.oldBottom, q[0], q[1]) < 0.5) continue;
      // a hand's shadow or a button is no waist: the cloth must go on
      const below = add(q, scale(body.frame.down, body.frame.torsoLength * 0.06));
      if (readMap(canvas, canvas.oldBottom, below[0], below[1]) < 0.5) continue;
      tops.push([u, v]);
      break;
    }
  }
  if (tops.length < 5) return null;
  const slopes = tops.flatMap(([u, v], k) =>
    tops.slice(k + 1).flatMap(([u2, v2]) => (u2 - u > 0.35 ? [(v2 - v) / (u2 - u)] : [])),
  );
  const slope = slopes.length > 0 ? clamp(median(slopes), -steepest, steepest) : 0;
  return { at: median(tops.map(([u, v]) => v - slope * u)), slope };
}

/** Where the new waist goes: under the worn top's hem, or where a waist usually is when the top hangs over it. */
export function placeWaist(worn: WaistLine | null): WaistLine {
  if (!worn || worn.at > usualWaist + bandReach) return { at: usualWaist, slope: 0 };
  return { at: worn.at - tuck, slope: worn.slope };
}

function colorOf({ rgb }: Canvas, map: Float32Array) {
  const samples: number[] = [];
  for (let i = 0; i < map.length; i += 13)
    if (map[i]! > 0.95) samples.push(...toLab(rgb[i * 3]!, rgb[i * 3 + 1]!, rgb[i * 3 + 2]!));
  return medianLab(samples, 30);
}

/** Distance of colours in which folds count little. */
const unlike = (a: Lab, b: Lab) => Math.hypot((a[0] - b[0]) * shadeWeight, a[1] - b[1], a[2] - b[2]);

/** How far a colour has gone from the top's hue to the bottom's, 0-1, whatever the light; 0 where the two have the same. */
function hueShare([, a, b]: Lab, top: Lab, bottom: Lab) {
  const [da, db] = [bottom[1] - top[1], bottom[2] - top[2]];
  const square = da * da + db * db;
  return square < leastHue * leastHue ? 0 : ((a - top[1]) * da + (b - top[2]) * db) / square;
}

/** Buttons and rivets that the top's label took on the bottom go to it. */
function giveIslands({ width, height, oldTop, oldBottom }: Canvas, shoulder: number) {
  const { labels, sizes } = components(above(oldTop, 0.4), width, height);
  const most = shoulder * shoulder * largestIsland;
  for (let i = 0; i < oldTop.length; i += 1) {
    if (labels[i] === 0 || sizes[labels[i]!]! > most) continue;
    oldBottom[i] = oldBottom[i]! + oldTop[i]!;
    oldTop[i] = 0;
  }
}

function isNearForearm(arm: Arm, shoulder: number, x: number, y: number) {
  const { share, along } = armRadiusShare(arm, shoulder, x, y);
  if (along < 0.4) return false;
  return share < sleeveReach || segmentDistance(x, y, arm.wrist, arm.knuckle) < shoulder * cuffReach;
}

/** Between hand and hip and between the legs the labels run over into the scene: what looks like it is it. */
function dropScene({ width, rgb, person, oldBottom }: Canvas, { frame }: BodyTarget, bottom: Lab) {
  const samples: number[] = [];
  const at = (i: number) => toLab(rgb[i * 3]!, rgb[i * 3 + 1]!, rgb[i * 3 + 2]!);
  const from = Math.max(0, Math.round(frame.midHip[1])) * width;
  for (let i = from; i < person.length; i += 17) if (person[i]! < 0.02) samples.push(...at(i));
  const scene = medianLab(samples, 30);
  if (!scene || deltaE(scene, bottom) < unlikeScene) return;
  for (let i = from; i < person.length; i += 1) {
    if (oldBottom[i]! < 0.02) continue;
    const lab = at(i);
    const like = smooth(sceneReach, sceneReach * 0.6, deltaE(lab, scene)) * (deltaE(lab, bottom) > sceneReach ? 1 : 0);
    oldBottom[i] = oldBottom[i]! * (1 - like);
    person[i] = person[i]! * (1 - like);
  }
}

/**
 * Gives the bottom what lies below the top's hem and is no sleeve, and a long sleeve what the bottom's label took of
 * it. Changes both maps in place.
 */
export function settleWorn(
  canvas: Canvas,
  body: BodyTarget,
  { signals }: PersonAnalysis,
  worn: WaistLine | null,
): void {
  if (!worn) return;
  const { width, height, rgb, oldTop, oldBottom } = canvas;
  const { frame, arms } = body;
  const [topLab, bottomLab] = workspace(() => [colorOf(canvas, oldTop), colorOf(canvas, oldBottom)]);
  const labOf = (i: number) => toLab(rgb[i * 3]!, rgb[i * 3 + 1]!, rgb[i * 3 + 2]!);
  const nearer = (i: number) => (topLab && bottomLab ? unlike(labOf(i), bottomLab) - unlike(labOf(i), topLab) : 0);
  const hue = (i: number) => (topLab && bottomLab ? hueShare(labOf(i), topLab, bottomLab) : 0);
  workspace(() => giveIslands(canvas, frame.shoulderWidth));
  if (bottomLab) workspace(() => dropScene(canvas, body, bottomLab));
  for (let i = 0; i < width * height; i += 1) {
    const cloth = oldTop[i]! + oldBottom[i]!;
    if (cloth < 0.05) continue;
    const x = i % width;
    const y = Math.floor(i / width);
    const dx = x - frame.midShoulder[0];
    const dy = y - frame.midShoulder[1];
    const t = (dx * frame.down[0] + dy * frame.down[1]) / frame.torsoLength;
    const lateral = (dx * frame.across[0] + dy * frame.across[1]) / Math.max(1, body.expectedHalf(worn.at));
    const below = t - worn.at - worn.slope * clamp(lateral, -1.2, 1.2);
    const from = Math.abs(lateral) > sides ? -0.1 : -0.02;
    if (below < from) continue;
    const side = lateral < 0 ? 0 : 1;
    const isSleeve = signals.wornSleeve[side] > longSleeve && isNearForearm(arms[side], frame.shoulderWidth, x, y);
    if (isSleeve) {
      // beside the hips sleeve and trousers are told apart by their colours
      const like = nearer(i);
      if (like > clearly && oldBottom[i]! > 0.02) [oldTop[i], oldBottom[i]] = [cloth, 0];
      else if (like < -clearly && oldTop[i]! > 0.02 && below > 0.05) [oldTop[i], oldBottom[i]] = [0, cloth];
      continue;
    }
    if (oldTop[i]! < 0.02) continue;
    // close below the hem only what looks like the bottom: hems are not straight
    const isBottoms = nearer(i) < -clearly / 2 || (from < -0.05 && hue(i) > sideHue);
    const share = Math.max(smooth(0.07, 0.12, below), isBottoms ? smooth(from, from + 0.04, below) : 0);
    oldBottom[i] = lerp(oldBottom[i]!, cloth, share);
    oldTop[i] = lerp(oldTop[i]!, 0, share);
  }
}
