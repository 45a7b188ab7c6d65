import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { loadRaster } from "../../scripts/load-raster.ts";
import { drawGarment, halves, mirrored } from "../garment/draw-garment.fixture.ts";
import type { Models, PersonAnalysis, Raster, TopGarment } from "../index.ts";
import { analyseGarment, analysePhoto, tryOn } from "../index.ts";
import { loadNodeModels } from "../runtime/node-models.ts";
import { brokenPromises } from "./broken-promises.fixture.ts";

const white = [250, 250, 250] as const;
const orange = [225, 110, 30] as const;
const people = [1, 2, 3, 4, 5, 6].map((k) => `person-${k}.jpg`);
const tee = analyseGarment(drawGarment([{ polygon: mirrored(halves.tee), color: orange }], white), "top") as TopGarment;

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
