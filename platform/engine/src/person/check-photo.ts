/** The photo check: is there one adult-sized, upright, front-facing, sharp and whole enough person? */
import type { Models } from "../runtime/load-models.ts";
import type { PersonAnalysis, PhotoProblemCode, Raster } from "../types.ts";
import { analysePerson } from "./analyse-person.ts";
import { bodyFrame } from "./body-frame.ts";
import { countPeople } from "./count-people.ts";
import type { Pose } from "./find-pose.ts";
import { findPose } from "./find-pose.ts";
import { measureSteepness } from "./measure-steepness.ts";

const minSide = 200;
const minPresence = 0.5;
const minTorso = 70;
const minFacing = 0.42;
/** a defocus of about 3 pixels passes, one of 5 does not */
const minSteepness = 0.285;
/** spec rule 9; seen: an open midriff behind an arm 0.46, the thighs of short shorts 0.25 */
const maxBareTorso = 0.55;
const maxBareThighs = 0.65;
/** t of the photo's lower edge above which nobody can tell sitting from standing */
const legsToldFrom = 1.45;

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
  const { midShoulder, midHip, shoulderWidth, torsoLength } = bodyFrame(keypoints);
  // before facing: in a photo upside down left and right are swapped too
  if (
    Math.abs(midShoulder[0] - midHip[0]) > Math.abs(midHip[1] - midShoulder[1]) * 0.75 ||
    midHip[1] < midShoulder[1]
  ) {
    return ["person_not_upright"];
  }
  if (left.x < right.x) return ["person_not_facing"];
  if (midShoulder[1] + (midHip[1] - midShoulder[1]) * 0.75 > photo.height) return ["person_cropped"];
  if (keypoints[0]!.y < 0 || (keypoints[2]!.y + keypoints[5]!.y) / 2 < 0) return ["person_cropped"];
  if (isSeated(photo, keypoints, torsoLength)) {
    const lowestT = (photo.height - midShoulder[1]) / (midHip[1] - midShoulder[1]);
    return [lowestT < legsToldFrom ? "person_cropped" : "person_not_upright"];
  }
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

/** Checks a photo (upright, longest side at most 1024) and keeps what it learned for the job. */
export async function checkPhoto(photo: Raster, models: Models, need: "top" | "full"): Promise<PhotoCheck> {
  if (Math.min(photo.width, photo.height) < minSide) return { problems: ["image_too_small"], analysis: null };
  const pose = await findPose(models, photo);
  if (!pose) return { problems: ["no_person_detected"], analysis: null };
  const problems = poseProblems(photo, pose);
  if (problems.length > 0) return { problems, analysis: null };
  if ((await countPeople(models, photo)) > 1) return { problems: ["several_people_detected"], analysis: null };
  const steepness = measureSteepness(photo, pose.keypoints);
  if (steepness !== null && steepness < minSteepness) return { problems: ["photo_too_blurred"], analysis: null };
  const { analysis, bareness } = await analysePerson(models, photo, pose, need);
  if (bareness.torso > maxBareTorso || bareness.thighs > maxBareThighs)
    return { problems: ["content_refused"], analysis: null };
  return { problems: [], analysis };
}
