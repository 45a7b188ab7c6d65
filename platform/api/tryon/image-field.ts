import { z } from "@hono/zod-openapi";
import { AppError } from "../../core/errors.ts";
import type { ImageInput } from "../../core/tryon/service-types.ts";

/** A picture in JSON: URL, data URI or base64. In multipart it may also be a file. */
export const imageText = z.string().min(1).openapi({
  description: "URL, data URI or base64 (multipart: a file or a URL)",
  example: "https://shop.example/tee.jpg",
});

export const imagePart = z
  .union([z.instanceof(File), z.string().min(1)])
  .openapi({ type: "string", format: "binary", description: "A file, or a URL" });

const dataUri = /^data:[^,]*;base64,/;
const base64Form = /^[A-Za-z0-9+/_-]+={0,2}$/;
const maxUrlLength = 4096;

/** What a field holds. Throws invalid_request for what is neither. */
export async function toImageInput(value: string | File): Promise<ImageInput> {
  if (typeof value !== "string") return { bytes: new Uint8Array(await value.arrayBuffer()) };
  if (/^https?:\/\//i.test(value) && value.length <= maxUrlLength && URL.canParse(value)) return { url: value };
  const base64 = value.replace(dataUri, "").replace(/\s/g, "");
  if (!base64Form.test(base64))
    throw new AppError("invalid_request", { details: { image: "neither a URL nor base64" } });
  return { bytes: new Uint8Array(Buffer.from(base64, "base64")) };
}

export const toOptionalImageInput = (value: string | File | undefined) =>
  value === undefined || value === "" ? null : toImageInput(value);
