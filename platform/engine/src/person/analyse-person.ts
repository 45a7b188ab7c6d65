/** From a pose to labels: what each pixel of the person is, and how far to trust it. */
import { boxBlur, guidedFilter } from "../raster/blur.ts";
import { labImage } from "../raster/color.ts";
import { floats, workspace } from "../raster/memory.ts";
import { shrink } from "../raster/resize.ts";
import { smooth } from "../raster/scalars.ts";
import type { Models } from "../runtime/load-models.ts";
import type { Keypoint, LabelMaps, PersonAnalysis, Raster } from "../types.ts";
import { bodyFrame, headOf } from "./body-frame.ts";
import { medianLab } from "./color-model.ts";
import type { Pose } from "./find-pose.ts";
import { projectSegmentation } from "./find-pose.ts";
import type { Bareness } from "./measure-bareness.ts";
import { measureBareness } from "./measure-bareness.ts";
import { measureSignals } from "./measure-signals.ts";
import type { MapSize, SquareCrop } from "./parse-clothes.ts";
import { cropAround, parseClothes, projectClasses } from "./parse-clothes.ts";
import { settleSkin } from "./settle-skin.ts";
import type { ClothesSplit } from "./split-clothes.ts";
import { splitClothes } from "./split-clothes.ts";

/** longest side of the label maps, pixels */
const labelSide = 512;

function toBytes(map: Float32Array) {
  const out = new Uint8Array(map.length);
  for (let i = 0; i < out.length; i += 1) out[i] = Math.round(map[i]! * 255);
  return out;
}

const scaled = (keypoints: Keypoint[], k: number) => keypoints.map((p) => ({ ...p, x: p.x * k, y: p.y * k }));

export interface Classes {
  person: Float32Array;
  hair: Float32Array;
  skin: Float32Array;
  face: Float32Array;
  clothes: Float32Array;
  other: Float32Array;
  veto: number;
}

