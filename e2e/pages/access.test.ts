import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "../widget/axe.ts";
import type { Site } from "./open-site.ts";
import { openSite } from "./open-site.ts";
import type { ListedPage } from "./page-list.ts";
import { pageList } from "./page-list.ts";
import { readPaint, watchPaint } from "./watch-paint.ts";

const maxShift = 0.05;

const desktop = { width: 1280, height: 800 };
const phone = { width: 360, height: 740 };

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** Everything that one quiet visit tells: scripts by weight, faults, what axe finds, and whether it fits its width and stays put. */
async function inspect(listed: ListedPage, viewport: typeof phone, colorScheme: "light" | "dark") {
  const { page, faults, leave } = await site.visit(listed.as, { viewport, colorScheme, reducedMotion: "reduce" });
  await watchPaint(page);
  const scripts: Promise<number>[] = [];
  page.on("response", (answer) => {
    if (answer.request().resourceType() !== "script") return;
    scripts.push(answer.body().then((body) => gzipSync(body).length));
  });
  const answer = await page.goto(site.address(listed), { waitUntil: "networkidle" });
  const found = await violations(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const scriptKb = (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0) / 1000;
  const { shift } = await readPaint(page);
  await leave();
  // the browser tells of a page's own 404 as an error
  const own = faults.filter((fault) => listed.status === undefined || !fault.includes(`status of ${listed.status}`));
  return { status: answer?.status(), faults: own, found, overflow, scriptKb, shift };
}

test.each(pageList)("$name ($path) is accessible, fits, stays put, keeps its policy and is light", async (listed) => {
  for (const seen of await Promise.all([inspect(listed, phone, "light"), inspect(listed, desktop, "dark")])) {
    expect(seen).toMatchObject({ status: listed.status ?? 200, faults: [], found: [] });
    expect(seen.shift).toBeLessThanOrEqual(maxShift);
    expect(seen.overflow).toBeLessThanOrEqual(0);
    expect(seen.scriptKb).toBeLessThanOrEqual(listed.maxScriptKb);
  }
});
