import { expect, test } from "vitest";
import { measureLabelRest } from "./measure-label-rest.ts";

const [width, height] = [100, 60];
const line = 20;

/** White cloth below row 20, dark where `isDark` says so. */
function cut(isDark: (x: number, down: number) => boolean) {
  const lab = new Float32Array(width * height * 3);
  const alpha = new Float32Array(width * height);
  for (let i = 0; i < width * height; i += 1) {
    const down = Math.floor(i / width) - line;
    alpha[i] = down >= 0 ? 1 : 0;
    lab[i * 3] = isDark(i % width, down) ? 20 : 92;
  }
  return { lab, alpha };
}
const rest = (isDark: (x: number, down: number) => boolean) =>
  measureLabelRest(cut(isDark), width, 50, 40, () => line, 10);

test("specks of a label along the edge are measured down to their end", () => {
  expect(rest((x, down) => x > 45 && x < 60 && x % 3 === 0 && down < 4)).toBe(4);
  expect(rest(() => false)).toBe(0);
});

test("a trim all along the edge and a print that goes on below it are the garment's own", () => {
  expect(rest((_, down) => down < 4)).toBe(0);
  expect(rest((x) => x > 40 && x < 60)).toBe(0);
});
