import type { ErrorRow } from "../../core/errors.ts";
import { AppError, errorTable } from "../../core/errors.ts";

/** Throws what core refused as an answer: for files and streams, which have no page to tell of it. */
export async function answerCore<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { status, message, hint }: ErrorRow = errorTable[error.code];
    throw Response.json(
      { code: error.code, message: [message, hint].filter(Boolean).join(" "), retryAfterS: error.retryAfterS ?? null },
      { status },
    );
  }
}
