// Draws every product picture of the demo shop into public/products.
import { mkdirSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { height, width } from "./cloth/fields.ts";
import { paintGarment } from "./cloth/paint-garment.ts";
import { collection } from "./garments/collection.ts";

const folder = path.join(import.meta.dirname, "..", "public", "products");
const only = process.argv[2];

mkdirSync(folder, { recursive: true });
for (const garment of collection) {
  if (only && !garment.name.includes(only)) continue;
  const pixels = await paintGarment(garment);
  const { size } = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 86, mozjpeg: true })
    .toFile(path.join(folder, `${garment.name}.jpg`));
  console.log(`${garment.name}.jpg ${Math.round(size / 1000)} kB`);
}
