import sharp from "sharp";
import { ApiError, invalid } from "./api-error.ts";
import type { StandInModel } from "./models.ts";

/** A request for a picture that passed every check of the API. */
export interface Edit {
  model: StandInModel;
  images: Uint8Array[];
  prompt: string;
  width: number;
  height: number;
  quality: string;
  format: "png" | "jpeg" | "webp";
  compression: number;
  count: number;
  background: string;
  isStream: boolean;
  safetyIdentifier: string | null;
}

const fileFields = new Set(["image", "image[]", "mask"]);
const textFields = new Set([
  "prompt",
  "model",
  "input_fidelity",
  "quality",
  "complexity",
  "size",
  "background",
  "output_format",
  "output_compression",
  "n",
  "stream",
  "partial_images",
  "safety_identifier",
  "user",
]);
const mimeTypes: Record<string, string> = { "image/png": "png", "image/jpeg": "jpeg", "image/webp": "webp" };
const maxImages = 16;
const maxImageBytes = 50_000_000;
const maxPrompt = 32_000;
const maxIdentifier = 64;
const standardSizes = ["1024x1024", "1024x1536", "1536x1024"];
const pixelLimits = { least: 655_360, most: 8_294_400, maxWidth: 3840, maxHeight: 2160, maxRatio: 3, step: 16 };

const textOf = (form: FormData, name: string): string | null => {
  const value = form.get(name);
  return typeof value === "string" ? value : null;
};

function oneOf<T extends string>(form: FormData, name: string, allowed: readonly T[], fallback: T): T {
  const value = textOf(form, name) ?? fallback;
  if (allowed.includes(value as T)) return value as T;
  const list = allowed.map((one) => `'${one}'`).join(", ");
  throw invalid(`Invalid value: '${value}'. Supported values are: ${list}.`, name);
}

function integer(form: FormData, name: string, [least, most]: [number, number], fallback: number): number {
  const text = textOf(form, name);
  const value = text === null ? fallback : Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid(`Invalid '${name}': expected an integer from ${least} to ${most}.`, name);
}

/** Every part is a field that the API knows, and files are files. */
function checkFields(form: FormData) {
  for (const [name, value] of form.entries()) {
    const isFile = typeof value !== "string";
    if (isFile ? fileFields.has(name) : textFields.has(name)) continue;
    throw invalid(`Unknown parameter: '${name}'.`, name, "unknown_parameter");
  }
}

async function readImages(form: FormData): Promise<Uint8Array[]> {
  const files = [...form.getAll("image"), ...form.getAll("image[]")] as File[];
  if (files.length === 0) throw invalid("Missing required parameter: 'image'.", "image", "missing_required_parameter");
  if (files.length > maxImages)
    throw invalid(`Too many images: at most ${maxImages}.`, "image", "array_above_max_length");
  return Promise.all(
    files.map(async (file, index) => {
      const param = files.length > 1 ? `image[${index}]` : "image";
      const format = mimeTypes[file.type];
      if (!file.name || !format) {
        const message = `Invalid file '${param}': unsupported mimetype ('${file.type || "application/octet-stream"}').`;
        throw invalid(message, param, "unsupported_file_mimetype");
      }
      if (file.size >= maxImageBytes) throw invalid(`'${param}' is larger than 50 MB.`, param, "image_too_large");
      const bytes = new Uint8Array(await file.arrayBuffer());
      const actual = await sharp(bytes)
        .metadata()
        .then((data) => data.format)
        .catch(() => null);
      if (actual !== format) throw invalid(`Invalid image file '${param}'.`, param, "invalid_image_file");
      return bytes;
    }),
  );
}

function readModel(form: FormData, models: StandInModel[], today: string): StandInModel {
  const id = textOf(form, "model");
  if (!id) throw invalid("Missing required parameter: 'model'.", "model", "missing_required_parameter");
  const model = models.find((one) => one.id === id);
  if (model && (model.shutdownDate === null || today < model.shutdownDate)) return model;
  throw new ApiError(404, {
    message: `The model '${id}' does not exist or you do not have access to it.`,
    type: "invalid_request_error",
    code: "model_not_found",
  });
}

function readSize(form: FormData, model: StandInModel) {
  const text = textOf(form, "size") ?? "auto";
  const refuse = (why: string) => invalid(`Invalid size '${text}': ${why}.`, "size");
  if (text === "auto") return { width: 1024, height: 1024 };
  const match = /^(\d{2,4})x(\d{2,4})$/.exec(text);
  if (!match) throw refuse("expected 'auto' or WIDTHxHEIGHT");
  const [width, height] = [Number(match[1]), Number(match[2])];
  if (!model.hasFreeSizes) {
    if (!standardSizes.includes(text)) throw refuse(`supported are ${standardSizes.join(", ")}`);
    return { width, height };
  }
  const { least, most, maxWidth, maxHeight, maxRatio, step } = pixelLimits;
  const [longer, shorter] = [Math.max(width, height), Math.min(width, height)];
  if (width % step || height % step) throw refuse("width and height must be divisible by 16");
  if (longer / shorter > maxRatio) throw refuse("the aspect ratio must be between 1:3 and 3:1");
  if (longer > maxWidth || shorter > maxHeight || width * height > most) throw refuse("too large");
  if (width * height < least) throw refuse("too small");
  return { width, height };
}

function checkFidelity(form: FormData, model: StandInModel) {
  const fidelity = textOf(form, "input_fidelity");
  if (fidelity === null || model.fidelities.includes(fidelity)) return;
  const message = `The model '${model.id}' does not support input_fidelity '${fidelity}'.`;
  throw invalid(message, "input_fidelity", "invalid_input_fidelity_model");
}

function readPrompt(form: FormData): string {
  // line ends in a multipart body are always CR LF
  const prompt = textOf(form, "prompt")?.replaceAll("\r\n", "\n");
  if (!prompt) throw invalid("Missing required parameter: 'prompt'.", "prompt", "missing_required_parameter");
  if (prompt.length > maxPrompt) throw invalid("'prompt' is too long.", "prompt", "string_above_max_length");
  return prompt;
}

/** Reads the multipart body as the API would, or throws what it would answer. */
export async function readEdit(form: FormData, models: StandInModel[], today: string): Promise<Edit> {
  checkFields(form);
  const model = readModel(form, models, today);
  const prompt = readPrompt(form);
  const quality = oneOf(form, "quality", model.qualities, "auto");
  const format = oneOf(form, "output_format", ["png", "jpeg", "webp"], "png");
  const background = oneOf(form, "background", ["auto", "opaque", "transparent"], "auto");
  if (background === "transparent" && format === "jpeg") {
    throw invalid("Transparent backgrounds need png or webp.", "background");
  }
  if (form.has("output_compression") && format === "png") {
    throw invalid("'output_compression' is for jpeg and webp only.", "output_compression");
  }
  checkFidelity(form, model);
  const safetyIdentifier = textOf(form, "safety_identifier") ?? textOf(form, "user");
  if (safetyIdentifier && safetyIdentifier.length > maxIdentifier) {
    throw invalid("'safety_identifier' is too long.", "safety_identifier", "string_above_max_length");
  }
  return {
    model,
    prompt,
    quality,
    format,
    background,
    safetyIdentifier,
    ...readSize(form, model),
    compression: integer(form, "output_compression", [0, 100], 100),
    count: integer(form, "n", [1, 10], 1),
    isStream: oneOf(form, "stream", ["true", "false"], "false") === "true",
    images: await readImages(form),
  };
}
