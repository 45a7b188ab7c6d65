import type { z } from "zod";
import { AppError } from "../../core/errors.ts";

/** The fields of a form by their schema, whose messages are for the reader. Throws invalid_request naming each wrong field. */
export function readForm<T>(schema: z.ZodType<T>, form: FormData): T {
  const parsed = schema.safeParse(Object.fromEntries(form));
  if (parsed.success) return parsed.data;
  const details: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) details[String(path[0] ?? "form")] ??= message;
  throw new AppError("invalid_request", { details });
}
