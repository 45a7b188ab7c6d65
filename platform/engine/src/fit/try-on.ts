import type { FitSignals } from "../gate/judge-result.ts";
import { judgeResult } from "../gate/judge-result.ts";
import { boxBlur, guidedFilter } from "../raster/blur.ts";
import { floats, workspace } from "../raster/memory.ts";
import { smooth } from "../raster/scalars.ts";
import type { PersonAnalysis, Raster, TopGarment, TryOnInput, TryOnOutput } from "../types.ts";
import { EngineProblem } from "../types.ts";
import type { BodyTarget } from "./body-target.ts";
import { measureBody } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";
import { bleedColors, openCanvas, smoothOutline } from "./canvas.ts";
import { closeGaps, trimShoulders } from "./close-gaps.ts";
import { beyondSleeve } from "./cuff.ts";
import { eraseBottom } from "./erase-bottom.ts";
import { eraseTop } from "./erase-top.ts";
import { matteArms } from "./matte-arms.ts";
import { isForearm } from "./measure-legs.ts";
import { measureWornLeft } from "./measure-worn-left.ts";
import { measureWornShown } from "./measure-worn-shown.ts";
import { beyondShoulder, findOccluders, thighReach, wornSleeves } from "./occlude.ts";
import { compose } from "./shade-and-compose.ts";
import type { BottomPlacement } from "./warp-bottom.ts";
import { warpBottom } from "./warp-bottom.ts";
import type { TopPlacement } from "./warp-top.ts";
import { warpTop } from "./warp-top.ts";
import { findWornWaist, settleWorn } from "./worn-waist.ts";

/** shoulder widths: finer features of a garment's outline are cutting errors */
const outlineGrain = 0.009;

interface Pass {
  rgb: Float32Array;
  drawn: Float32Array;
  fit: FitSignals;
  warnings: string[];
}

/** What stays in front of a new bottom: the worn top, its sleeves and bare forearms. */
function inFrontOfBottom(canvas: Canvas, body: BodyTarget, thighShare: BottomPlacement["thighShare"]) {
  const { oldTop, skin, luma, width, height } = canvas;
  const broad = boxBlur(oldTop, width, height, Math.max(2, Math.round(body.frame.shoulderWidth * 0.03)));
  const front = floats(oldTop.length);
  for (let i = 0; i < front.length; i += 1) {
    const v = oldTop[i]!;
    if (v < 0.02 && skin[i]! < 0.02) continue;
    // thin lines of the top's label are the worn bottom's outline
    const cloth = v * smooth(0.42, 0.55, broad[i]!);
    const [x, y] = [i % width, Math.floor(i / width)];
    const thigh = thighShare(x, y);
    // below the hip joints skin before clothed legs is hand, wherever its bones are guessed to be
    const isHand = y > body.frame.midHip[1] && thigh === Number.POSITIVE_INFINITY;
    const isArm = skin[i]! > cloth && (isHand || isForearm(canvas, body, [x, y], thigh < thighReach));
    front[i] = isArm ? skin[i]! : cloth;
  }
  const out = guidedFilter(luma, front, width, height, 3, 8e-4);
  for (let i = 0; i < out.length; i += 1) out[i] = smooth(0.3, 0.7, out[i]!);
  return out;
}

/** Dresses the canvas in a bottom; the worn top stays in front of its waist. */
function dressBottom(canvas: Canvas, placement: BottomPlacement, body: BodyTarget, person: PersonAnalysis): Pass {
  const { layer, lowest, legShare, thighShare, isWhole, filled, wornLab, meanLab } = placement;
  const shoulder = body.frame.shoulderWidth;
  // what the worn top hides needs no bottom under it
  const hidden = floats(layer.alpha.length);
  for (let i = 0; i < hidden.length; i += 1) hidden[i] = Math.max(layer.alpha[i]!, smooth(0.3, 0.6, canvas.oldTop[i]!));
  if (isWhole) hidden.fill(1, lowest * canvas.width);
  const erased = eraseBottom(canvas, body, isWhole ? () => Number.POSITIVE_INFINITY : legShare, person, hidden);
  const occluders = findOccluders(canvas, body, beyondShoulder, layer.alpha, thighShare);
  workspace(() => {
    const front = inFrontOfBottom(canvas, body, thighShare);
    for (let i = 0; i < occluders.length; i += 1) occluders[i] = Math.max(occluders[i]!, front[i]!);
  });
  const { rgb, drawn } = compose(canvas, { base: erased.base, layer, occluders, worn: canvas.oldBottom, shoulder });
  const wornLeft = measureWornLeft(canvas, body, drawn, wornLab, meanLab);
  const { repainted, forbidden } = erased;
  const fit = { repainted: repainted * 0.5, forbidden, filled, wornLeft, wornShown: 0, neckPainted: 0 };
  return { rgb, drawn, fit, warnings: [] };
}

