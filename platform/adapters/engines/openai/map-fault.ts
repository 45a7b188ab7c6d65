import { APIError } from "openai";
import { AppError } from "../../../core/errors.ts";

/** What went wrong with a call, in our words. `unanswered`: it may have been carried out, and billed. */
export type Fault =
  | { kind: "unanswered"; error: unknown }
  | { kind: "model_gone"; detail: string }
  /** every call would meet it: wrong key, no access, no money */
  | { kind: "shut_out"; detail: string }
  /** `alerts`: the request is at fault, which is ours to mend */
  | { kind: "answered"; error: AppError; alerts: boolean };

const quotaCodes = new Set(["insufficient_quota", "billing_hard_limit_reached", "billing_not_active"]);
const connectCodes = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);
const connectCalls = new Set(["connect", "getaddrinfo"]);
const tlsFault = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

/** Whether the connection never stood, so that nothing can have been sent. */
function neverLeft(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; cause = cause.cause, depth += 1) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code && (connectCodes.has(code) || tlsFault.test(code))) return true;
    if (syscall && connectCalls.has(syscall)) return true;
  }
  return false;
}

/** Seconds to wait by `retry-after-ms` or `retry-after` (seconds or a date); undefined when neither is given or sane. */
function readRetryAfter(headers: Headers | undefined, now: Date): number | undefined {
  const milliseconds = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (milliseconds >= 0) return milliseconds / 1000;
  const text = headers?.get("retry-after") ?? "";
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

const answered = (error: AppError, alerts = false): Fault => ({ kind: "answered", error, alerts });

const detailLength = 500;
/** The vendor's words for the log: short, and without the key that a refusal repeats in part. */
const detailOf = (text: string) => text.replaceAll(/\bsk-[\w*-]+/g, "[key]").slice(0, detailLength);

function mapBadRequest({ code, type, param }: APIError, detail: string): Fault {
  if (code === "moderation_blocked" || type === "image_generation_user_error") {
    return answered(new AppError("content_refused", { log: detail }));
  }
  if (param === "model" || code === "model_not_found") return { kind: "model_gone", detail };
  return answered(new AppError("engine_failed", { isFinal: true, log: detail }), true);
}

/** Puts whatever the SDK threw into one of our faults (spec §4). Unknown things count as unanswered: that never pays twice. */
export function mapFault(error: unknown, now: Date): Fault {
  if (neverLeft(error)) {
    return answered(new AppError("engine_unavailable", { cause: error, log: `not reached: ${String(error)}` }));
  }
  if (!(error instanceof APIError) || error.status === undefined) return { kind: "unanswered", error };
  const { status, code, type, headers } = error;
  const detail = detailOf(error.message);
  if (quotaCodes.has(code ?? "") || quotaCodes.has(type ?? "")) return { kind: "shut_out", detail };
  if (status === 400) return mapBadRequest(error, detail);
  if (status === 401 || status === 403) return { kind: "shut_out", detail };
  if (status === 404) return { kind: "model_gone", detail };
  if (status === 429) {
    return answered(new AppError("engine_unavailable", { retryAfterS: readRetryAfter(headers, now), log: detail }));
  }
  const mayPass = status === 408 || status === 409 || status >= 500;
  return answered(new AppError("engine_failed", { isFinal: !mayPass, log: detail }), !mayPass);
}
