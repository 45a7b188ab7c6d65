/** Names and forms of the cookies of signing in (spec §2, §6); `__Host-` binds each to this host, over TLS, on every path. */
export const sessionCookie = "__Host-session";
export const oauthCookie = "__Host-oauth";
/** between Google and the page that asks for the second factor */
export const mfaCookie = "__Host-mfa";

/** A Set-Cookie line; `until` null deletes it. */
export function cookieLine(name: string, value: string, until: Date | null) {
  const expires = until ? `Expires=${until.toUTCString()}` : "Max-Age=0";
  return `${name}=${until ? value : ""}; ${expires}; Path=/; HttpOnly; Secure; SameSite=Lax`;
}

/** One cookie out of a Cookie header; null when it is not there. */
export function readCookie(header: string | null | undefined, name: string): string | null {
  for (const part of (header ?? "").split(";")) {
    const equals = part.indexOf("=");
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim() || null;
  }
  return null;
}
