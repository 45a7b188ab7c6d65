import { readCookie } from "../../core/auth/cookies.ts";

/** How pages look: as the system does, unless the reader chose. */
export const colourSchemes = ["system", "light", "dark"] as const;
export type ColourScheme = (typeof colourSchemes)[number];

const cookieName = "colour-scheme";
const yearS = 31_536_000;
const isScheme = (text: unknown): text is ColourScheme => colourSchemes.some((scheme) => scheme === text);

/** The reader's choice, which is a cookie so that the server's first paint is right. */
export function readColourScheme(request: Request): ColourScheme {
  const value = readCookie(request.headers.get("cookie"), cookieName);
  return isScheme(value) ? value : "system";
}

/** The cookie that keeps a choice; what is no choice means the system's. */
export const colourSchemeCookie = (wanted: unknown) =>
  `${cookieName}=${isScheme(wanted) ? wanted : "system"}; Path=/; Max-Age=${yearS}; Secure; SameSite=Lax`;
