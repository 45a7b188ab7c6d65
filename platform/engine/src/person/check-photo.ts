/** The photo check: is there one adult-sized, upright, front-facing, sharp and whole enough person? */
import type { Models } from "../runtime/load-models.ts";
import type { PersonAnalysis, PhotoProblemCode, Raster } from "../types.ts";
import { analysePerson } from "./analyse-person.ts";
import { bodyFrame } from "./body-frame.ts";
import { countPeople } from "./count-people.ts";
import type { Pose } from "./find-pose.ts";
import { findPose } from "./find-pose.ts";

const minSide = 200;
const minPresence = 0.5;
const minTorso = 70;
const minFacing = 0.42;
/** gradient of the sharpest tenth of the torso and face, 0-255 a pixel */
const minSharpness = 3;
const maxBareTorso = 0.55;

export interface PhotoCheck {
  problems: PhotoProblemCode[];
  /** there when no problem was found */
  analysis: PersonAnalysis | null;
}

/** What the skeleton alone tells, worst first. */
function poseProblems(photo: Raster, { keypoints, presence, detections }: Pose): PhotoProblemCode[] {
  if (presence < minPresence) return ["no_person_detected"];
  const reach = (hip: readonly [number, number], full: readonly [number, number]) =>
    Math.hypot(full[0] - hip[0], full[1] - hip[1]);
  const sure = detections.filter(({ score }) => score > 0.55).map(({ hip, full }) => reach(hip, full));
  const tallest = Math.max(...sure);
  if (sure.filter((size) => size > tallest * 0.55).length > 1) return ["several_people_detected"];
  const [left, right] = [keypoints[11]!, keypoints[12]!];
  const inside = ({ x, y }: { x: number; y: number }) =>
    x > -0.02 * photo.width && x < 1.02 * photo.width && y > 0 && y < photo.height;
  if (left.visibility < 0.5 || right.visibility < 0.5 || !inside(left) || !inside(right)) return ["person_cropped"];
  if (left.x < right.x) return ["person_not_facing"];
  const { midShoulder, midHip, shoulderWidth, torsoLength } = bodyFrame(keypoints);
  if (midShoulder[1] + (midHip[1] - midShoulder[1]) * 0.75 > photo.height) return ["person_cropped"];
  if (keypoints[0]!.y < 0 || (keypoints[2]!.y + keypoints[5]!.y) / 2 < 0) return ["person_cropped"];
  if (
    Math.abs(midShoulder[0] - midHip[0]) > Math.abs(midHip[1] - midShoulder[1]) * 0.75 ||
    midHip[1] < midShoulder[1]
  ) {
    return ["person_not_upright"];
  }
  if (isSeated(photo, keypoints, torsoLength)) return ["person_not_upright"];
  if (shoulderWidth / torsoLength < minFacing) return ["person_not_facing"];
  if (torsoLength < minTorso) return ["person_too_small"];
  return [];
}

/** Knees in the frame but hardly below the hips: sitting or crouching. */
function isSeated(photo: Raster, keypoints: Pose["keypoints"], torsoLength: number) {
  const sides = [
    [23, 25],
    [24, 26],
  ] as const;
  const folded = sides.filter(([hip, knee]) => {
    const [h, k] = [keypoints[hip]!, keypoints[knee]!];
    return k.visibility > 0.6 && k.y < photo.height * 0.98 && k.y - h.y < torsoLength * 0.5;
  });
  return folded.length > 0;
}

/** How steep the steepest edges of face and torso are: a blurred photo has none. */
function sharpness(photo: Raster, { keypoints }: Pose) {
  const { midShoulder, midHip, shoulderWidth } = bodyFrame(keypoints);
  const x0 = Math.max(1, Math.round(midShoulder[0] - shoulderWidth * 0.7));
  const x1 = Math.min(photo.width - 1, Math.round(midShoulder[0] + shoulderWidth * 0.7));
  const y0 = Math.max(1, Math.round(midShoulder[1] - shoulderWidth));
  const y1 = Math.min(photo.height - 1, Math.round(midHip[1]));
  const steps: number[] = [];
  for (let y = y0; y < y1; y += 2)
    for (let x = x0; x < x1; x += 2) {
      const i = (y * photo.width + x) * 4 + 1;
      steps.push(
        Math.abs(photo.data[i + 4]! - photo.data[i - 4]!) +
          Math.abs(photo.data[i + photo.width * 4]! - photo.data[i - photo.width * 4]!),
      );
    }
  const sorted = Float32Array.from(steps).sort();
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}

/** Checks a photo (upright, longest side at most 1024) and keeps what it learned for the job. */
export async function checkPhoto(photo: Raster, models: Models, need: "top" | "full"): Promise<PhotoCheck> {
  if (Math.min(photo.width, photo.height) < minSide) return { problems: ["image_too_small"], analysis: null };
  const pose = await findPose(models, photo);
  if (!pose) return { problems: ["no_person_detected"], analysis: null };
  const problems = poseProblems(photo, pose);
  if (problems.length > 0) return { problems, analysis: null };
  if ((await countPeople(models, photo)) > 1) return { problems: ["several_people_detected"], analysis: null };
  if (sharpness(photo, pose) < minSharpness) return { problems: ["photo_too_blurred"], analysis: null };
  const analysis = await analysePerson(models, photo, pose, need);
  if (analysis.signals.torso.skin > maxBareTorso) return { problems: ["content_refused"], analysis: null };
  return { problems: [], analysis };
}
