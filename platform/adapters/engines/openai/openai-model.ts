import { z } from "zod";

const size = z.string().regex(/^\d{3,4}x\d{3,4}$/, "a size is WIDTHxHEIGHT");
const price = z.number().min(0);
const tokens = z.number().int().min(1);

/** One model as the operator configures it: vendors change names, prices and dates faster than code is released. */
const openAiModel = z.strictObject({
  id: z.string().min(1),
  /** the first day (YYYY-MM-DD, UTC) on which it is no longer called; null while none is announced */
  end_of_life: z.iso.date().nullable().default(null),
  quality: z.enum(["auto", "low", "medium", "high", "xhigh", "max"]).default("medium"),
  /** what may be asked for; the one nearest to the photo's shape is taken */
  sizes: z.array(size).min(1),
  output_format: z.enum(["jpeg", "png", "webp"]).default("jpeg"),
  /** 0-100, jpeg and webp only */
  output_compression: z.number().int().min(0).max(100).nullable().default(90),
  price_usd_per_million_tokens: z.strictObject({ text_in: price, image_in: price, image_out: price }),
  /** the upper side of what one call uses: it is taken from the day's cap before the call, and booked when no answer comes */
  estimate: z.strictObject({ tokens_per_image_in: tokens, tokens_out: tokens }),
});

export type OpenAiModel = z.infer<typeof openAiModel>;

/** The models in the order in which they are tried. */
export const openAiModels = z.array(openAiModel).min(1);