function dressTop(
  canvas: Canvas,
  placement: TopPlacement,
  body: BodyTarget,
  person: PersonAnalysis,
  meanLab: TopGarment["meanLab"],
): Pass {
  const { layer, warnings } = placement;
  const filled = workspace(() => {
    trimShoulders(canvas, body, placement);
    return closeGaps(canvas, body, placement);
  });
  // what trimming and filling left half covered or ragged reads as a bad cut; colours first, for the outline moves a little
  bleedColors(canvas, layer);
  workspace(() => smoothOutline(canvas, layer, Math.max(1.2, body.frame.shoulderWidth * outlineGrain)));
  const shoulder = body.frame.shoulderWidth;
  const beyond = beyondSleeve(placement, body);
  const occluders = findOccluders(canvas, body, beyond, layer.alpha);
  const erased = eraseTop(canvas, body, person, placement, occluders);
  if (placement.isLayered) {
    const front = wornSleeves(canvas, body, placement, beyond);
    for (let i = 0; i < occluders.length; i += 1) occluders[i] = Math.max(occluders[i]!, front[i]!);
  }
  const { rgb, drawn } = compose(canvas, { base: erased.base, layer, occluders, worn: canvas.oldTop, shoulder });
  const wornShown = measureWornShown(canvas, body, placement, drawn, rgb, meanLab);
  if (erased.repainted > 0.25) warnings.push("original_sleeves_repainted_as_skin");
  const { repainted, neck, forbidden } = erased;
  return { rgb, drawn, fit: { repainted, forbidden, filled, wornLeft: 0, wornShown, neckPainted: neck }, warnings };
}

/** Runs a pass of which nothing but the result is kept: the next one needs the room. */
function keepResult(canvas: Canvas, dress: () => Pass): Pass {
  const rgb = floats(canvas.luma.length * 3);
  const drawn = floats(canvas.luma.length);
  return workspace(() => {
    const pass = dress();
    rgb.set(pass.rgb);
    drawn.set(pass.drawn);
    return { ...pass, rgb, drawn };
  });
}

/** The photo with the canvas laid in; nothing outside the person and the garment changes. */
function finish(photo: Raster, canvas: Canvas, rgb: Float32Array): Raster {
  const data = new Uint8ClampedArray(photo.data);
  const before = canvas.rgb;
  for (let y = 0; y < canvas.height; y += 1) {
    let to = ((y + canvas.top) * photo.width + canvas.left) * 4;
    for (let i = y * canvas.width * 3; i < (y + 1) * canvas.width * 3; i += 3, to += 4)
      for (let k = 0; k < 3; k += 1) {
        const value = rgb[i + k]!;
        if (Math.abs(value - before[i + k]!) >= 0.5) data[to + k] = Math.round(value);
      }
  }
  return { width: photo.width, height: photo.height, data };
}

