import { ApiError } from "./api-error.ts";

/** Each way in which a call can go wrong. `billed`: the vendor has done the work, whatever arrives of it. */
export const faults = {
  rate_limit: { billed: false },
  quota: { billed: false },
  wrong_key: { billed: false },
  no_access: { billed: false },
  moderation_input: { billed: false },
  moderation_output: { billed: false },
  bad_request: { billed: false },
  model_gone: { billed: false },
  server_error: { billed: false },
  html_error: { billed: false },
  redirect: { billed: false },
  html_success: { billed: false },
  empty_data: { billed: true },
  truncated_image: { billed: true },
  no_usage: { billed: true },
  hang: { billed: true },
  slow_drip: { billed: true },
  cut: { billed: true },
  cut_in_body: { billed: true },
  stream_error: { billed: true },
} as const satisfies Record<string, { billed: boolean }>;

export type FaultName = keyof typeof faults;
export const isFaultName = (name: string): name is FaultName => Object.hasOwn(faults, name);

const moderation = (stage: "input" | "output") =>
  new ApiError(400, {
    message:
      "Your request was rejected by the safety system. If you believe this is an error, contact us. safety_violations=[sexual].",
    type: "image_generation_user_error",
    code: "moderation_blocked",
    moderation_details: { moderation_stage: stage, categories: ["sexual"] },
  });

/** The faults that are an answer in the API's envelope. */
export function errorOf(fault: FaultName, options: { retryAfter?: string; model: string }): ApiError | null {
  const { retryAfter, model } = options;
  switch (fault) {
    case "rate_limit":
      return new ApiError(
        429,
        { message: "Rate limit reached for images.", type: "requests", code: "rate_limit_exceeded" },
        retryAfter === undefined ? {} : { "retry-after": retryAfter },
      );
    case "quota":
      return new ApiError(429, {
        message: "You exceeded your current quota, please check your plan and billing details.",
        type: "insufficient_quota",
        code: "insufficient_quota",
      });
    case "wrong_key":
      return new ApiError(401, {
        message: "Incorrect API key provided: sk-stand*****-in.",
        type: "invalid_request_error",
        code: "invalid_api_key",
      });
    case "no_access":
      return new ApiError(403, {
        message: "Your organization must be verified to use this model.",
        type: "invalid_request_error",
        code: null,
      });
    case "moderation_input":
      return moderation("input");
    case "moderation_output":
      return moderation("output");
    case "bad_request":
      return new ApiError(400, {
        message: "Unknown parameter: 'sise'.",
        type: "invalid_request_error",
        param: "sise",
        code: "unknown_parameter",
      });
    case "model_gone":
      return new ApiError(404, {
        message: `The model '${model}' does not exist or you do not have access to it.`,
        type: "invalid_request_error",
        code: "model_not_found",
      });
    case "server_error":
      return new ApiError(500, { message: "The server had an error.", type: "server_error", code: null });
    default:
      return null;
  }
}
