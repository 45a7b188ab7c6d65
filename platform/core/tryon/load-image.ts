import { isOriginAllowed } from "../api-keys/match-origin.ts";
import type { Caller } from "../caller.ts";
import { AppError } from "../errors.ts";
import type { MerchantSettings } from "../model.ts";
import type { PreparedImage } from "../ports.ts";
import { isSiteUser } from "../site/site-account.ts";
import type { TryOnDeps } from "./deps.ts";
import type { ImageInput } from "./service-types.ts";

/** Addresses that anybody could send with a publishable key are held to the hosts that it names (default: its origins). */
function assertHostAllowed({ apiKey }: Caller, address: string) {
  const origins = apiKey?.allowed_origins ?? [];
  const hosts = apiKey && apiKey.garment_hosts.length > 0 ? apiKey.garment_hosts : origins;
  const url = URL.parse(address);
  if (url && (hosts.includes(url.host) || isOriginAllowed(url.origin, hosts))) return;
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
  assertSourceAllowed(caller, input, kind, merchant);
  const bytes = "bytes" in input ? input.bytes : await fetcher.fetch(input.url);
  return preparer.prepare(bytes, kind);
}
