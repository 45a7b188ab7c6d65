// npm run bench:widget [-- --url PRODUCT_PAGE --photo FILE]: what the widget costs a product page, from Chromium's own network log.
// Without --url it starts the demo of this clone. Exits with 1 when a bar is missed.
import { parseArgs } from "node:util";
import type { CDPSession, Page } from "playwright-core";
import { launchBrowser } from "../e2e/browser.ts";
import { startDemo } from "../e2e/shop/start-demo.ts";
import { violations } from "../e2e/widget/axe.ts";
import { tabTo } from "../e2e/widget/tab-to.ts";

const { values } = parseArgs({ options: { url: { type: "string" }, photo: { type: "string" } } });
const demo = values.url ? null : await startDemo(18_301);
const url = values.url ?? `${demo?.shopUrl}/products/plain-tee`;
const photo = values.photo ?? demo?.samplePhoto ?? "";
const languages = ["en", "hi", "es", "fr", "de", "ar"];
const kilobyte = 1000;

interface Transfer {
  url: string;
  type: string;
  bytes: number;
}

/** Compressed body sizes of all that came: no headers, preflights, pictures or event streams. */
async function watchNetwork(session: CDPSession) {
  const open = new Map<string, Transfer>();
  const done: Transfer[] = [];
  await session.send("Network.enable");
  session.on("Network.responseReceived", ({ requestId, response, type }) => {
    open.set(requestId, { url: response.url, type: `${type} ${response.mimeType}`, bytes: 0 });
  });
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    const transfer = open.get(requestId);
    if (transfer) transfer.bytes += encodedDataLength;
  });
  session.on("Network.loadingFinished", ({ requestId }) => {
    const transfer = open.get(requestId);
    if (transfer && !/image\/|event-stream|Preflight/.test(transfer.type)) done.push(transfer);
  });
  return done;
}

/** What came from one origin: the platform's is known once the page is. */
const sum = (transfers: Transfer[], origin: string) =>
  transfers.filter(({ url: address }) => address.startsWith(origin)).reduce((total, { bytes }) => total + bytes, 0);

/** Layout shift and long tasks since the page began. */
const observe = (page: Page) =>
  page.addInitScript(() => {
    const seen = { shift: 0, longest: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.longest = Math.max(seen.longest, entry.duration);
    }).observe({ type: "longtask", buffered: true });
  });
const seenBy = (page: Page) =>
  page.evaluate(() => (window as unknown as { seen: { shift: number; longest: number } }).seen);

async function measure(language: string, lateMs: number) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: language });
  const page = await context.newPage();
  let platform = demo?.platformUrl ?? "";
  const transfers = await watchNetwork(await context.newCDPSession(page));
  await observe(page);
  if (lateMs > 0) {
    await page.route("**/v1/trailroom.js", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, lateMs));
      await route.continue();
    });
  }
  await page.goto(url);
  platform ||= new URL((await page.locator('script[src$="/v1/trailroom.js"]').getAttribute("src")) ?? "").origin;
  await page.waitForFunction(() => document.querySelector("trailroom-tryon")?.shadowRoot?.querySelector("button"));
  await page.evaluate((code) => document.querySelector("trailroom-tryon")?.setAttribute("lang", code), language);
  const idle = sum(transfers, platform);
  const { shift, longest } = await seenBy(page);
  await page.locator("trailroom-tryon").click();
  const dialog = page.locator("trailroom-tryon dialog");
  await dialog.locator("button.main:enabled").click();
  await page.locator("trailroom-tryon input[type=file]").setInputFiles(photo);
  await dialog.locator("button.main").click({ timeout: 60_000 });
  await page.getByRole("slider").waitFor({ timeout: 60_000 });
  const total = sum(transfers, platform);
  const own = new RegExp(`/${language}-[^/]+\\.js$`);
  const words = sum(
    transfers.filter((transfer) => own.test(transfer.url)),
    platform,
  );
  await context.close();
  return { idle, total, words, shift, longest };
}

/** What axe finds in the whole page: with the button, the dialog, the photo step and the result. */
async function countViolations(colorScheme: "light" | "dark", language: string) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    colorScheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate((code) => document.querySelector("trailroom-tryon")?.setAttribute("lang", code), language);
  const dialog = page.locator("trailroom-tryon dialog");
  const found = [...(await violations(page))];
  await page.locator("trailroom-tryon").click();
  await dialog.locator("button.main:enabled").waitFor();
  found.push(...(await violations(page)));
  await dialog.locator("button.main").click();
  await dialog.locator(".people img").last().waitFor();
  found.push(...(await violations(page)));
  await page.locator("trailroom-tryon input[type=file]").setInputFiles(photo);
  await dialog.locator("button.main").click({ timeout: 60_000 });
  await page.getByRole("slider").waitFor({ timeout: 60_000 });
  found.push(...(await violations(page)));
  await context.close();
  for (const violation of found) console.log(`       ${violation}`);
  return found.length;
}

/** From the page to the result and the cart without a pointer; how often there was no way. */
async function countDeadEnds() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en" });
  const page = await context.newPage();
  await page.goto(url);
  const dialog = page.locator("trailroom-tryon dialog");
  try {
    for (const name of [/Try it on/, /I agree/, /Sample person 1/, /See it on me/]) {
      await tabTo(page, name);
      await page.keyboard.press("Enter");
      const next = name.source.startsWith("Sample") ? "button.main" : "button:enabled";
      await dialog.locator(next).first().waitFor({ timeout: 60_000 });
      if (name.source === "I agree") await dialog.locator(".people img").last().waitFor();
      if (name.source === "Try it on") await dialog.locator("button.main:enabled").waitFor();
    }
    await page.getByRole("slider").waitFor({ timeout: 60_000 });
    await tabTo(page, /Compare before and after/);
    await page.keyboard.press("ArrowRight");
    await tabTo(page, /Add to cart/);
    return (await page.getByRole("slider").getAttribute("aria-valuenow")) === "55" ? 0 : 1;
  } catch (error) {
    console.log(`       ${String(error).split("\n")[0]}`);
    return 1;
  } finally {
    await context.close();
  }
}

const browser = await launchBrowser();
let missed = 0;
const check = (name: string, value: number, bar: number, unit: string) => {
  const ok = value <= bar;
  if (!ok) missed += 1;
  console.log(
    `${ok ? "ok    " : "MISSED"} ${name}: ${value.toFixed(unit === "ms" ? 0 : 3)} ${unit} (bar ${bar} ${unit})`,
  );
};
try {
  for (const language of languages) {
    const { idle, total, words, shift, longest } = await measure(language, 0);
    if (language === "en") {
      check("before the first pointer, focus or tap", idle / kilobyte, 1, "kB");
      check("all code and data from page view to result", total / kilobyte, 16, "kB");
      check("layout shift", shift, 0, "");
      check("longest task before the click", longest, 50, "ms");
    }
    check(`language ${language}`, words / kilobyte, 1.5, "kB");
  }
  const late = await measure("en", 2000);
  check("layout shift when the loader comes 2 s late", late.shift, 0, "");
  for (const colorScheme of ["light", "dark"] as const) {
    for (const language of ["en", "ar"])
      check(`axe violations, ${colorScheme}, ${language}`, await countViolations(colorScheme, language), 0, "");
  }
  check("dead ends of the flow by keyboard alone", await countDeadEnds(), 0, "");
} finally {
  await browser.close();
  await demo?.stop();
}
process.exit(missed > 0 ? 1 : 0);
