import { expect, test } from "vitest";
import { trimWaist } from "./trim-waist.ts";

const [width, height] = [200, 300];
const frame = {
  midShoulder: [100, 0] as const,
  midHip: [100, 100] as const,
  down: [0, 1] as const,
  across: [1, 0] as const,
  shoulderWidth: 100,
  torsoLength: 100,
};

function trimmed() {
  const person = new Float32Array(width * height);
  for (let i = 0; i < person.length; i += 1) person[i] = Math.abs((i % width) - 100) < 40 ? 1 : 0;
  const alpha = new Float32Array(width * height);
  // a band from the waist at 100 downwards, eight pixels broader than the body on each side
  for (let i = 0; i < alpha.length; i += 1) alpha[i] = i >= 100 * width && Math.abs((i % width) - 100) < 48 ? 1 : 0;
  trimWaist({ person, width, height }, { rgb: new Float32Array(0), alpha }, frame, 1);
  return (x: number, y: number) => alpha[y * width + x]!;
}

test("the corners of a waistband go, the cloth on the body stays", () => {
  const at = trimmed();
  expect([at(55, 102), at(145, 102)]).toEqual([0, 0]);
  expect([at(65, 102), at(100, 102), at(135, 102)]).toEqual([1, 1, 1]);
});

test("lower down cloth may stand off the body", () => {
  const at = trimmed();
  expect([at(54, 150), at(146, 150)]).toEqual([1, 1]);
});
