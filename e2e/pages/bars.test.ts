import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "../widget/axe.ts";
import type { Site } from "./open-site.ts";
import { openSite } from "./open-site.ts";
import type { ListedPage } from "./page-list.ts";
import { pageList } from "./page-list.ts";
import { startEmptyRemix } from "./start-empty-remix.ts";

const loads = 5;
const mostLoads = 15;
const maxLcpRatio = 1.5;
const maxShift = 0.05;
const desktop = { width: 1280, height: 800 };
const phone = { width: 360, height: 740 };

let site: Site;
let emptyRemix: Awaited<ReturnType<typeof startEmptyRemix>>;
beforeAll(async () => {
  emptyRemix = await startEmptyRemix();
  site = await openSite();
});
afterAll(async () => {
  emptyRemix?.close();
  await site?.close();
});

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** Largest paint (ms) and layout shift of a page that has loaded. */
const painted = (page: Page) =>
  page.evaluate(async () => {
    const entriesOf = (type: string) =>
      new Promise<PerformanceEntry[]>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
        setTimeout(() => resolve([]), 100);
      });
    const largest = (await entriesOf("largest-contentful-paint")).at(-1)?.startTime ?? Number.NaN;
    const shifts = (await entriesOf("layout-shift")) as (PerformanceEntry & { value: number })[];
    return { largest, shift: shifts.reduce((sum, { value }) => sum + value, 0) };
  });

/** One first visit: nothing cached. */
async function load(listed: Pick<ListedPage, "as" | "path">) {
  const { page, leave } = await site.visit(listed.as, { viewport: desktop });
  await page.goto(site.address(listed), { waitUntil: "load" });
  const seen = await painted(page);
  await leave();
  return seen;
}

/** Medians of a page and of an empty one, visited by turns so that a busy moment hits both; more turns while it is undecided. */
async function compare(listed: ListedPage) {
  const own: number[] = [];
  const empty: number[] = [];
  let shift = 0;
  const ratio = () => median(own) / median(empty);
  while (own.length < loads || (ratio() > maxLcpRatio && own.length < mostLoads)) {
    empty.push((await load({ as: "visitor", path: emptyRemix.url })).largest);
    const seen = await load(listed);
    own.push(seen.largest);
    shift = Math.max(shift, seen.shift);
  }
  console.info(
    `${listed.path}: largest paint ${median(own).toFixed(0)} ms, of an empty page ${median(empty).toFixed(0)}`,
  );
  return { ratio: ratio(), shift };
}

/** Everything that one quiet visit tells: scripts by weight, faults, what axe finds, and whether it fits its width. */
async function inspect(listed: ListedPage, viewport: typeof phone, colorScheme: "light" | "dark") {
  const { page, faults, leave } = await site.visit(listed.as, { viewport, colorScheme, reducedMotion: "reduce" });
  const scripts: Promise<number>[] = [];
  page.on("response", (answer) => {
    if (answer.request().resourceType() !== "script") return;
    scripts.push(answer.body().then((body) => gzipSync(body).length));
  });
  const answer = await page.goto(site.address(listed), { waitUntil: "networkidle" });
  const found = await violations(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const scriptKb = (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0) / 1000;
  await leave();
  // the browser tells of a page's own 404 as an error
  const own = faults.filter((fault) => listed.status === undefined || !fault.includes(`status of ${listed.status}`));
  return { status: answer?.status(), faults: own, found, overflow, scriptKb };
}

test.each(pageList)("$name ($path) paints as soon as an empty page nearly, and nothing moves", async (listed) => {
  const { ratio, shift } = await compare(listed);
  expect(shift).toBeLessThanOrEqual(maxShift);
  expect(ratio).toBeLessThanOrEqual(maxLcpRatio);
});

test.each(pageList)("$name ($path) is accessible, fits, keeps its policy and is light", async (listed) => {
  for (const seen of [await inspect(listed, phone, "light"), await inspect(listed, desktop, "dark")]) {
    expect(seen).toMatchObject({ status: listed.status ?? 200, faults: [], found: [] });
    expect(seen.overflow).toBeLessThanOrEqual(0);
    expect(seen.scriptKb).toBeLessThanOrEqual(listed.maxScriptKb);
  }
});
