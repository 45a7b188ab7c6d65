import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { loadRaster } from "../../scripts/load-raster.ts";
import { drawGarment, halves, mirrored } from "../garment/draw-garment.fixture.ts";
import type { BottomGarment, Models, PersonAnalysis, Raster, TopGarment } from "../index.ts";
import { analyseGarment, analysePhoto, tryOn } from "../index.ts";
import { loadNodeModels } from "../runtime/node-models.ts";
import { brokenPromises } from "./broken-promises.fixture.ts";

const white = [250, 250, 250] as const;
const orange = [225, 110, 30] as const;
const people = [1, 2, 3, 4, 5, 6].map((k) => `person-${k}.jpg`);
const violet = [120, 70, 160] as const;
const tee = analyseGarment(drawGarment([{ polygon: mirrored(halves.tee), color: orange }], white), "top") as TopGarment;

const trousers = analyseGarment(
  drawGarment([{ polygon: mirrored(halves.trousers), color: violet }], white),
  "bottom",
) as BottomGarment;

let models: Models;
beforeAll(async () => {
  models = await loadNodeModels();
});

const load = (name: string): Promise<Raster> => loadRaster(path.join(import.meta.dirname, "../../fixtures", name));

describe.each(people)("%s in a drawn tee", (name) => {
  let photo: Raster;
  let person: PersonAnalysis;
  beforeAll(async () => {
    photo = await load(name);
    person = await analysePhoto(photo, models, "top");
  });

  test("keeps the face and the scene, stays on the body and shows the garment's colour", async () => {
    const output = await tryOn({ photo, person, top: tee }, models);
    const fresh = await analysePhoto(photo, models, "top");
    expect(brokenPromises(photo, output, fresh, tee.meanLab)).toEqual([]);
  });

  test("an engine that returned the photo as it is would be found out", () => {
    const untouched = { image: photo, drawn: new Uint8Array(photo.width * photo.height) };
    expect(brokenPromises(photo, untouched, person, tee.meanLab)).toContain("colour");
  });
});

/** Share of the points along both shins, hip to knee and on, that were drawn. */
function coveredLegs({ keypoints }: PersonAnalysis, { width, height }: Raster, drawn: Uint8Array) {
  let seen = 0;
  let covered = 0;
  for (const [from, to] of [
    [23, 25],
    [24, 26],
  ] as const)
    for (let f = 0.25; f <= 0.95; f += 0.05) {
      const x = Math.round(keypoints[from]!.x + (keypoints[to]!.x - keypoints[from]!.x) * f);
      const y = Math.round(keypoints[from]!.y + (keypoints[to]!.y - keypoints[from]!.y) * f);
      if (y >= height) continue;
      seen += 1;
      if (drawn[y * width + x]! > 200) covered += 1;
    }
  return covered / Math.max(1, seen);
}

test.each(people)("%s in drawn trousers: thighs are covered, the face is untouched", async (name) => {
  const photo = await load(name);
  const person = await analysePhoto(photo, models, "full");
  const output = await tryOn({ photo, person, bottom: trousers }, models);
  expect(coveredLegs(person, photo, output.drawn)).toBeGreaterThan(0.9);
  expect(brokenPromises(photo, output, person, person.bodySkinLab ?? [50, 0, 0])).not.toContain("face");
});

test.each(["person-3.jpg", "person-5.jpg"])(
  "%s: the long sleeves of a sweater stay as they are below a tee's cuffs, as if it were worn over them",
  async (name) => {
    const photo = await load(name);
    const person = await analysePhoto(photo, models, "top");
    const { image, drawn, warnings, gate } = await tryOn({ photo, person, top: tee }, models);
    expect(warnings).toContain("original_sleeves_kept");
    expect(gate.repainted).toBeLessThan(0.03);
    for (const [from, to] of [
      [13, 15],
      [14, 16],
    ] as const) {
      // across the middle of the forearm: neither garment nor painted skin, the photo itself
      const row = Math.round((person.keypoints[from]!.y + person.keypoints[to]!.y) / 2);
      const middle = (person.keypoints[from]!.x + person.keypoints[to]!.x) / 2;
      for (let x = Math.round(middle - 12); x < middle + 12; x += 1) {
        const i = row * photo.width + x;
        expect(drawn[i]).toBe(0);
        for (let k = 0; k < 3; k += 1)
          expect(Math.abs(image.data[i * 4 + k]! - photo.data[i * 4 + k]!)).toBeLessThan(3);
      }
      // and on the upper arm the tee
      const shoulder = person.keypoints[from - 2]!;
      const upper = [0, 1].map((k) => {
        const at = (joint: { x: number; y: number }) => (k === 0 ? joint.x : joint.y);
        return Math.round(at(shoulder) * 0.75 + at(person.keypoints[from]!) * 0.25);
      });
      expect(drawn[upper[1]! * photo.width + upper[0]!]).toBeGreaterThan(200);
    }
  },
);

test("one changed pixel in the face or far from the body is found", async () => {
  const photo = await load("person-1.jpg");
  const person = await analysePhoto(photo, models, "top");
  const changedAt = (x: number, y: number) => {
    const data = photo.data.slice();
    const i = (Math.floor(y) * photo.width + Math.floor(x)) * 4;
    data[i] = data[i]! ^ 1;
    const image = { ...photo, data };
    return brokenPromises(photo, { image, drawn: new Uint8Array(photo.width * photo.height) }, person, tee.meanLab);
  };
  expect(changedAt(...person.head.centre)).toContain("face");
  expect(changedAt(3, 3)).toContain("outside");
});

test("the same photo and garment give the same picture, byte for byte", async () => {
  const photo = await load("person-1.jpg");
  const [first, second] = [await tryOn({ photo, top: tee }, models), await tryOn({ photo, top: tee }, models)];
  expect(Buffer.compare(Buffer.from(first.image.data), Buffer.from(second.image.data))).toBe(0);
});

test("a try-on without a garment is a fault of the caller", async () => {
  const photo = await load("person-1.jpg");
  await expect(tryOn({ photo }, models)).rejects.toMatchObject({ code: "engine_failed" });
});
