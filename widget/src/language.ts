import type { Texts } from "./languages/en.ts";

const loaders: Record<string, () => Promise<{ default: Texts }>> = {
  ar: () => import("./languages/ar.ts"),
  de: () => import("./languages/de.ts"),
  en: () => import("./languages/en.ts"),
  es: () => import("./languages/es.ts"),
  fr: () => import("./languages/fr.ts"),
  hi: () => import("./languages/hi.ts"),
};

export interface Language {
  code: string;
  dir: "ltr" | "rtl";
  texts: Texts;
}

/** The element's own language, else the page's, else English; only that one is loaded. */
export async function loadLanguage(element: Element): Promise<Language> {
  const wished = element.closest("[lang]")?.getAttribute("lang") || navigator.language;
  const short = wished.slice(0, 2).toLowerCase();
  const code = short in loaders ? short : "en";
  const { default: texts } = await (loaders[code] as (typeof loaders)[string])();
  return { code, dir: code === "ar" ? "rtl" : "ltr", texts };
}

/** Fills {name} places. */
export const fill = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
