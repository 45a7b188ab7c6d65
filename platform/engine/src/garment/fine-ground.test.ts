import { expect, test } from "vitest";
import { addFineGround } from "./fine-ground.ts";

const width = 200;
const height = 200;

/** A trunk with a sleeve beside it, joined above and below; `light` is the second stripe's distance from the ground. */
function draw(dark: number, light: number) {
  const difference = new Float32Array(width * height);
  const background = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      const isCloth = x >= 20 && x < 180 && y >= 20 && y < 180;
      const isPocket = x >= 45 && x < 54 && y >= 80 && y < 120;
      if (isCloth && !isPocket) difference[i] = y % 12 < 6 ? dark : light;
      // the first flood stops short of the cloth
      background[i] = x < 14 || x >= 186 || y < 14 || y >= 186 ? 1 : 0;
    }
  return { width, height, difference, background, middle: 100 };
}

test("finds ground up to the outline and in a pocket, and leaves white stripes", () => {
  const scene = draw(70, 6);
  expect(addFineGround(scene)).toBe(true);
  const isGround = (i: number) => scene.background[i] === 1;
  const missed = Array.from(scene.difference.keys()).filter((i) => scene.difference[i] === 0 && !isGround(i));
  const eaten = Array.from(scene.difference.keys()).filter((i) => scene.difference[i]! > 0 && isGround(i));
  expect(missed).toEqual([]);
  // the outermost pixel of a white stripe may go
  const isOuter = (x: number, y: number) => Math.min(x - 20, 179 - x, y - 20, 179 - y) < 1;
  const isBesidePocket = (x: number, y: number) => x > 43 && x < 55 && y > 78 && y < 121;
  const inside = eaten.filter((i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return !isOuter(x, y) && !isBesidePocket(x, y);
  });
  expect(inside).toEqual([]);
});

test("leaves a garment that is white all over as it was found", () => {
  const scene = draw(8, 6);
  const before = Uint8Array.from(scene.background);
  expect(addFineGround(scene)).toBe(false);
  expect(scene.background).toEqual(before);
});
