import { z } from "zod";
import type { OpenAiModel } from "../adapters/engines/openai/openai-model.ts";
import { openAiModels } from "../adapters/engines/openai/openai-model.ts";

const millionth = 1e-6;
const price_usd_per_million_tokens = { text_in: 5, image_in: 8, image_out: 30 };
const sizes = ["1024x1536", "1152x1536", "864x1536", "1024x1024", "1536x1024", "1536x1152"];

/** What is tried in this order while OPENAI_MODELS names nothing else. Data of November 2026: check it against the vendor's price list. */
const defaultModels: OpenAiModel[] = [
  {
    id: "gpt-image-2.6-flare",
    end_of_life: null,
    quality: "medium",
    sizes,
    output_format: "jpeg",
    output_compression: 90,
    price_usd_per_million_tokens,
    estimate: { tokens_per_image_in: 1100, tokens_out: 3000 },
  },
  {
    id: "gpt-image-2.5-flare-2026-09-08",
    end_of_life: null,
    quality: "medium",
    sizes,
    output_format: "jpeg",
    output_compression: 90,
    price_usd_per_million_tokens,
    estimate: { tokens_per_image_in: 1100, tokens_out: 900 },
  },
];

/** A JSON list of models; each fault is told by where it is. */
const modelList = z
  .string()
  .optional()
  .transform((text, context): OpenAiModel[] => {
    if (text === undefined) return defaultModels;
    try {
      const parsed = openAiModels.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
      for (const { path, message } of parsed.error.issues) {
        context.addIssue({ code: "custom", message: `OPENAI_MODELS at ${path.join(".") || "the top"}: ${message}` });
      }
    } catch {
      context.addIssue({ code: "custom", message: "OPENAI_MODELS is not JSON" });
    }
    return z.NEVER;
  });

/** The OpenAI engine as variables of the environment (docs/operations.md). */
export const openAiVariables = {
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/ }).default("https://api.openai.com/v1"),
  OPENAI_MODELS: modelList,
  OPENAI_TIMEOUT_MS: z.coerce.number().int().min(1).default(180_000),
  /** US dollars for one UTC day, all processes together */
  OPENAI_DAILY_CAP_USD: z.coerce.number().positive().default(50),
};

const shape = z.object(openAiVariables);
type OpenAiEnvironment = z.infer<typeof shape> & { ENGINE: string };

/** What is missing for the engine that was chosen. */
export const openAiFaults = ({ ENGINE, OPENAI_API_KEY }: OpenAiEnvironment): string[] =>
  ENGINE === "openai" && !OPENAI_API_KEY ? ["ENGINE=openai needs OPENAI_API_KEY"] : [];

/** null unless it is the chosen engine. */
export const toOpenAi = (env: OpenAiEnvironment) =>
  env.ENGINE === "openai"
    ? {
        apiKey: env.OPENAI_API_KEY ?? "",
        baseUrl: env.OPENAI_BASE_URL.replace(/\/$/, ""),
        models: env.OPENAI_MODELS,
        timeoutMs: env.OPENAI_TIMEOUT_MS,
      }
    : null;

export const toCapMicroUsd = (env: OpenAiEnvironment) => Math.round(env.OPENAI_DAILY_CAP_USD / millionth);
