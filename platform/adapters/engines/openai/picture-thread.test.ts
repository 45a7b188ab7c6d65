import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { createPictureThread } from "./create-picture-thread.ts";

const pictures = createPictureThread();
afterAll(() => pictures.close());
const { signal } = new AbortController();

/** A photo whose every place has its own colour. */
async function photoOf(width: number, height: number) {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set([(255 * x) / width, (255 * y) / height, 128], 3 * (y * width + x));
  }
  return new Uint8Array(
    await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 95 })
      .toBuffer(),
  );
}

/** Mean difference of two pictures at one size, 0-255. */
async function difference(a: Uint8Array, b: Uint8Array) {
  const pixels = (bytes: Uint8Array) => sharp(bytes).resize(64, 64, { fit: "fill" }).removeAlpha().raw().toBuffer();
  const [one, other] = await Promise.all([pixels(a), pixels(b)]);
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}

test.each([
  [683, 1024, "1024x1536"],
  [768, 1024, "1024x1536"],
  [400, 1024, "1024x1536"],
  [900, 1000, "1024x1024"],
  [1024, 640, "1536x1024"],
])(
  "a photo of %d×%d is asked for as %s and comes back in its own shape, every part in its place",
  async (width, height, size) => {
    const photo = await photoOf(width, height);
    const placed = await pictures.place(photo, ["1024x1536", "1024x1024", "1536x1024"], signal);
    expect(placed.size).toBe(size);
    const [w = 0, h = 0] = size.split("x").map(Number);
    const sent = await sharp(placed.bytes).metadata();
    expect(sent.width / sent.height).toBeCloseTo(w / h, 2);
    expect(Math.min(sent.width - width, sent.height - height)).toBe(0);
    // the vendor gives back what it got, in the size that was asked for
    const answer = new Uint8Array(await sharp(placed.bytes).resize(w, h, { fit: "fill" }).png().toBuffer());
    const result = await pictures.finish(answer, placed.placement, signal);
    const { width: rw, height: rh } = await sharp(result).metadata();
    expect(rw / rh).toBeCloseTo(width / height, 2);
    expect(rw).toBeGreaterThanOrEqual(width);
    expect(await difference(result, photo)).toBeLessThan(2);
  },
);

test.each([
  ["text", new TextEncoder().encode("<html></html>")],
  ["nothing", new Uint8Array()],
])("%s is no picture", async (_name, bytes) => {
  const placement = { canvas: { width: 10, height: 10 }, photo: { width: 10, height: 10 }, left: 0, top: 0 };
  await expect(pictures.finish(bytes, placement, signal)).rejects.toMatchObject({
    code: "engine_failed",
    isFinal: false,
  });
});

test("a thumbnail is no result", async () => {
  const placed = await pictures.place(await photoOf(683, 1024), ["1024x1536"], signal);
  const tiny = new Uint8Array(await sharp(placed.bytes).resize(100, 150).png().toBuffer());
  await expect(pictures.finish(tiny, placed.placement, signal)).rejects.toMatchObject({ code: "engine_failed" });
});
