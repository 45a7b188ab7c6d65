// Makes the landing page's pictures from the sample people and the demo shop's drawn garments, with the local engine as
// it serves: npm run site:pictures. What it writes is committed; run it again when the engine or the garments change.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { Sharp } from "sharp";
import sharp from "sharp";
import { createLocalEngine } from "../adapters/engines/local/create-local-engine.ts";
import { createImagePreparer, defaultImageLimits } from "../adapters/images/create-image-preparer.ts";
import type { Engine, ImagePreparer } from "../core/ports.ts";

const platform = path.dirname(import.meta.dirname);
const shopPictures = path.join(platform, "..", "demo-store", "public", "products");
const people = path.join(platform, "public", "v1", "models");
const garmentsFolder = path.join(platform, "public", "site", "garments");
const picturesFolder = path.join(platform, "app", "pictures");

/** On the shelf of the page; the first four also in its head, worn. */
const garments = [
  "ridge-tee-mustard",
  "plain-tee-moss",
  "striped-tee-navy",
  "polo-navy",
  "long-sleeve-teal",
  "sweatshirt-brick",
];
const worn = garments.slice(0, 4);
/** Head to hips of those who wear them: left, top and width for the sample's own 768 pixels; 3:4. */
const frames = {
  "person-1": { left: 152, top: 50, width: 480 },
  "person-2": { left: 152, top: 40, width: 480 },
  "person-6": { left: 64, top: 40, width: 640 },
};
const frameOf = 768;
const widths = [320, 640];
const garmentSize = { width: 800, height: 960 };
const avif = { quality: 58, effort: 7 };
const log = { info: () => {}, warn: () => {}, error: (fields: unknown) => console.error(fields) };

async function write(picture: Sharp, name: string) {
  for (const width of widths) {
    const file = path.join(picturesFolder, `${name}-${width}.avif`);
    await picture.clone().resize({ width, withoutEnlargement: true }).avif(avif).toFile(file);
  }
  console.log(name);
}

async function framed(bytes: Uint8Array, { left, top, width }: (typeof frames)["person-1"]) {
  const whole = sharp(bytes);
  const scale = (await whole.metadata()).width / frameOf;
  const [x, y, w, h] = [left, top, width, (width * 4) / 3].map((side) => Math.round(side * scale));
  return whole.extract({ left: x ?? 0, top: y ?? 0, width: w ?? 1, height: h ?? 1 });
}

/** One try-on, as a visitor's would be. */
async function wear(engine: Engine, preparer: ImagePreparer, photo: Uint8Array, garment: string) {
  const prepared = await preparer.prepare(readFileSync(path.join(garmentsFolder, `${garment}.jpg`)), "garment");
  const person = await preparer.prepare(photo, "person");
  const input = { jobId: garment, person, top: prepared, bottom: null, mode: "top" as const, prompt: "", safetyId: "" };
  const paidCalls = { begin: async () => {}, end: async () => {} };
  return engine.run(input, { signal: new AbortController().signal, onStage: () => {}, paidCalls });
}

async function makeAll() {
  const engine = createLocalEngine({ threads: 1, log });
  const preparer = createImagePreparer(defaultImageLimits);
  for (const garment of garments) {
    const picture = sharp(path.join(shopPictures, `${garment}.jpg`));
    await picture
      .clone()
      .resize(garmentSize)
      .jpeg({ quality: 84, mozjpeg: true })
      .toFile(path.join(garmentsFolder, `${garment}.jpg`));
    await write(picture, garment);
  }
  for (const [name, frame] of Object.entries(frames)) {
    const photo = readFileSync(path.join(people, `${name}.jpg`));
    await write(await framed(photo, frame), name);
    for (const garment of worn) {
      const { bytes } = await wear(engine, preparer, photo, garment);
      await write(await framed(bytes, frame), `${name}-${garment}`);
    }
  }
  await Promise.all([engine.close(), preparer.close()]);
}

for (const folder of [garmentsFolder, picturesFolder]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
await makeAll();
