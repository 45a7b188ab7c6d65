import type OpenAI from "openai";
import { toFile } from "openai";
import { z } from "zod";
import { AppError } from "../../../core/errors.ts";
import type { EngineImage, EngineInput } from "../../../core/ports.ts";
import type { OpenAiModel } from "./openai-model.ts";

const extensions = { "image/jpeg": "jpg", "image/png": "png" } as const;
/** The files need names and types: a bare buffer is sent as text and refused. */
const fileOf = (name: string, { bytes, contentType }: Pick<EngineImage, "bytes" | "contentType">) =>
  toFile(bytes, `${name}.${extensions[contentType]}`, { type: contentType });

const answerSchema = z.object({ data: z.array(z.object({ b64_json: z.string().min(1) })).min(1) });

export interface Question {
  model: OpenAiModel;
  person: Uint8Array;
  size: string;
  input: EngineInput;
}

/** The request's parts, ready to leave: the person first, then the top, then the bottom, as the prompt says. */
export async function writeQuestion({ model, person, size, input }: Question) {
  const { top, bottom, prompt, safetyId } = input;
  const image = [
    await fileOf("person", { bytes: person, contentType: "image/jpeg" }),
    ...(top ? [await fileOf("top", top)] : []),
    ...(bottom ? [await fileOf("bottom", bottom)] : []),
  ];
  const { id, quality, output_format, output_compression } = model;
  const compresses = output_format !== "png" && output_compression !== null;
  return {
    model: id,
    image,
    prompt,
    size,
    quality,
    output_format,
    ...(compresses ? { output_compression } : {}),
    n: 1,
    safety_identifier: safetyId,
  };
}

type QuestionParts = Awaited<ReturnType<typeof writeQuestion>>;

/** Sends it once. Throws what the SDK throws; the answer is as the vendor gave it. */
export const ask = (client: OpenAI, question: QuestionParts, signal: AbortSignal): Promise<unknown> =>
  client.images.edit(question, { signal, maxRetries: 0 });

/** The picture's bytes. Throws engine_failed when there is none: an answer without a picture is no success. */
export function readPicture(answer: unknown): Uint8Array {
  const parsed = answerSchema.safeParse(answer);
  const [picture] = parsed.success ? parsed.data.data : [];
  if (!picture) throw new AppError("engine_failed", { log: "an answer without a picture" });
  return new Uint8Array(Buffer.from(picture.b64_json, "base64"));
}

export const readUsage = (answer: unknown) => (answer as { usage?: unknown } | null)?.usage;
