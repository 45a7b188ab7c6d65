import type { LedgerFilter } from "../../../../core/ports.ts";
import { choiceOf, dayAfter, dayOf } from "../../../session/read-query.ts";

export const types = ["usage", "refund", "free", "purchase", "admin_adjustment"] as const;
export const filterFields = ["type", "from", "to"] as const;

/** What the address asks for; what is not right in it is left out. */
export const readFilter = (query: URLSearchParams): LedgerFilter => ({
  type: choiceOf(types, query.get("type")),
  dateFrom: dayOf(query.get("from")),
  dateTo: dayAfter(query.get("to")),
});

/** The address of the same filter elsewhere: another page of it, or its file. */
export function filterAddress(path: string, query: URLSearchParams, page = 1): string {
  const kept = new URLSearchParams();
  for (const field of filterFields) {
    const value = query.get(field);
    if (value) kept.set(field, value);
  }
  if (page > 1) kept.set("page", String(page));
  return kept.size > 0 ? `${path}?${kept}` : path;
}
