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

const response = (description: string) => ({ description, content: { "application/json": { schema: errorSchema } } });

/** The error answers of an endpoint, for its OpenAPI entry. */
export const errorResponses = (...codes: ErrorCode[]) => {
  const byCode: Record<number, string[]> = {};
  for (const code of codes) {
    const { status } = errorTable[code];
    byCode[status] = [...(byCode[status] ?? []), code];
  }
  return Object.fromEntries(Object.entries(byCode).map(([status, names]) => [status, response(names.join(", "))]));
};
