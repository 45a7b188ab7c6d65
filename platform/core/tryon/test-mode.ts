import { setTimeout as wait } from "node:timers/promises";
import type { ErrorCode } from "../errors.ts";
import { AppError, errorTable, isErrorCode } from "../errors.ts";
import type { TryOnJob } from "../model.ts";
import type { Engine } from "../ports.ts";

const shortNames: Record<string, ErrorCode> = {
  no_person: "no_person_detected",
  several_people: "several_people_detected",
};
const slowForm = /^test_slow_(\d{1,2})s$/;
/** well inside the engine's time-out */
const slowestS = 25;
const stepMs = 500;

/** Codes that a live job would carry, not the answer to its request. */
export const jobCodes = [
  "garment_not_found",
  "garment_background_not_plain",
  "garment_shape_unsupported",
  "content_refused",
  "preview_not_reliable",
  "engine_failed",
  "engine_timeout",
  "internal",
] as const satisfies ErrorCode[];

/** Codes that POST /tryon answers with. */
export const requestCodes = [
  "invalid_request",
  "unauthenticated",
  "invalid_api_key",
  "token_expired",
  "session_expired",
  "mfa_required",
  "insufficient_credits",
  "forbidden",
  "origin_not_allowed",
  "key_not_permitted",
  "mode_not_allowed",
  "account_suspended",
  "email_not_verified",
  "idempotency_conflict",
  "idempotency_in_progress",
  "image_too_large",
  "request_too_large",
  "unsupported_image",
  "image_unreadable",
  "image_too_small",
  "no_person_detected",
  "several_people_detected",
  "person_too_small",
  "person_cropped",
  "person_not_facing",
  "person_not_upright",
  "photo_too_blurred",
  "garment_not_found",
  "garment_background_not_plain",
  "garment_shape_unsupported",
  "content_refused",
  "image_url_unreachable",
  "rate_limited",
  "daily_generation_limit",
  "budget_reached",
  "engine_unavailable",
  "store_unavailable",
] as const satisfies ErrorCode[];

const ofJob = new Set<ErrorCode>(jobCodes);
const forced = new Set<ErrorCode>([...jobCodes, ...requestCodes]);

/** What a magic product id of test mode forces: `test_<code>` of those above, `test_slow_<seconds>s`; null = nothing. */
function magicOf(productId: string | null): { code: ErrorCode } | { slowMs: number } | null {
  const name = /^test_(\w+)$/.exec(productId ?? "")?.[1];
  if (!name) return null;
  const code = shortNames[name] ?? name;
  if (isErrorCode(code)) return forced.has(code) ? { code } : null;
  const seconds = Number(slowForm.exec(productId ?? "")?.[1] ?? 0);
  return seconds > 0 ? { slowMs: Math.min(seconds, slowestS) * 1000 } : null;
}

/** Throws the error that a test key's request asks for, unless it is one that its job would carry. */
export function throwForced(productId: string | null) {
  const magic = magicOf(productId);
  if (magic && "code" in magic && !ofJob.has(magic.code)) throw new AppError(magic.code);
}

/** The problem that a test key's check asks for: of a photo or garment, else none. */
export function forcedProblem(productId: string | null): ErrorCode | null {
  const magic = magicOf(productId);
  return magic && "code" in magic && errorTable[magic.code].status === 422 ? magic.code : null;
}

/** The engine of a test key's job, held to what its product id asks for: a failure at once and for good, or a slow run. */
export function withForced(
  engine: Engine,
  { key_mode, product_id }: Pick<TryOnJob, "key_mode" | "product_id">,
): Engine {
  const magic = key_mode === "test" ? magicOf(product_id) : null;
  if (!magic) return engine;
  return {
    ...engine,
    run: async (input, hooks) => {
      if ("code" in magic) throw new AppError(magic.code, { isFinal: true });
      const startedAt = performance.now();
      for (let passed = 0; passed < magic.slowMs; passed = performance.now() - startedAt) {
        hooks.onStage("fit", passed / magic.slowMs);
        await wait(Math.min(stepMs, magic.slowMs - passed), undefined, { signal: hooks.signal });
      }
      return engine.run(input, { ...hooks, onStage: () => {} });
    },
  };
}
