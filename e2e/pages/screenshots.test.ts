import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pixelmatch from "pixelmatch";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Site } from "./open-site.ts";
import { openSite } from "./open-site.ts";
import { pageList } from "./page-list.ts";
import { looks, pixelsOf, shotFile, takeShots, widths } from "./take-shot.ts";

const maxShare = 0.002;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** Share of the pixels that differ by more than smoothing does; 1 when the sizes do. */
async function difference(kept: Buffer, taken: Buffer) {
  const [a, b] = await Promise.all([pixelsOf(kept), pixelsOf(taken)]);
  const { width, height } = a.info;
  if (b.info.width !== width || b.info.height !== height) return 1;
  if (a.data.equals(b.data)) return 0;
  return pixelmatch(a.data, b.data, null, width, height) / (width * height);
}

test.each(pageList)("$name looks as it was last looked at", async (listed) => {
  const shots = await Promise.all(widths.map((width) => takeShots(site, listed, width)));
  const seen = await Promise.all(
    shots.flat().map(async ({ look, shot }) => {
      const file = shotFile(listed.name, look);
      const share = existsSync(file) ? await difference(readFileSync(file), shot) : 1;
      return { file: path.basename(file), percent: (share * 100).toFixed(2), isSame: share <= maxShare };
    }),
  );
  const differing = seen.filter(({ isSame }) => !isSame).map(({ file, percent }) => `${file}: ${percent} %`);
  expect(differing, "when meant, look at them and run npm run shots:renew").toEqual([]);
});

test("no picture is kept of a page that is not there any more", () => {
  const expected = pageList.flatMap(({ name }) => looks.map((look) => path.basename(shotFile(name, look))));
  const folder = path.dirname(shotFile("any", { width: 390, colorScheme: "light" }));
  expect(readdirSync(folder).toSorted()).toEqual(expected.toSorted());
});
