import type { Look } from "./look.ts";

/** The address that brings the page back as it is: key, shop system and look. */
export function searchOf({ keyId, platform, look }: { keyId: string; platform: string; look: Look }): string {
  const set = Object.entries({ key: keyId, platform, ...look }).filter(([, value]) => value !== "");
  return new URLSearchParams(set).toString();
}
