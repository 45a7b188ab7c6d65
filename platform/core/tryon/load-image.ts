import { isOriginAllowed } from "../api-keys/match-origin.ts";
import type { Caller } from "../caller.ts";
import { AppError } from "../errors.ts";
import type { ApiKey, MerchantSettings } from "../model.ts";
import type { PreparedImage } from "../ports.ts";
import { isSiteUser } from "../site/site-account.ts";
import type { TryOnDeps } from "./deps.ts";
import type { ImageInput } from "./service-types.ts";

/** Whether a key lets pictures in from this address: of the hosts that it names, by default of its origins. */
export function isHostAllowed({ allowed_origins, garment_hosts }: ApiKey, address: string) {
  const hosts = garment_hosts.length > 0 ? garment_hosts : allowed_origins;
  const url = URL.parse(address);
  return url !== null && (hosts.includes(url.host) || isOriginAllowed(url.origin, hosts));
}

/** Addresses that anybody could send with a publishable key are held to the hosts that it names. */
function assertHostAllowed({ apiKey }: Caller, address: string) {
  if (apiKey && isHostAllowed(apiKey, address)) return;
  throw new AppError("key_not_permitted", { details: { field: "image host" } });
}

/** With a publishable key addresses are of the key's hosts, and a garment comes as bytes only where the merchant allows it. */
function assertSourceAllowed(
  caller: Caller,
  input: ImageInput,
  kind: "person" | "garment",
  merchant: MerchantSettings | null,
) {
  if (caller.kind !== "publishable") return;
  if ("url" in input) assertHostAllowed(caller, input.url);
  else if (kind === "garment" && !merchant?.allow_garment_bytes) {
    throw new AppError("key_not_permitted", { details: { field: "garment image bytes" } });
  }
}

/** On the landing page a photo comes as bytes, and a garment is one of those that lie there: nothing is fetched. */
function siteBytes(site: TryOnDeps["site"], input: ImageInput, kind: "person" | "garment") {
  if (kind === "person" && "bytes" in input) return input.bytes;
  const garment = kind === "garment" && "url" in input ? site?.pictures.garment(input.url) : null;
  if (garment) return garment;
  throw new AppError("key_not_permitted", { details: { field: `${kind} image` } });
}

/** The prepared picture of a request: fetched when it is a URL, checked, upright, without metadata. */
export async function loadImage(
  { fetcher, preparer, site }: TryOnDeps,
  caller: Caller,
  input: ImageInput,
  kind: "person" | "garment",
  merchant: MerchantSettings | null,
): Promise<PreparedImage> {
  if (isSiteUser(caller.user.id)) return preparer.prepare(siteBytes(site, input, kind), kind);
  // the dashboard shows the button with a garment of ours, before there is one of the merchant's
  const sample = caller.keyMode === "preview" && "url" in input ? site?.pictures.garment(input.url) : null;
  if (sample) return preparer.prepare(sample, kind);
  assertSourceAllowed(caller, input, kind, merchant);
  const bytes = "bytes" in input ? input.bytes : await fetcher.fetch(input.url);
  return preparer.prepare(bytes, kind);
}
