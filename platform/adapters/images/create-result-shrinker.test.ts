import { readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { createResultShrinker } from "./create-result-shrinker.ts";

const photo = readFileSync(path.join(import.meta.dirname, "../../public/v1/models/person-1.jpg"));

test("a result is a few kB as large as a page shows it, upright as it was, without metadata", async () => {
  const { bytes, contentType } = await createResultShrinker().shrink(photo);
  const { width, height, format, exif, xmp } = await sharp(bytes).metadata();
  expect({ width, height, format, contentType }).toEqual({
    width: 427,
    height: 640,
    format: "webp",
    contentType: "image/webp",
  });
  expect([exif, xmp]).toEqual([undefined, undefined]);
  expect(bytes.length).toBeLessThan(10_000);
});

test("what is no picture is refused", async () => {
  await expect(createResultShrinker().shrink(new TextEncoder().encode("no picture"))).rejects.toThrow();
});
