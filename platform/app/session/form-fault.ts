import { data } from "@remix-run/node";
import type { AppError, ErrorCode, ErrorRow } from "../../core/errors.ts";
import { errorTable } from "../../core/errors.ts";
import { faults } from "../messages/en/faults.ts";

/** What a form shows again after it was refused: what is wrong, where, and what was typed (never a secret). */
export interface FormFault {
  /** of which form of the page this is: its hidden field `intent` */
  intent: string;
  message: string;
  fields: Record<string, string>;
  values: Record<string, string>;
}

const secret = /password|code|csrf|token/;

function typedValues(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === "string" && !secret.test(name)) values[name] = value;
  return values;
}

/** The words for what core refuses, by the field and the reason that it names. */
function fieldTexts(error: AppError): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [field, reason] of Object.entries(error.details ?? {})) {
    if (typeof reason === "string") texts[field] = faults.reasons[reason] ?? reason;
  }
  return texts;
}

/** Words of one page for codes that mean something of their own there. */
export type FaultTexts = Partial<Record<ErrorCode, string>>;

/** The answer of an action that core refused: the page once more, with the fault in it. */
export function answerFault(error: AppError, form: FormData, texts: FaultTexts = {}) {
  const row: ErrorRow = errorTable[error.code];
  const fields = fieldTexts(error);
  // which fields, where nothing better is known
  const named = error.code === "invalid_request" ? Object.values(fields).join(" ") : "";
  const known = texts[error.code] ?? (named || faults.codes[error.code]);
  const plain = known ?? [row.message, row.hint].filter(Boolean).join(" ");
  const fault: FormFault = {
    intent: String(form.get("intent") ?? ""),
    message: error.retryAfterS ? `${plain} ${faults.tryAgainIn(error.retryAfterS)}` : plain,
    fields,
    values: typedValues(form),
  };
  return data(fault, { status: row.status });
}
