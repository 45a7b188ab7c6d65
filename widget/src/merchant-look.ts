import type { Language } from "./language.ts";
import type { Texts } from "./languages/en.ts";

/** What a merchant may say in other words; consent and warnings keep ours. */
const open: ReadonlySet<string> = new Set([
  "title",
  "photoTitle",
  "photoHint",
  "upload",
  "submit",
  "result",
  "cart",
  "again",
]);
const longest = 120;

/** The texts with the merchant's own: `cart` for every language, `de.cart` for German alone. Plain text, whatever it holds. */
export function mergeTexts(language: Language, own: Record<string, string>): Language {
  const merged: Record<string, string> = { ...language.texts };
  // the general ones first
  const ranked = Object.entries(own).sort(([a], [b]) => a.split(".").length - b.split(".").length);
  for (const [name, text] of ranked) {
    const [key, only] = name.split(".").reverse() as [string, string?];
    const isOurs = open.has(key) && (!only || only === language.code);
    if (isOurs && typeof text === "string" && text.trim()) merged[key] = text.trim().slice(0, longest);
  }
  return { ...language, texts: merged as Texts };
}

/** Black or white, whichever reads better on a colour (WCAG's relative luminance against both). */
function inkOn(hex: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
}

/** Look values as custom properties. Only what parses as a colour, a length or plain font names comes through. */
export function parseLook(look: Record<string, string>): Record<string, string> {
  const { accent = "", radius = "", font = "" } = look;
  const parsed: Record<string, string> = {};
  const [, r, g, b] = /^#(.)(.)(.)$/.exec(accent) ?? [];
  const hex = r ? `#${r}${r}${g}${g}${b}${b}` : accent;
  if (/^#[\da-f]{6}$/i.test(hex)) Object.assign(parsed, { accent: hex, on: inkOn(hex) });
  const pixels = /^(\d{1,2})(px)?$/.exec(radius)?.[1];
  if (pixels) parsed.radius = `${Math.min(32, Number(pixels))}px`;
  if (/^[\w ,-]{1,80}$/.test(font)) parsed.font = font;
  return parsed;
}
