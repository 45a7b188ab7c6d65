// npm run bench:pages [-- NAME…]: when each page has painted its largest part, against the smallest Remix page, on a slow line.
// Exits with 1 when a bar is missed.
import { loadavg } from "node:os";
import { openSite } from "../e2e/pages/open-site.ts";
import type { ListedPage } from "../e2e/pages/page-list.ts";
import { pageList } from "../e2e/pages/page-list.ts";
import { startEmptyRemix } from "../e2e/pages/start-empty-remix.ts";
import { readPaint, watchPaint } from "../e2e/pages/watch-paint.ts";
import { calibrate, median } from "./measure.ts";

const loads = 5;
/** of every page before it is measured: a server that has just started compiles what it runs, one that is up does not */
const warmUps = 20;
const maxRatio = 1.5;
const desktop = { width: 1280, height: 800 };
/** the connection that Lighthouse takes for a visitor's: slow 4G */
const slow4g = { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 768_000 / 8 };

const names = process.argv.slice(2);
const emptyRemix = await startEmptyRemix();
const site = await openSite();

/** One first visit on a slow line, nothing cached: its largest paint, ms. */
async function load(listed: Pick<ListedPage, "as" | "path">) {
  const { page, leave } = await site.visit(listed.as, { viewport: desktop });
  await watchPaint(page);
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  await network.send("Network.emulateNetworkConditions", slow4g);
  await page.goto(site.address(listed), { waitUntil: "load" });
  const { largest } = await readPaint(page);
  await leave();
  return largest;
}

/** Has the servers answer a page and the empty one as often, unmeasured. */
async function warmUp(listed: ListedPage) {
  const { page, leave } = await site.visit(listed.as);
  for (let turn = 0; turn < warmUps; turn += 1) {
    await page.request.get(emptyRemix.url);
    await page.request.get(site.address(listed));
  }
  await leave();
}

/** Medians of a page and of an empty one, visited by turns so that a busy moment hits both. */
async function compare(listed: ListedPage) {
  const own: number[] = [];
  const empty: number[] = [];
  await warmUp(listed);
  for (let turn = 0; turn < loads; turn += 1) {
    empty.push(await load({ as: "visitor", path: emptyRemix.url }));
    own.push(await load(listed));
  }
  return { own: median(own), empty: median(empty) };
}

try {
  console.log(`calibration ${calibrate().toFixed(0)} ms (200 MB of SHA-256), load average ${loadavg()[0]?.toFixed(1)}`);
  for (const listed of pageList.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const { own, empty } = await compare(listed);
    const ratio = own / empty;
    if (ratio > maxRatio) process.exitCode = 1;
    const verdict = ratio > maxRatio ? "MISSED" : "met";
    console.log(`${listed.path}: ${own.toFixed(0)} ms, empty ${empty.toFixed(0)} ms: ${ratio.toFixed(2)} (${verdict})`);
  }
} finally {
  await site.close();
  emptyRemix.close();
}
