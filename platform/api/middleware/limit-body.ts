import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { AppError } from "../../core/errors.ts";
import type { ApiEnv } from "../services.ts";

const onError = () => {
  throw new AppError("request_too_large");
};
const multipart = bodyLimit({ maxSize: 32_000_000, onError });
const json = bodyLimit({ maxSize: 14_000_000, onError });

/** 32 MB for multipart, 14 MB for anything else, counted while reading. */
export const limitBody = createMiddleware<ApiEnv>((c, next) =>
  c.req.header("content-type")?.startsWith("multipart/form-data") ? multipart(c, next) : json(c, next),
);
