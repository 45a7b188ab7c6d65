import { z } from "zod";
import type { OpenAiModel } from "./openai-model.ts";

const count = z.number().int().min(0);
const usageSchema = z.object({
  input_tokens: count,
  input_tokens_details: z.object({ image_tokens: count, text_tokens: count }).optional(),
  output_tokens: count,
});

const charactersPerToken = 3;

/** Micro-USD of so many tokens. A dollar per million tokens is a micro-dollar per token. */
const cost = (
  { price_usd_per_million_tokens: price }: OpenAiModel,
  tokens: { textIn: number; imageIn: number; out: number },
) => Math.ceil(tokens.textIn * price.text_in + tokens.imageIn * price.image_in + tokens.out * price.image_out);

/** What an answered call cost by its own `usage`; null when it does not say. */
export function costOfUsage(model: OpenAiModel, usage: unknown): number | null {
  const parsed = usageSchema.safeParse(usage);
  if (!parsed.success) return null;
  const { input_tokens, input_tokens_details, output_tokens: out } = parsed.data;
  // without the split all of it counts as pictures, which cost more
  const textIn = input_tokens_details?.text_tokens ?? 0;
  const imageIn = input_tokens_details?.image_tokens ?? input_tokens;
  return cost(model, { textIn, imageIn, out });
}

/** What a call may cost before it is made. */
export const estimateCost = (model: OpenAiModel, prompt: string, images: number) =>
  cost(model, {
    textIn: Math.ceil(prompt.length / charactersPerToken),
    imageIn: images * model.estimate.tokens_per_image_in,
    out: model.estimate.tokens_out,
  });
