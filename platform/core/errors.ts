/** The one table of error codes: status, whether a retry can help, public text, and for photos and garments a hint. */

export interface ErrorRow {
  status: number;
  /** only a failed job carries it: no request is ever answered with it */
  jobOnly?: true;
  retryable: boolean;
  message: string;
  hint?: string;
}

const row = (status: number, message: string, hint?: string, retryable = false): ErrorRow => ({
  status,
  message,
  retryable,
  ...(hint ? { hint } : {}),
});

const jobRow = (message: string, retryable: boolean, hint?: string): ErrorRow => ({
  ...row(500, message, hint, retryable),
  jobOnly: true,
});

export const errorTable = {
  invalid_request: row(400, "The request is not valid."),
  weak_password: row(400, "The password is too weak.", "Use at least 10 characters that are not a common password."),
  unauthenticated: row(401, "Sign in or send a key."),
  invalid_api_key: row(401, "This API key is not valid."),
  token_expired: row(401, "The access token has expired."),
  session_expired: row(401, "The session has expired."),
  mfa_required: row(401, "A second factor is needed."),
  insufficient_credits: row(402, "The account has too few credits."),
  forbidden: row(403, "This is not allowed."),
  origin_not_allowed: row(403, "This origin is not allowed for the key."),
  key_not_permitted: row(403, "This kind of key cannot be used here."),
  mode_not_allowed: row(403, "This mode is switched off for the account."),
  account_suspended: row(403, "The account is suspended."),
  email_not_verified: row(403, "The account's e-mail address is not verified yet."),
  not_found: row(404, "There is no such thing here."),
  method_not_allowed: row(405, "This method is not supported here."),
  idempotency_conflict: row(409, "This idempotency key was used with another input."),
  idempotency_in_progress: row(409, "The first request with this idempotency key still runs.", undefined, true),
  conflict: row(409, "The present state does not allow this."),
  job_not_finished: row(409, "The job has no result yet.", undefined, true),
  gone: row(410, "This has been deleted."),
  image_too_large: row(413, "The image is too large.", "Use a picture of at most 10 MB and 40 megapixels."),
  request_too_large: row(413, "The request is too large."),
  unsupported_image: row(415, "This image type is not supported.", "Use a JPEG, PNG, WebP or AVIF picture."),
  image_unreadable: row(422, "The picture could not be read.", "Save it again as a JPEG or choose another one."),
  image_too_small: row(422, "The picture is too small.", "Choose one of at least 256 pixels on each side."),
  no_person_detected: row(422, "No person was found.", "Choose a photo that shows you from the front, head to hips."),
  several_people_detected: row(422, "More than one person is in the photo.", "Choose a photo that shows only you."),
  person_too_small: row(422, "You are too small in the photo.", "Step closer or crop the photo around yourself."),
  person_cropped: row(422, "Part of the body is cut off.", "Choose a photo that shows you from head to hips."),
  person_not_facing: row(422, "You are turned away from the camera.", "Stand facing the camera, arms beside the body."),
  person_not_upright: row(422, "You are not standing upright.", "Stand upright, facing the camera."),
  photo_too_blurred: row(422, "The photo is too blurred.", "Choose a sharper photo taken in good light."),
  garment_not_found: row(422, "No garment was found in the product picture.", "Use a picture of the garment alone."),
  garment_background_not_plain: row(
    422,
    "The garment's background is not plain.",
    "Use a product picture on a plain, light background.",
  ),
  garment_shape_unsupported: row(
    422,
    "This garment's shape cannot be tried on yet.",
    "Plain tops, trousers, shorts and skirts work best.",
  ),
  content_refused: row(422, "This picture cannot be used.", "Choose a photo of an adult in everyday clothes."),
  image_url_unreachable: row(422, "The image address could not be fetched.", "Check that the address is public."),
  preview_not_reliable: jobRow(
    "A believable preview could not be made of this photo.",
    false,
    "Try a photo from the front with arms beside the body.",
  ),
  rate_limited: row(429, "Too many requests.", undefined, true),
  daily_generation_limit: row(429, "Today's limit of try-ons is reached.", undefined, true),
  budget_reached: row(429, "Try-on is resting for now.", undefined, true),
  login_throttled: row(429, "Too many attempts to sign in.", undefined, true),
  internal: row(500, "Something went wrong on our side.", undefined, true),
  engine_failed: jobRow("The picture could not be made.", true),
  engine_timeout: jobRow("Making the picture took too long.", true),
  engine_unavailable: row(503, "The try-on engine is busy.", undefined, true),
  store_unavailable: row(503, "Storage is not available just now.", undefined, true),
} satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;

/** Codes that a failed job may carry (they are never an HTTP status of their own there). */
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorTable, code);

interface AppErrorOptions {
  /** public, shown under `details`; never repeats the caller's input */
  details?: Record<string, unknown>;
  /** seconds for Retry-After */
  retryAfterS?: number;
  /** a job that fails so is not tried again, though the code could be */
  isFinal?: boolean;
  /** for the log alone */
  log?: string;
  cause?: unknown;
}

/** The one error that core throws on purpose; the API turns it into the envelope by `errorTable`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  readonly retryAfterS: number | undefined;
  readonly isFinal: boolean;
  readonly log: string | undefined;

  /** The built pages carry a copy of this class: an error is one by its name, whichever copy made it. */
  static [Symbol.hasInstance](value: unknown) {
    return value instanceof Error && value.name === "AppError";
  }

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(errorTable[code].message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options.details;
    this.retryAfterS = options.retryAfterS;
    this.isFinal = options.isFinal ?? false;
    this.log = options.log;
  }
}

/** One problem of a photo or garment as /tryon/check and the widget show it. */
export interface ImageProblem {
  code: ErrorCode;
  message: string;
  hint: string;
}

/** The friendly form of a photo or garment code. */
export function describeProblem(code: ErrorCode): ImageProblem {
  const entry: ErrorRow = errorTable[code];
  return { code, message: entry.message, hint: entry.hint ?? "Try another picture." };
}
