import type { ApiKey, TryOnJob } from "../../model.ts";

/** Where a job was asked for: the dashboard, the merchant's own server, a button on a shop's page. */
export type JobSource = "dashboard" | "api" | "widget";

export function sourceOf({ api_key_id }: Pick<TryOnJob, "api_key_id">, keys: ApiKey[]): JobSource {
  if (api_key_id === null) return "dashboard";
  // a key that is not known is taken for the one that shows least
  return keys.find(({ id }) => id === api_key_id)?.kind === "secret" ? "api" : "widget";
}
