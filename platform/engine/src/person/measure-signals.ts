import { lerp } from "../raster/scalars.ts";
import type { Keypoint, PersonSignals, Raster } from "../types.ts";
import type { Classes } from "./analyse-person.ts";
import { bodyFrame, frameCoordinates, pointOf } from "./body-frame.ts";
import type { ClothesSplit } from "./split-clothes.ts";

interface Measured {
  photo: Raster;
  classes: Classes;
  split: ClothesSplit;
  keypoints: Keypoint[];
  width: number;
  height: number;
  bodySkinPixels: number;
}

type ReadAt = (map: Float32Array, x: number, y: number) => number;

/** Mean class shares over the inner torso. */
function torsoShares(classes: Classes, keypoints: Keypoint[], at: ReadAt): PersonSignals["torso"] {
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
  return torso;
}

/** The measured facts that the gate and the fit use. */
export function measureSignals({
  photo,
  classes,
  split,
  keypoints,
  width,
  height,
  bodySkinPixels,
}: Measured): PersonSignals {
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
  const torso = torsoShares(classes, keypoints, at);
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
