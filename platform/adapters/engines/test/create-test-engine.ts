import sharp from "sharp";
import type { Engine, EngineImage } from "../../../core/ports.ts";

const garmentShare = 0.28;
const bandShare = 0.09;

/** A band that says what this is, drawn as paths of its own: no font decides how it looks. */
function band(width: number, height: number) {
  const size = Math.max(4, Math.round(height * bandShare));
  const unit = size / 7;
  // T E S T as strokes on a grid of 5 rows
  const letters = [
    ["M0 0h3", "M1.5 0v5"],
    ["M0 0h3", "M0 0v5", "M0 2.5h2.5", "M0 5h3"],
    ["M3 0h-3v2.5h3v2.5h-3"],
    ["M0 0h3", "M1.5 0v5"],
  ];
  const left = width / 2 - 8 * unit;
  const drawn = letters.map((strokes, index) => {
    const place = `translate(${left + index * 4.2 * unit} ${unit}) scale(${unit})`;
    return strokes
      .map((d) => `<path transform="${place}" d="${d}" stroke-width="0.7" fill="none" stroke="#fff"/>`)
      .join("");
  });
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${size}"><rect width="100%" height="100%" fill="#14614a"/>${drawn.join("")}</svg>`,
  );
}

async function garmentTile(image: EngineImage, width: number) {
  const side = Math.max(8, Math.round(width * garmentShare));
  return sharp(image.bytes)
    .resize(side, side, { fit: "contain", background: "#ffffff" })
    .flatten({ background: "#ffffff" })
    .png()
    .toBuffer();
}

/** The engine of test keys: no person is looked for, nothing is fitted. The same input gives the same picture: the photo, the garments in its corners, and a band that says TEST. */
export function createTestEngine(): Engine {
  return {
    name: "test",
    concurrency: 4,
    timeoutMs: 30_000,
    ready: async () => {},
    close: async () => {},
    run: async ({ person, top, bottom }, { onStage, signal }) => {
      onStage("photo", 0.2);
      const photo = sharp(person.bytes);
      const { width, height } = await photo.metadata();
      onStage("garment", 0.5);
      const tiles = [];
      if (top) tiles.push({ input: await garmentTile(top, width), gravity: "southwest" });
      if (bottom) tiles.push({ input: await garmentTile(bottom, width), gravity: "southeast" });
      signal.throwIfAborted();
      onStage("finish", 0.9);
      const bytes = await photo
        .composite([...tiles, { input: band(width, height), gravity: "north" }])
        .jpeg({ quality: 85 })
        .toBuffer();
      return { bytes: new Uint8Array(bytes), contentType: "image/jpeg", confidence: 1, warnings: [], preview: true };
    },
  };
}
