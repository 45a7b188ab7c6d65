import * as tf from "@tensorflow/tfjs-core";
import type { Models } from "../runtime/load-models.ts";
import type { Raster } from "../types.ts";
import { cropRegion } from "./find-pose.ts";

const side = 256;
const rowLength = 56;
const maxPeople = 6;
const minScore = 0.3;
/** somebody smaller than this share of the largest is a passer-by far behind */
const minRelativeHeight = 0.45;

/** How many people of comparable size MoveNet sees: a second opinion on the pose detector, which tends to find one. */
export async function countPeople(models: Models, photo: Raster): Promise<number> {
  const size = Math.max(photo.width, photo.height);
  const region = { centre: [photo.width / 2, photo.height / 2] as const, size, rotation: 0 };
  const input = tf.tensor4d(Int32Array.from(cropRegion(photo, region, side, 1, 0)), [1, side, side, 3], "int32");
  const output = models.counter.execute(input) as tf.Tensor;
  const rows = await output.data();
  tf.dispose([input, output]);
  const people = Array.from({ length: maxPeople }, (_, i) => {
    const at = i * rowLength;
    return { score: rows[at + 55]!, height: rows[at + 53]! - rows[at + 51]! };
  }).filter((person) => person.score > minScore);
  const tallest = Math.max(0, ...people.map((person) => person.height));
  return people.filter((person) => person.height > tallest * minRelativeHeight).length;
}
