/** What the bytes say they are: names and content types of requests are not believed. */
export type SniffedType = "jpeg" | "png" | "webp" | "avif" | "heic" | "other";

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
const heicBrands = new Set(["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"]);

export function sniffImage(bytes: Uint8Array): SniffedType {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (bytes[0] === 0x89 && ascii(bytes, 1, 8) === "PNG\r\n\x1a\n") return "png";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp";
  if (ascii(bytes, 4, 8) !== "ftyp") return "other";
  const brand = ascii(bytes, 8, 12);
  const compatible = ascii(bytes, 8, Math.min(bytes.length, 40));
  if (brand === "avif" || brand === "avis" || compatible.includes("avif")) return "avif";
  return heicBrands.has(brand) ? "heic" : "other";
}
