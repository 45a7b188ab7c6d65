// Makes the small pictures by which a shopper chooses one of the widget's sample people.
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";

const folder = path.join(import.meta.dirname, "..", "..", "platform", "public", "v1", "models");
const maximumBytes = 12_000;

for (const name of readdirSync(folder).filter((file) => /^person-\d+\.jpg$/.test(file))) {
  const file = path.join(folder, name.replace(".jpg", "-thumb.jpg"));
  await sharp(path.join(folder, name)).resize({ height: 240 }).jpeg({ quality: 76, mozjpeg: true }).toFile(file);
  const { size } = statSync(file);
  if (size > maximumBytes) throw new Error(`${file} has ${size} bytes, more than ${maximumBytes}.`);
  console.log(`${path.basename(file)} ${size} bytes`);
}
