import { ApiProblem } from "./api-problem.ts";
import type { Texts } from "./languages/en.ts";

/** Not now, whatever the shopper does: no credits, no right, no budget. */
const resting = /^(budget_reached|daily_generation_limit)$/;
const restingStatus = new Set([401, 402, 403]);
/** What a shopper need not tell apart. */
const alike: Record<string, keyof Texts> = {
  rate_limited: "engine_unavailable",
  store_unavailable: "engine_unavailable",
  unsupported_image: "unreadable",
  image_too_large: "unreadable",
  image_url_unreachable: "garment_not_found",
};
/** These may be gone by the next try with the same photo. */
const passing = new Set<keyof Texts>(["offline", "failed", "engine_unavailable"]);

/** The text that tells a shopper of a fault; credits, keys and caps are the merchant's affair: then try-on rests. */
export function problemOf(error: unknown, texts: Partial<Texts>): keyof Texts {
  const { code, status } = error instanceof ApiProblem ? error : new ApiProblem("failed");
  if (restingStatus.has(status) || resting.test(code)) return "resting";
  return alike[code] ?? (code in texts ? (code as keyof Texts) : "failed");
}

export const isPassing = (problem: keyof Texts | null) => problem !== null && passing.has(problem);
