/** Where a sign-in may lead: paths of our own pages, and no others. */
const allowed = ["/dashboard", "/admin", "/welcome"];
const fallback = "/dashboard";

/** The path to go on to after signing in: what was asked for when it is one of our pages, else the dashboard. */
export function returnPath(wanted: string | null | undefined): string {
  const base = "https://own.invalid";
  const url = wanted?.startsWith("/") ? URL.parse(wanted, base) : null;
  // the parser is the judge: "//host", "/\host" and the like leave the origin
  if (!url || url.origin !== base) return fallback;
  const isAllowed = allowed.some((path) => url.pathname === path || url.pathname.startsWith(`${path}/`));
  return isAllowed ? url.pathname + url.search : fallback;
}
