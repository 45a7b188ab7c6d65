import { getPublicSuffix } from "tldts";

const wildcard = /^(https?):\/\/\*\.(.+)$/;

/** An exact http(s) origin; the URL parser alone would let asterisks pass in a host. */
const isExactOrigin = (origin: string) =>
  !origin.includes("*") && /^https?:/.test(origin) && URL.parse(origin)?.origin === origin;

/** Whether anybody can have a page below this host: co.uk, github.io, myshopify.com … */
const isShared = (hostname: string) => getPublicSuffix(hostname, { allowPrivateDomains: true }) === hostname;

/** Whether a merchant may list this origin: exact, or with one wildcard label that is not on a public suffix or shared host. */
export function isAllowedOriginForm(origin: string): boolean {
  const [, scheme, rest] = wildcard.exec(origin) ?? [];
  if (rest === undefined) return isExactOrigin(origin);
  const parent = `${scheme}://${rest}`;
  return isExactOrigin(parent) && !isShared(new URL(parent).hostname);
}

/** The entries of a key's list that would let this origin in: itself, and its parent with one wildcard label. */
export function originCandidates(origin: string): string[] {
  if (!isExactOrigin(origin)) return []; // "null" and everything that is no origin
  const url = new URL(origin);
  const dot = url.host.indexOf(".");
  // a label that is a shared host itself (s3.amazonaws.com) is not one of the merchant's
  const parent = dot > 0 && !isShared(url.hostname) ? [`${url.protocol}//*.${url.host.slice(dot + 1)}`] : [];
  return [origin, ...parent.filter(isAllowedOriginForm)];
}

export const isOriginAllowed = (origin: string, allowed: string[]) =>
  originCandidates(origin).some((candidate) => allowed.includes(candidate));
