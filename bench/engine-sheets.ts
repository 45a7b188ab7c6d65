// Contact sheets: person, garment, result side by side, refused ones marked.
import path from "node:path";
import type { Create, OverlayOptions } from "sharp";
import sharp from "sharp";

const cellWidth = 260;
const cellHeight = 340;
const caption = 22;
const pairsPerRow = 2;
const rowsPerSheet = 6;

export interface SheetEntry {
  person: string;
  garment: string;
  /** the result's file, or null with the code of the refusal */
  result: string | null;
  note: string;
}

const escapeXml = (text: string) => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);

const thumbnail = (file: string) =>
  sharp(file)
    .rotate()
    .flatten({ background: "white" })
    .resize(cellWidth, cellHeight, { fit: "contain", background: "white" })
    .png()
    .toBuffer();

const refusal = (code: string) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${cellWidth}" height="${cellHeight}"><rect width="100%" height="100%" fill="#eee"/><text x="50%" y="50%" text-anchor="middle" font-family="sans-serif" font-size="15" fill="#a00">refused</text><text x="50%" y="56%" text-anchor="middle" font-family="sans-serif" font-size="13" fill="#a00">${escapeXml(code)}</text></svg>`,
  );

const label = (text: string) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${cellWidth * 3}" height="${caption}"><text x="4" y="16" font-family="sans-serif" font-size="13">${escapeXml(text)}</text></svg>`,
  );

/** Writes sheet-1.jpg, sheet-2.jpg … into the folder. */
export async function writeSheets(entries: SheetEntry[], folder: string): Promise<void> {
  const perSheet = pairsPerRow * rowsPerSheet;
  const pairWidth = cellWidth * 3 + 12;
  const pairHeight = cellHeight + caption + 6;
  for (let start = 0; start < entries.length; start += perSheet) {
    const group = entries.slice(start, start + perSheet);
    const parts: OverlayOptions[] = [];
    for (const [k, entry] of group.entries()) {
      const left = (k % pairsPerRow) * pairWidth;
      const top = Math.floor(k / pairsPerRow) * pairHeight;
      const result = entry.result ? await thumbnail(entry.result) : refusal(entry.note);
      const cells = [await thumbnail(entry.person), await thumbnail(entry.garment), result];
      for (const [c, input] of cells.entries()) parts.push({ input, left: left + c * cellWidth, top: top + caption });
      const names = `${path.parse(entry.person).name} + ${path.parse(entry.garment).name}  ${entry.note}`;
      parts.push({ input: label(names), left, top });
    }
    const rows = Math.ceil(group.length / pairsPerRow);
    const background = { width: pairWidth * pairsPerRow, height: pairHeight * rows, channels: 3, background: "white" };
    await sharp({ create: background as Create })
      .composite(parts)
      .jpeg({ quality: 88 })
      .toFile(path.join(folder, `sheet-${start / perSheet + 1}.jpg`));
  }
}
