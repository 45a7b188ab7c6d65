import type { JobKeyMode } from "../../../../core/model.ts";
import type { JobFilter } from "../../../../core/ports.ts";
import { choiceOf, dayAfter, dayOf } from "../../../session/read-query.ts";

export const statuses = ["queued", "processing", "completed", "failed", "cancelled"] as const;
export const modes = ["top", "full"] as const;
export const keyModes = ["live", "test", "preview"] as const;
/** The fields of the filter, as its form names them. */
export const filterFields = ["keys", "mode", "status", "product", "from", "to"] as const;

/** What the address asks for; what is not right in it is left out. */
export function readFilter(query: URLSearchParams): { keyMode: JobKeyMode; filter: JobFilter } {
  return {
    keyMode: choiceOf(keyModes, query.get("keys")) ?? "live",
    filter: {
      mode: choiceOf(modes, query.get("mode")),
      status: choiceOf(statuses, query.get("status")),
      productId: query.get("product")?.trim().slice(0, 200) || undefined,
      from: dayOf(query.get("from")),
      to: dayAfter(query.get("to")),
    },
  };
}

/** The address of the same filter elsewhere: another page of it, or its file. */
export function filterAddress(path: string, query: URLSearchParams, cursor?: string): string {
  const kept = new URLSearchParams();
  for (const field of filterFields) {
    const value = query.get(field);
    if (value) kept.set(field, value);
  }
  if (cursor) kept.set("cursor", cursor);
  return kept.size > 0 ? `${path}?${kept}` : path;
}
