import path from "node:path";
import sharp from "sharp";
import type { Site } from "./open-site.ts";
import type { ListedPage } from "./page-list.ts";

export const widths = [390, 820, 1440];
const themes = ["light", "dark"] as const;
const heightOf = (width: number) => (width < 500 ? 1600 : 1200);

/** 3 widths × 2 themes of every page. */
export const looks = widths.flatMap((width) => themes.map((colorScheme) => ({ width, colorScheme })));

export type Look = (typeof looks)[number];

/** What differs from one day or run to the next is covered; the font is one that Debian has everywhere. */
const steady = `*, *::before, *::after { font-family: "DejaVu Sans" !important; caret-color: transparent !important }
code, pre, kbd, code *, pre * { font-family: "DejaVu Sans Mono" !important }`;

export const shotFile = (name: string, { width, colorScheme }: Look) =>
  path.join(import.meta.dirname, "shots", `${name}-${width}-${colorScheme}.webp`);

/** PNGs of the page's upper part in both themes, in pixels of the page: as it comes by day, and as it turns when the night falls. */
export async function takeShots(site: Site, listed: ListedPage, width: number) {
  const { page, leave } = await site.visit(listed.as, {
    viewport: { width, height: heightOf(width) },
    colorScheme: themes[0],
    reducedMotion: "reduce",
  });
  await page.goto(site.address(listed), { waitUntil: "networkidle" });
  const shots: { look: Look; shot: Buffer }[] = [];
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    const shot = await page.screenshot({
      animations: "disabled",
      style: steady,
      mask: [page.locator("time, [data-volatile]")],
      maskColor: "#888888",
    });
    shots.push({ look: { width, colorScheme }, shot });
  }
  await leave();
  return shots;
}

/** As it is kept: lossless, a third of the PNG's size. */
export const packShot = (shot: Buffer) => sharp(shot).webp({ lossless: true, effort: 6 }).toBuffer();

/** The pixels of a picture, four bytes each. */
export const pixelsOf = (picture: Buffer) => sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
