import { getPublicSuffix } from "tldts";

const wildcard = /^(https?):\/\/\*\.(.+)$/;

/** An exact http(s) origin; the URL parser alone would let asterisks pass in a host. */
const isExactOrigin = (origin: string) =>
  !origin.includes("*") && /^https?:/.test(origin) && URL.parse(origin)?.origin === origin;

/** Whether a merchant may list this origin: exact, or with one wildcard label that is not on a public suffix or shared host. */
export function isAllowedOriginForm(origin: string): boolean {
  const wild = wildcard.exec(origin);
  if (!wild) return isExactOrigin(origin);
  const [, scheme, rest] = wild;
  const url = URL.parse(`${scheme}://${rest}`);
  if (!url || !isExactOrigin(`${scheme}://${rest}`)) return false;
  return getPublicSuffix(url.hostname, { allowPrivateDomains: true }) !== url.hostname;
}

/** The entries of a key's list that would let this origin in: itself, and its parent with one wildcard label. */
export function originCandidates(origin: string): string[] {
  const url = URL.parse(origin);
  if (!url || url.origin !== origin) return []; // "null" and everything that is no origin
  const dot = url.host.indexOf(".");
  const parent = dot > 0 ? [`${url.protocol}//*.${url.host.slice(dot + 1)}`] : [];
  return [origin, ...parent.filter(isAllowedOriginForm)];
}

export const isOriginAllowed = (origin: string, allowed: string[]) =>
  originCandidates(origin).some((candidate) => allowed.includes(candidate));
