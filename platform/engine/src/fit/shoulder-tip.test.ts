import { expect, test } from "vitest";
import { bodyFrame } from "../person/body-frame.ts";
import type { Keypoint, PersonAnalysis } from "../types.ts";
import { measureBody } from "./body-target.ts";
import type { Canvas } from "./canvas.ts";

const [width, height] = [300, 400];
const map = (value: (x: number, y: number) => number) =>
  Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)));
const keypoints = Array.from({ length: 33 }, () => ({ x: 150, y: 60 }) as Keypoint);
/** shoulders 100 pixels apart, arms beside the trunk */
const joints = { 11: [200, 140], 12: [100, 140], 13: [215, 220], 14: [85, 220], 15: [220, 300], 16: [80, 300] };
const hips = { 23: [180, 300], 24: [120, 300] };
for (const [index, [x, y]] of Object.entries({ ...joints, ...hips })) keypoints[Number(index)] = { x, y } as Keypoint;

/** A person whose shoulders' upper edge lies so many pixels above the joints. */
function measureTips(rise: number) {
  const none = map(() => 0);
  const person = map((x, y) => (x > 50 && x < 250 && y > 140 - rise ? 1 : 0));
  const canvas = { width, height, left: 0, top: 0, person, skin: none, hair: none, oldTop: none } as unknown as Canvas;
  const { arms } = measureBody(canvas, { keypoints, frame: bodyFrame(keypoints) } as unknown as PersonAnalysis);
  return arms.map(({ tip }) => tip[1]);
}

test("a shoulder's tip lies right below its outline, also where the joint lies deep in a broad shoulder", () => {
  for (const rise of [8, 14, 19])
    for (const y of measureTips(rise)) {
      expect(y).toBeGreaterThanOrEqual(140 - rise);
      expect(y).toBeLessThan(140 - rise + 3);
    }
});
