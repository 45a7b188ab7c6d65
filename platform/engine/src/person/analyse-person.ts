/** From a pose to labels: what each pixel of the person is, and how far to trust it. */
import { boxBlur, guidedFilter } from "../raster/blur.ts";
import { labImage } from "../raster/color.ts";
import { shrink } from "../raster/resize.ts";
import { lerp, smooth } from "../raster/scalars.ts";
import type { Models } from "../runtime/load-models.ts";
import type { Keypoint, LabelMaps, PersonAnalysis, PersonSignals, Raster } from "../types.ts";
import { bodyFrame, frameCoordinates, headOf, pointOf } from "./body-frame.ts";
import { medianLab } from "./color-model.ts";
import type { Pose } from "./find-pose.ts";
import { projectSegmentation } from "./find-pose.ts";
import { cropAround, parseClothes } from "./parse-clothes.ts";
import { splitClothes } from "./split-clothes.ts";

/** longest side of the label maps, pixels */
const labelSide = 512;

const toBytes = (map: Float32Array) => Uint8Array.from(map, (v) => Math.round(v * 255));
const scaled = (keypoints: Keypoint[], k: number) => keypoints.map((p) => ({ ...p, x: p.x * k, y: p.y * k }));

interface Classes {
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
  const foreground = new Float32Array(n);
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
    const squares = [hair[i]! ** 2, skin[i]! ** 2, face[i]! ** 2, clothes[i]! ** 2, other[i]! ** 2] as const;
    const k = person[i]! / (squares[0] + squares[1] + squares[2] + squares[3] + squares[4] || 1);
    hair[i] = squares[0] * k;
    skin[i] = squares[1] * k;
    face[i] = squares[2] * k;
    clothes[i] = squares[3] * k;
    other[i] = squares[4] * k;
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

/** Everything the fit and the gate need of a photo with one person. `need` "full" looks at the legs too. */
export async function analysePerson(
  models: Models,
  photo: Raster,
  pose: Pose,
  need: "top" | "full",
): Promise<PersonAnalysis> {
  const { keypoints } = pose;
  const frame = bodyFrame(keypoints);
  const small = shrink(photo, labelSide);
  const { width, height } = small;
  const scale = width / photo.width;
  const crop = cropAround(photo, keypoints, frame.shoulderWidth, need);
  const maps = await parseClothes(models, photo, crop, { width, height, scale });
  const lab = labImage(small.data, width * height);
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i += 1) luma[i] = lab[i * 3]! / 100;
  const poseMask = projectSegmentation(pose, width, height, scale);
  const bottomEdge = (crop.y + crop.size) * scale;
  // below the crop only the pose model has looked: what it sees there is worn below
  for (let y = Math.max(0, Math.ceil(bottomEdge)); y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      maps[4]![i] = poseMask[i]!;
      maps[0]![i] = 1 - poseMask[i]!;
    }
  const classes = refineClasses(maps, poseMask, luma, width, height, frame.shoulderWidth * scale);
  const small2 = scaled(keypoints, scale);
  const split = splitClothes({
    width,
    height,
    frame: bodyFrame(small2),
    keypoints: small2,
    clothes: classes.clothes,
    skin: classes.skin,
    lab,
  });
  const colors = skinColors(classes, lab);
  const labels: LabelMaps = {
    width,
    height,
    scale,
    person: toBytes(classes.person),
    face: toBytes(classes.face),
    skin: toBytes(classes.skin),
    hair: toBytes(classes.hair),
    top: toBytes(split.top),
    bottom: toBytes(split.bottom),
    other: toBytes(classes.other),
  };
  return {
    width: photo.width,
    height: photo.height,
    keypoints,
    frame,
    labels,
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
}

interface Measured {
  photo: Raster;
  classes: Classes;
  split: ReturnType<typeof splitClothes>;
  keypoints: Keypoint[];
  width: number;
  height: number;
  bodySkinPixels: number;
}

function measureSignals({ photo, classes, split, keypoints, width, height, bodySkinPixels }: Measured): PersonSignals {
  const at = (map: Float32Array, x: number, y: number) => {
    const px = Math.round(x);
    const py = Math.round(y);
    return px < 0 || py < 0 || px >= width || py >= height ? 0 : map[py * width + px]!;
  };
  const along = (map: Float32Array, a: number, b: number) => {
    const [from, to] = [pointOf(keypoints, a), pointOf(keypoints, b)];
    let sum = 0;
    for (let k = 0; k < 12; k += 1) {
      const f = lerp(0.12, 0.92, k / 11);
      sum += at(map, lerp(from[0], to[0], f), lerp(from[1], to[1], f));
    }
    return sum / 12;
  };
  const mean = (map: Float32Array, joints: number[]) =>
    joints.reduce((sum, joint) => sum + at(map, ...pointOf(keypoints, joint)), 0) / joints.length;
  const arm = (shoulder: number, elbow: number, wrist: number) => ({
    worn: (along(classes.clothes, shoulder, elbow) + along(classes.clothes, elbow, wrist)) / 2,
    seen: (along(classes.person, shoulder, elbow) + along(classes.person, elbow, wrist)) / 2,
  });
  const arms = [arm(12, 14, 16), arm(11, 13, 15)] as const;
  const frame = frameCoordinates(bodyFrame(keypoints));
  const torso = { clothes: 0, skin: 0, hair: 0, other: 0 };
  const steps = 12;
  for (let k = 0; k < steps * steps; k += 1) {
    const [x, y] = frame.point(
      -0.4 + (0.8 * (k % steps)) / (steps - 1),
      0.1 + (0.8 * Math.floor(k / steps)) / (steps - 1),
    );
    torso.clothes += at(classes.clothes, x, y) / steps ** 2;
    torso.skin += at(classes.skin, x, y) / steps ** 2;
    torso.hair += at(classes.hair, x, y) / steps ** 2;
    torso.other += at(classes.other, x, y) / steps ** 2;
  }
  let people = 0;
  let unsure = 0;
  for (let i = 0; i < width * height; i += 3) {
    if (classes.person[i]! < 0.5) continue;
    people += 1;
    const best = Math.max(classes.hair[i]!, classes.skin[i]!, classes.face[i]!, classes.clothes[i]!, classes.other[i]!);
    if (best < 0.7 * classes.person[i]!) unsure += 1;
  }
  const hipY = (keypoints[23]!.y + keypoints[24]!.y) / 2;
  const ankleY = (keypoints[27]!.y + keypoints[28]!.y) / 2;
  return {
    torso,
    jointsOnPerson:
      [11, 12, 13, 14, 15, 16, 23, 24].filter((joint) => at(classes.person, ...pointOf(keypoints, joint)) > 0.4)
        .length / 8,
    faceOn: mean(classes.face, [2, 5, 9, 10]),
    uncertain: unsure / Math.max(1, people),
    veto: classes.veto,
    topBottomContrast: split.contrast,
    seam: split.strength,
    seamAt: split.seamAt(0),
    wornSleeve: [arms[0].worn, arms[1].worn],
    armSeen: Math.min(arms[0].seen, arms[1].seen),
    bodySkinPixels,
    legsSeen: Math.max(0, Math.min(1, (photo.height * (width / photo.width) - hipY) / Math.max(1, ankleY - hipY))),
  };
}
