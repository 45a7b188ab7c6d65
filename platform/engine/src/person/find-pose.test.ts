import path from "node:path";
import { expect, test } from "vitest";
import { loadRaster } from "../../scripts/load-raster.ts";
import { median } from "../raster/scalars.ts";
import { loadNodeModels } from "../runtime/node-models.ts";
import type { Raster } from "../types.ts";
import { findPose } from "./find-pose.ts";

function mirrored({ width, height, data }: Raster): Raster {
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      out.set(data.subarray(from, from + 4), (y * width + width - 1 - x) * 4);
    }
  return { width, height, data: out };
}

/** Shoulders, elbows, wrists and hips, each with its counterpart on the other side. */
const pairs = [11, 12, 13, 14, 15, 16, 23, 24].map((k) => [k, k % 2 === 1 ? k + 1 : k - 1] as const);

test("points lean to neither side: a mirrored photo has the mirrored pose", async () => {
  const models = await loadNodeModels();
  const leans: number[] = [];
  for (const name of ["person-1.jpg", "person-2.jpg", "person-4.jpg"]) {
    const photo = await loadRaster(path.join(import.meta.dirname, "../../fixtures", name));
    const pose = (await findPose(models, photo))!;
    const other = (await findPose(models, mirrored(photo)))!;
    // in pixels of the 256 that the landmark model sees
    const size = pose.region.size / 256;
    for (const [k, counterpart] of pairs)
      leans.push((pose.keypoints[k]!.x - (photo.width - other.keypoints[counterpart]!.x)) / 2 / size);
  }
  expect(Math.abs(median(leans))).toBeLessThan(1);
});
