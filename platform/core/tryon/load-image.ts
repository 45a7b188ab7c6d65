import { isOriginAllowed } from "../api-keys/match-origin.ts";
import type { Caller } from "../caller.ts";
import { AppError } from "../errors.ts";
import type { MerchantSettings } from "../model.ts";
import type { PreparedImage } from "../ports.ts";
import type { TryOnDeps } from "./deps.ts";
import type { ImageInput } from "./service-types.ts";

/** Garments of a publishable key come from the hosts that it names (default: its origins), never from anywhere. */
function assertGarmentAllowed(caller: Caller, input: ImageInput, settings: MerchantSettings | null) {
  if (caller.kind !== "publishable") return;
  if ("bytes" in input) {
    if (settings?.allow_garment_bytes) return;
    throw new AppError("key_not_permitted", { details: { field: "garment image bytes" } });
  }
  const key = caller.apiKey;
  const url = URL.parse(input.url);
  const named = key?.garment_hosts ?? [];
  const isAllowed = (one: URL) =>
    named.length > 0
      ? named.some((host) => host === one.origin || host === one.host)
      : isOriginAllowed(one.origin, key?.allowed_origins ?? []);
  if (!url || !isAllowed(url)) {
    throw new AppError("key_not_permitted", { details: { field: "garment image host" } });
  }
}

/** The prepared picture of a request: fetched when it is a URL, checked, upright, without metadata. */
export async function loadImage(
  { fetcher, preparer }: TryOnDeps,
  caller: Caller,
  input: ImageInput,
  kind: "person" | "garment",
  settings: MerchantSettings | null,
): Promise<PreparedImage> {
  if (kind === "garment") assertGarmentAllowed(caller, input, settings);
  else if (caller.kind === "publishable" && "url" in input) {
    throw new AppError("key_not_permitted", { details: { field: "person image URL" } });
  }
  const bytes = "bytes" in input ? input.bytes : await fetcher.fetch(input.url);
  return preparer.prepare(bytes, kind);
}
