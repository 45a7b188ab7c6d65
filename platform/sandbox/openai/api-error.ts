/** An answer of the API that is not a success, in its own envelope. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: { error: Record<string, unknown> };
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    error: { message: string; type: string; param?: string | null; code: string | null; [extra: string]: unknown },
    headers: Record<string, string> = {},
  ) {
    super(error.message);
    this.status = status;
    this.body = { error: { param: null, ...error } };
    this.headers = headers;
  }
}

/** 400 invalid_request_error. */
export const invalid = (message: string, param: string | null, code: string | null = "invalid_value") =>
  new ApiError(400, { message, type: "invalid_request_error", param, code });