/** The face is the shopper's own: not a pixel of it changes. */
function keepFace(person: PersonAnalysis, canvas: Canvas, rgb: Float32Array) {
  const { centre, halfWidth, halfHeight, down } = person.head;
  const reach = Math.max(halfWidth, halfHeight) * 1.05;
  const [cx, cy] = [centre[0] - canvas.left, centre[1] - canvas.top];
  const right = Math.min(canvas.width - 1, Math.ceil(cx + reach));
  const bottom = Math.min(canvas.height - 1, Math.ceil(cy + reach));
  for (let y = Math.max(0, Math.floor(cy - reach)); y <= bottom; y += 1)
    for (let x = Math.max(0, Math.floor(cx - reach)); x <= right; x += 1) {
      const v = (x - cx) * down[0] + (y - cy) * down[1];
      const u = -(x - cx) * down[1] + (y - cy) * down[0];
      if (Math.hypot(u / halfWidth, v / halfHeight) > 1.05) continue;
      const i = (y * canvas.width + x) * 3;
      for (let k = 0; k < 3; k += 1) rgb[i + k] = canvas.rgb[i + k]!;
    }
}

function toPhotoSize(photo: Raster, canvas: Canvas, drawn: Float32Array): Uint8Array {
  const out = new Uint8Array(photo.width * photo.height);
  for (let y = 0; y < canvas.height; y += 1) {
    const to = (y + canvas.top) * photo.width + canvas.left;
    const from = y * canvas.width;
    for (let x = 0; x < canvas.width; x += 1) out[to + x] = drawn[from + x]! * 255;
  }
  return out;
}

/** Makes the picture from analysed photo and garments. Throws EngineProblem("preview_not_reliable") when it would not be believable. */
export const fitGarments = (input: TryOnInput, person: PersonAnalysis): TryOnOutput =>
  workspace(() => fitInWorkspace(input, person));

function fitInWorkspace({ photo, top, bottom, onStage }: TryOnInput, person: PersonAnalysis): TryOnOutput {
  if (!top && !bottom) throw new EngineProblem("engine_failed", "no garment");
  const timings: Record<string, number> = {};
  let lap = performance.now();
  const mark = (name: string) => {
    timings[name] = performance.now() - lap;
    lap = performance.now();
  };
  const canvas = openCanvas(photo, person);
  const body = measureBody(canvas, person);
  matteArms(canvas, body);
  mark("canvas");
  onStage?.("fit", 0.6);
  const passes: Pass[] = [];
  const work: Canvas = { ...canvas };
  if (bottom) {
    const worn = findWornWaist(work, body);
    settleWorn(work, body, person, worn);
    const dress = () => dressBottom(work, warpBottom(work, bottom, body, person, worn), body, person);
    passes.push(top ? keepResult(work, dress) : dress());
    mark("bottom");
    onStage?.("fit", 0.75);
  }
  if (top) {
    // the top is worn over what was just drawn
    if (passes[0]) work.rgb = passes[0].rgb;
    passes.push(dressTop(work, warpTop(work, top, body, person.signals), body, person, top.meanLab));
    mark("top");
  }
  onStage?.("finish", 0.9);
  const last = passes.at(-1)!;
  keepFace(person, canvas, last.rgb);
  const drawn = floats(canvas.luma.length);
  for (const pass of passes) for (let i = 0; i < drawn.length; i += 1) drawn[i] = Math.max(drawn[i]!, pass.drawn[i]!);
  const fit: FitSignals = {
    repainted: passes.reduce((sum, pass) => sum + pass.fit.repainted, 0),
    forbidden: Math.max(...passes.map((pass) => pass.fit.forbidden)),
    filled: passes.reduce((sum, pass) => sum + pass.fit.filled, 0),
    wornLeft: passes[0]!.fit.wornLeft,
    wornShown: passes.at(-1)!.fit.wornShown,
    neckPainted: passes.at(-1)!.fit.neckPainted,
  };
  const garments = [top, bottom].flatMap((garment) => (garment ? [garment.signals] : []));
  const confidence = judgeResult(person.signals, garments, fit, bottom !== undefined);
  const image = finish(photo, canvas, last.rgb);
  mark("finish");
  return {
    image,
    confidence,
    warnings: passes.flatMap((pass) => pass.warnings),
    drawn: toPhotoSize(photo, canvas, drawn),
    timings,
    gate: { ...fit, armSeen: person.signals.armSeen, veto: person.signals.veto, uncertain: person.signals.uncertain },
  };
}
