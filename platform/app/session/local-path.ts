const base = "https://own.invalid";

/** A path on this site to go back to; the start where what is asked for would lead elsewhere. */
export function localPath(wanted: unknown): string {
  const url = typeof wanted === "string" && wanted.startsWith("/") ? URL.parse(wanted, base) : null;
  return url?.origin === base ? url.pathname + url.search : "/";
}
