import type { Caller } from "../caller.ts";
import { AppError, describeProblem, isErrorCode } from "../errors.ts";
import type { Verdicts } from "./create-verdicts.ts";
import type { TryOnDeps } from "./deps.ts";
import { loadImage } from "./load-image.ts";
import type { CheckInput, CheckResult } from "./service-types.ts";

/** Counted before a check is really run; throws rate_limited. */
export type CountCheck = () => Promise<void>;

export const toProblems = (codes: string[]) => codes.filter(isErrorCode).map(describeProblem);

/** What stands against a photo or a garment picture, without taking credits. Unreadable pictures are problems too, not errors. */
export async function checkImages(
  deps: TryOnDeps,
  verdicts: Verdicts,
  caller: Caller,
  input: CheckInput,
  countCheck: CountCheck,
): Promise<CheckResult> {
  const codes = await runCheck(deps, verdicts, caller, input, countCheck).catch((error: unknown) => {
    if (error instanceof AppError && error.code.startsWith("image_") && error.code !== "image_url_unreachable") {
      return [error.code];
    }
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
  if ("person" in input) {
    const image = await loadImage(deps, caller, input.person, "person", null);
    if (!verdicts.isPersonKnown(userId, image, input.mode)) await countCheck();
    return verdicts.person(userId, image, input.mode);
  }
  const settings = await deps.store.settings.find(userId);
  const kind = "top" in input ? "top" : "bottom";
  const image = await loadImage(deps, caller, "top" in input ? input.top : input.bottom, "garment", settings);
  if (!verdicts.isGarmentKnown(userId, image, kind)) await countCheck();
  return verdicts.garment(userId, image, kind);
}
