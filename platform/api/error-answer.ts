import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ErrorCode, ErrorRow } from "../core/errors.ts";
import { AppError, errorTable } from "../core/errors.ts";
import type { ApiEnv, ApiServices } from "./services.ts";

/** The one envelope of every error. */
export const errorSchema = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
      retryable: z.boolean(),
      doc_url: z.string(),
    }),
    request_id: z.string(),
  })
  .openapi("Error");

const byStatus: Partial<Record<number, ErrorCode>> = {
  400: "invalid_request",
  404: "not_found",
  405: "method_not_allowed",
  413: "request_too_large",
};

/** Whatever was thrown, as an error of the table; what is not ours to tell becomes `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) {
    const entry: ErrorRow = errorTable[error.code];
    return entry.jobOnly ? new AppError("internal", { cause: error, log: `${error.code} outside a job` }) : error;
  }
  if (error instanceof HTTPException)
    return new AppError(byStatus[error.status] ?? "invalid_request", { cause: error });
  return new AppError("internal", { cause: error, log: error instanceof Error ? error.stack : String(error) });
}

/** The envelope for a code. */
export function errorBody(
  c: Context<ApiEnv>,
  { publicUrl }: Pick<ApiServices, "publicUrl">,
  code: ErrorCode,
  details?: Record<string, unknown>,
) {
  const { message, retryable } = errorTable[code];
  const doc_url = `${publicUrl}/docs/errors#${code}`;
  return {
    error: { code, message, ...(details ? { details } : {}), retryable, doc_url },
    request_id: c.get("requestId") ?? "",
  };
}

/** Answers with the envelope; faults of ours are logged, the public text never says more than the table. */
export function answerError(c: Context<ApiEnv>, { log, publicUrl }: ApiServices, thrown: unknown) {
  const error = toAppError(thrown);
  const { status } = errorTable[error.code];
  const requestId = c.get("requestId") ?? "";
  if (status >= 500)
    log.error({ stream: "error", request_id: requestId, code: error.code, detail: error.log }, "request failed");
  const wait = error.retryAfterS ?? (status === 503 ? 5 : undefined);
  if (wait !== undefined) c.header("Retry-After", String(wait));
  return c.json(errorBody(c, { publicUrl }, error.code, error.details), status as 400);
}

/** An error of the table as it is served. */
export const exampleOf = (code: ErrorCode) => {
  const { message, retryable } = errorTable[code];
  const doc_url = `https://trailroom.example/docs/errors#${code}`;
  return { error: { code, message, retryable, doc_url }, request_id: "019ab3f2-1a2b-7c3d-8e4f-5a6b7c8d9e0f" };
};
const response = ([first, ...others]: ErrorCode[]) => ({
  description: [first, ...others].join(", "),
  content: { "application/json": { schema: errorSchema, example: exampleOf(first ?? "internal") } },
});

/** What every endpoint that asks for a credential may answer; one of the second line tells that it does. */
const guardCodes: ErrorCode[] = [
  "invalid_request",
  "unauthenticated",
  "invalid_api_key",
  "token_expired",
  "session_expired",
  "mfa_required",
  "key_not_permitted",
  "rate_limited",
];
const onlyGuarded = new Set<ErrorCode>(["invalid_api_key", "key_not_permitted", "origin_not_allowed"]);
/** what may come of any of them */
const anyCodes: ErrorCode[] = ["internal", "store_unavailable"];

/** The error answers of an endpoint, for its OpenAPI entry. */
export const errorResponses = (...codes: ErrorCode[]) => {
  const byCode: Record<number, ErrorCode[]> = {};
  const isGuarded = codes.some((code) => onlyGuarded.has(code));
  for (const code of new Set([...codes, ...(isGuarded ? guardCodes : []), ...anyCodes])) {
    const { status } = errorTable[code];
    byCode[status] = [...(byCode[status] ?? []), code];
  }
  return Object.fromEntries(Object.entries(byCode).map(([status, names]) => [status, response(names)]));
};
