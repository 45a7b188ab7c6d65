// Runs in a worker thread: the photo on a canvas of the shape that is asked for, and the answer back in the photo's shape.
import sharp from "sharp";
import { writeResult } from "../write-result.ts";
import type { Size } from "./choose-size.ts";
import { chooseSize } from "./choose-size.ts";
import type { PictureAnswer, PictureTask, Placement } from "./picture-tasks.ts";

sharp.cache(false);
sharp.concurrency(1);

const sentQuality = 95;
const maxResultPixels = 20_000_000;
/** less than this is no picture of a person */
const minResultSide = 256;
const decodeSeconds = 20;

/** Does one task. */
export default async function work(task: PictureTask): Promise<PictureAnswer> {
  return task.kind === "place" ? place(task) : finish(task);
}

/** The smallest canvas of a size's shape that holds the whole photo. */
function placeOn({ width, height }: Size, photo: Size): Placement {
  const shape = width / height;
  const canvas =
    photo.width / photo.height > shape
      ? { width: photo.width, height: Math.round(photo.width / shape) }
      : { width: Math.round(photo.height * shape), height: photo.height };
  const left = Math.floor((canvas.width - photo.width) / 2);
  const top = Math.floor((canvas.height - photo.height) / 2);
  return { canvas, photo, left, top };
}

async function place({ bytes, sizes }: PictureTask & { kind: "place" }): Promise<PictureAnswer> {
  const { width, height } = await sharp(bytes).metadata();
  const size = chooseSize(sizes, { width, height });
  const placement = placeOn(size, { width, height });
  const { canvas, left, top } = placement;
  const margin = { left, top, right: canvas.width - width - left, bottom: canvas.height - height - top };
  const isWhole = Object.values(margin).every((side) => side === 0);
  const placed = isWhole
    ? bytes
    : await sharp(bytes)
        // the edge goes on: a bar of one colour would be kept as part of the scene
        .extend({ ...margin, extendWith: "copy" })
        .jpeg({ quality: sentQuality, chromaSubsampling: "4:4:4" })
        .toBuffer();
  return { kind: "placed", bytes: new Uint8Array(placed), size: `${size.width}x${size.height}`, placement };
}

async function finish({ bytes, placement }: PictureTask & { kind: "finish" }): Promise<PictureAnswer> {
  try {
    const image = sharp(bytes, { limitInputPixels: maxResultPixels, failOn: "warning" });
    const { width, height } = await image.metadata();
    if (Math.min(width, height) < minResultSide) return { kind: "unusable", detail: `a picture of ${width}x${height}` };
    const { canvas, photo, left, top } = placement;
    const across = width / canvas.width;
    const down = height / canvas.height;
    const part = {
      left: Math.round(left * across),
      top: Math.round(top * down),
      width: Math.min(width - Math.round(left * across), Math.round(photo.width * across)),
      height: Math.min(height - Math.round(top * down), Math.round(photo.height * down)),
    };
    // the photo's shape to the pixel, and never fewer pixels than it has
    const scale = Math.max(1, part.height / photo.height);
    const whole = { width: Math.round(photo.width * scale), height: Math.round(photo.height * scale) };
    const result = image
      .timeout({ seconds: decodeSeconds })
      .extract(part)
      .resize({ ...whole, fit: "fill" })
      .toColourspace("srgb");
    return { kind: "finished", bytes: await writeResult(result) };
  } catch (error) {
    return { kind: "unusable", detail: String(error) };
  }
}
