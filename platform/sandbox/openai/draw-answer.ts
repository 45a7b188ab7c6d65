import sharp from "sharp";
import type { Edit } from "./read-edit.ts";

const insetShare = 0.4;
const insetTop = 0.45;

/** A picture that shows what was sent: the first image as a whole, the others laid on it. */
export async function drawPicture({ images, width, height, format, compression }: Edit): Promise<Uint8Array> {
  const [person, ...garments] = images;
  const inset = Math.round((width * insetShare) / Math.max(1, garments.length));
  const laid = await Promise.all(
    garments.map(async (bytes, index) => ({
      input: await sharp(bytes).resize(inset, inset, { fit: "contain", background: "#ffffff" }).png().toBuffer(),
      left: Math.round((width - inset * garments.length) / 2) + index * inset,
      top: Math.round(height * insetTop),
    })),
  );
  const picture = sharp(person).resize(width, height, { fit: "fill" }).composite(laid);
  const quality = Math.max(1, compression);
  const written =
    format === "png" ? picture.png() : format === "jpeg" ? picture.jpeg({ quality }) : picture.webp({ quality });
  return new Uint8Array(await written.toBuffer());
}

const tokensPerImage = 1024;
const charactersPerToken = 4;
const squareMegapixel = 1024 * 1024;

/** The bill of one call, in the API's own words. */
export function writeUsage({ images, prompt, model, quality, width, height, count }: Edit) {
  const image_tokens = images.length * tokensPerImage;
  const text_tokens = Math.ceil(prompt.length / charactersPerToken);
  const perPicture = ((model.tokensOut[quality] ?? 0) * width * height) / squareMegapixel;
  const output_tokens = Math.round(perPicture) * count;
  return {
    input_tokens: image_tokens + text_tokens,
    input_tokens_details: { image_tokens, text_tokens },
    output_tokens,
    output_tokens_details: { image_tokens: output_tokens, text_tokens: 0 },
    total_tokens: image_tokens + text_tokens + output_tokens,
  };
}

/** The body of a success, with the pictures given. */
export function writeAnswer(edit: Edit, pictures: { b64_json: string }[]) {
  const { background, format, quality, width, height } = edit;
  return {
    created: Math.floor(Date.now() / 1000),
    background: background === "auto" ? "opaque" : background,
    output_format: format,
    quality,
    size: `${width}x${height}`,
    safety_identifier: edit.safetyIdentifier,
    data: pictures,
    usage: writeUsage(edit),
  };
}
