import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { AppError } from "../../core/errors.ts";
import type { ApiEnv } from "../services.ts";

export interface BodyLimits {
  multipartBytes: number;
  /** JSON and anything else */
  otherBytes: number;
}

export const defaultBodyLimits: BodyLimits = { multipartBytes: 32_000_000, otherBytes: 14_000_000 };

const onError = () => {
  throw new AppError("request_too_large");
};

/** Refuses bodies that are too long: by what is announced, and while reading. */
export function limitBody({ bodyLimits }: { bodyLimits: BodyLimits }) {
  const multipart = bodyLimit({ maxSize: bodyLimits.multipartBytes, onError });
  const other = bodyLimit({ maxSize: bodyLimits.otherBytes, onError });
  return createMiddleware<ApiEnv>((c, next) =>
    c.req.header("content-type")?.startsWith("multipart/form-data") ? multipart(c, next) : other(c, next),
  );
}

/** 64 kB: for bodies of a few fields. */
export const limitSmallBody = bodyLimit({ maxSize: 64_000, onError });
