import { AppError } from "../errors.ts";
import type { KeyKind } from "../model.ts";
import { isAllowedOriginForm } from "./match-origin.ts";

/** What a merchant may set on a key. */
export interface KeySettings {
  name?: string;
  allowed_origins?: string[];
  garment_hosts?: string[];
  daily_budget?: number | null;
  require_session?: boolean;
}

const mostEntries = 50;
const host = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(:\d{1,5})?$/;

/** Throws invalid_request, naming the field: origins with at most one wildcard label and never a public suffix; host names for garments; sessions for shoppers alone. */
export function assertKeySettings({ allowed_origins, garment_hosts, require_session }: KeySettings, kind: KeyKind) {
  const refuse = (field: string, reason: string) => {
    throw new AppError("invalid_request", { details: { [field]: reason } });
  };
  if (require_session && kind !== "publishable") refuse("require_session", "publishable keys only");
  if (allowed_origins && allowed_origins.length > mostEntries) refuse("allowed_origins", "too many");
  if (allowed_origins && !allowed_origins.every(isAllowedOriginForm)) {
    refuse("allowed_origins", "each is an origin such as https://shop.example or https://*.shop.example");
  }
  if (garment_hosts && garment_hosts.length > mostEntries) refuse("garment_hosts", "too many");
  if (garment_hosts && !garment_hosts.every((one) => host.test(one))) {
    refuse("garment_hosts", "each is a host name such as cdn.shop.example");
  }
}