/** Edge-aligned class maps inside the person; the pose model's own mask vetoes phantoms and other people. */
function refineClasses(
  maps: Float32Array[],
  pose: Float32Array,
  luma: Float32Array,
  width: number,
  height: number,
  shoulderWidth: number,
): Classes {
  const n = width * height;
  const near = boxBlur(pose, width, height, Math.max(2, Math.round(shoulderWidth * 0.035)));
  const foreground = floats(n);
  let seen = 0;
  let vetoed = 0;
  for (let i = 0; i < n; i += 1) {
    const raw = 1 - maps[0]![i]!;
    // faces and hair may lie outside the pose mask; everything else must be near it
    const trust = Math.max(smooth(0.08, 0.3, near[i]!), maps[3]![i]!, maps[1]![i]! * smooth(0.01, 0.1, near[i]!));
    foreground[i] = raw * trust;
    seen += raw;
    vetoed += raw * (1 - trust);
  }
  const person = guidedFilter(luma, foreground, width, height, Math.max(2, Math.round(shoulderWidth * 0.02)), 4e-4);
  for (let i = 0; i < n; i += 1) person[i] = smooth(0.2, 0.8, person[i]!);
  const radius = Math.max(2, Math.round(shoulderWidth * 0.018));
  const [hair, skin, face, clothes, other] = [1, 2, 3, 4, 5].map((c) =>
    guidedFilter(luma, maps[c]!, width, height, radius, 3e-4),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
  for (let i = 0; i < n; i += 1) {
    // squares sharpen without making it binary
    const h = hair[i]! ** 2;
    const s = skin[i]! ** 2;
    const f = face[i]! ** 2;
    const c = clothes[i]! ** 2;
    const o = other[i]! ** 2;
    const k = person[i]! / (h + s + f + c + o || 1);
    hair[i] = h * k;
    skin[i] = s * k;
    face[i] = f * k;
    clothes[i] = c * k;
    other[i] = o * k;
  }
  return { person, hair, skin, face, clothes, other, veto: vetoed / Math.max(1, seen) };
}

function skinColors({ skin, face }: Classes, lab: Float32Array) {
  const body: number[] = [];
  const head: number[] = [];
  for (let i = 0; i < skin.length; i += 2) {
    const target = skin[i]! > 0.93 ? body : face[i]! > 0.93 ? head : null;
    target?.push(lab[i * 3]!, lab[i * 3 + 1]!, lab[i * 3 + 2]!);
  }
  return { bodySkinLab: medianLab(body, 60), faceSkinLab: medianLab(head, 60), bodySkinPixels: body.length / 3 };
}

/** Lab averaged over a small square. */
function averaged(lab: Float32Array, width: number, height: number, radius: number) {
  const out = floats(lab.length);
  const channel = floats(width * height);
  for (let c = 0; c < 3; c += 1) {
    for (let i = 0; i < channel.length; i += 1) channel[i] = lab[i * 3 + c]!;
    const blurred = boxBlur(channel, width, height, radius);
    for (let i = 0; i < channel.length; i += 1) out[i * 3 + c] = blurred[i]!;
  }
  return out;
}

/** Below the crop only the pose model has looked: what it sees there is worn below. */
function wearBelowCrop(maps: Float32Array[], poseMask: Float32Array, fromY: number, width: number) {
  for (let i = Math.max(0, Math.ceil(fromY)) * width; i < poseMask.length; i += 1) {
    maps[4]![i] = poseMask[i]!;
    maps[0]![i] = 1 - poseMask[i]!;
  }
}

const labelMaps = (classes: Classes, split: ClothesSplit, size: MapSize): LabelMaps => ({
  ...size,
  person: toBytes(classes.person),
  face: toBytes(classes.face),
  skin: toBytes(classes.skin),
  hair: toBytes(classes.hair),
  top: toBytes(split.top),
  bottom: toBytes(split.bottom),
  other: toBytes(classes.other),
});

/** Everything the fit and the gate need of a photo with one person. `need` "full" looks at the legs too. */
export async function analysePerson(
  models: Models,
  photo: Raster,
  pose: Pose,
  need: "top" | "full",
): Promise<{ analysis: PersonAnalysis; bareness: Bareness }> {
  const crop = cropAround(photo, pose.keypoints, bodyFrame(pose.keypoints).shoulderWidth, need);
  const probabilities = await parseClothes(models, photo, crop);
  return workspace(() => readClasses(photo, pose, crop, probabilities));
}

function readClasses(photo: Raster, pose: Pose, crop: SquareCrop, probabilities: Float32Array) {
  const { keypoints } = pose;
  const frame = bodyFrame(keypoints);
  const small = shrink(photo, labelSide);
  const { width, height } = small;
  const scale = width / photo.width;
  const maps = projectClasses(probabilities, crop, { width, height, scale });
  const lab = labImage(small.data, width * height);
  const small2 = scaled(keypoints, scale);
  const smallFrame = bodyFrame(small2);
  const bareness = measureBareness(maps, small2, width, height);
  settleSkin(maps, lab, width, height, smallFrame);
  const luma = floats(width * height);
  for (let i = 0; i < luma.length; i += 1) luma[i] = lab[i * 3]! / 100;
  const poseMask = projectSegmentation(pose, width, height, scale);
  wearBelowCrop(maps, poseMask, (crop.y + crop.size) * scale, width);
  const classes = refineClasses(maps, poseMask, luma, width, height, frame.shoulderWidth * scale);
  const split = splitClothes({
    width,
    height,
    frame: smallFrame,
    keypoints: small2,
    clothes: classes.clothes,
    skin: classes.skin,
    lab: averaged(lab, width, height, Math.max(1, Math.round(smallFrame.shoulderWidth * 0.015))),
  });
  const colors = skinColors(classes, lab);
  const analysis: PersonAnalysis = {
    width: photo.width,
    height: photo.height,
    keypoints,
    frame,
    labels: labelMaps(classes, split, { width, height, scale }),
    signals: measureSignals({
      photo,
      classes,
      split,
      keypoints: small2,
      width,
      height,
      bodySkinPixels: colors.bodySkinPixels,
    }),
    bodySkinLab: colors.bodySkinLab,
    faceSkinLab: colors.faceSkinLab,
    head: headOf(keypoints),
  };
  return { analysis, bareness };
}
