import type { Caller } from "../caller.ts";
import type { ErrorCode } from "../errors.ts";
import { AppError, describeProblem, isErrorCode } from "../errors.ts";
import type { CountCheck, Verdicts } from "./create-verdicts.ts";
import type { TryOnDeps } from "./deps.ts";
import { loadImage } from "./load-image.ts";
import type { CheckInput, CheckResult } from "./service-types.ts";
import { forcedProblem } from "./test-mode.ts";

export const toProblems = (codes: string[]) => codes.filter(isErrorCode).map(describeProblem);

const readingProblems = new Set<ErrorCode>(["image_unreadable", "image_too_small"]);

/** What stands against a photo or a garment picture, without taking credits. Unreadable pictures are problems too, not errors. */
export async function checkImages(
  deps: TryOnDeps,
  verdicts: Verdicts,
  caller: Caller,
  input: CheckInput,
  countCheck: CountCheck,
): Promise<CheckResult> {
  const codes = await runCheck(deps, verdicts, caller, input, countCheck).catch((error: unknown) => {
    if (error instanceof AppError && readingProblems.has(error.code)) return [error.code];
    throw error;
  });
  return { ok: codes.length === 0, problems: toProblems(codes) };
}

async function runCheck(
  deps: TryOnDeps,
  verdicts: Verdicts,
  caller: Caller,
  input: CheckInput,
  countCheck: CountCheck,
) {
  const userId = caller.user.id;
  const isTest = caller.keyMode === "test";
  const forced = isTest ? forcedProblem(input.productId ?? null) : null;
  if ("person" in input) {
    const image = await loadImage(deps, caller, input.person, "person", null);
    if (isTest) return forced ? [forced] : [];
    return verdicts.person(userId, image, input.mode, countCheck);
  }
  const settings = await deps.store.settings.find(userId);
  const kind = "top" in input ? "top" : "bottom";
  const image = await loadImage(deps, caller, "top" in input ? input.top : input.bottom, "garment", settings);
  if (isTest) return forced ? [forced] : [];
  return verdicts.garment(userId, image, kind, countCheck);
}
