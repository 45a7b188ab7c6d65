// A shop page with the widget before a platform whose engine does as the test says: fast, and held at will.
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { startShop } from "../../demo-store/server.ts";
import { createApiKey } from "../../platform/core/api-keys/create-api-key.ts";
import { launchBrowser } from "../browser.ts";
import { freePort, startPlatform } from "../jobs/start-platform.ts";

const root = path.join(import.meta.dirname, "..", "..");
export const personPhoto = path.join(root, "platform/engine/fixtures/person-4.jpg");
const limits = {
  LIMIT_SHOPPER_JOBS_PER_HOUR: "10000",
  LIMIT_SHOPPER_JOBS_PER_DAY: "10000",
  LIMIT_SHOPPER_ID_JOBS_PER_DAY: "10000",
  LIMIT_CHECKS_PER_MINUTE: "10000",
  KEY_BUDGET_PER_DAY: "1000",
};

/** Pages of the tests' own, under the strictest policy that the widget allows a merchant; at /lab?session one that lets them ask their own server too. */
async function startPages(platformUrl: string) {
  const policyOf = (more = "") =>
    [
      "default-src 'none'",
      `script-src ${platformUrl}`,
      `connect-src ${platformUrl}${more}`,
      "img-src blob:",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join("; ");
  let body = "";
  let session: string | null = null;
  const server = createServer((request, answer) => {
    if (request.url === "/session") {
      answer.writeHead(session === null ? 403 : 200, { "content-type": "application/json" });
      return answer.end(JSON.stringify({ session }));
    }
    if (!request.url?.startsWith("/lab")) return answer.end();
    answer.writeHead(200, {
      "content-type": "text/html",
      "content-security-policy": policyOf(request.url.includes("session") ? " 'self'" : ""),
    });
    answer.end(
      `<!doctype html><html lang="en"><head><title>Lab</title><script type="module" src="${platformUrl}/v1/trailroom.js"></script></head><body>${body}</body></html>`,
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: (html: string) => {
      body = html;
    },
    /** The shopper session that the shop's server gives at /session; null for nobody. */
    giveSession: (token: string | null) => {
      session = token;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A page whose console errors, policy violations and addresses asked for are collected. */
async function visitIn(browser: Browser, url: string, options: BrowserContextOptions) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const faults: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(url);
  return { page, context, faults, asked };
}

export async function startLab(env: Record<string, string> = {}, credits = 100) {
  const shopPort = await freePort();
  const shopUrl = `http://127.0.0.1:${shopPort}`;
  const holdFile = path.join(import.meta.dirname, `.hold-${process.pid}`);
  const platform = await startPlatform(
    { STUB_ENGINE_MS: "200", STUB_ENGINE_HOLD_FILE: holdFile, LAB_SHOP_URL: shopUrl, ...limits, ...env },
    credits,
    "e2e/widget/serve-platform.mjs",
  );
  const pages = await startPages(platform.url);
  const { secret: publishableKey } = await createApiKey(platform.store, {
    userId: platform.merchant.user.id,
    kind: "publishable",
    mode: "live",
    name: "shop",
    allowedOrigins: [shopUrl, pages.url],
    now: new Date(),
  });
  await platform.start();
  const shop = await startShop({
    port: shopPort,
    host: "127.0.0.1",
    platformUrl: platform.url,
    publishableKey,
    muted: true,
  });
  const browser: Browser = await launchBrowser();

  return {
    platform,
    shopUrl,
    pages,
    publishableKey,
    browser,
    visit: (address: string, options: BrowserContextOptions = {}) =>
      visitIn(browser, new URL(address, shopUrl).href, options),
    /** Every job stands still in its middle until `release`. */
    hold: () => writeFileSync(holdFile, ""),
    release: () => rmSync(holdFile, { force: true }),
    stop: async () => {
      rmSync(holdFile, { force: true });
      await browser.close();
      pages.close();
      await shop.close();
      await platform.stop();
    },
  };
}

export type Lab = Awaited<ReturnType<typeof startLab>>;

/** The widget's first button on the page, or that of one element. */
export const tryOnButton = (page: Page, selector = "trailroom-tryon") =>
  page.locator(selector).locator("button[part=button]");

/** Opens the dialog, agrees when asked, and chooses a photo. */
export async function givePhoto(page: Page, photo = personPhoto, selector = "trailroom-tryon") {
  await tryOnButton(page, selector).click();
  const agree = page.getByRole("button", { name: "I agree, continue" });
  const input = page.locator(`${selector} input[type=file]`);
  await agree.or(input).first().waitFor({ state: "attached" });
  if (await agree.isVisible()) await agree.click();
  await input.setInputFiles(photo);
}

export async function submit(page: Page) {
  await page.getByRole("button", { name: "See it on me" }).click();
}

export async function tryOn(page: Page, selector?: string) {
  await givePhoto(page, personPhoto, selector);
  await submit(page);
  await page.getByRole("slider").waitFor();
}

/** A method of the element, as a shop's script calls it. */
export const call = (page: Page, method: "open" | "close" | "reset") =>
  page.evaluate(async (name) => {
    await (document.querySelector("trailroom-tryon") as unknown as Record<string, () => Promise<void>>)[name]?.();
  }, method);

/** Notes the element's events as the page hears them. */
export async function listen(page: Page) {
  const events: { name: string; detail: unknown }[] = [];
  await page.exposeFunction("noteEvent", (name: string, detail: unknown) => events.push({ name, detail }));
  await page.evaluate(() => {
    const { noteEvent } = window as unknown as { noteEvent: (name: string, detail: unknown) => void };
    for (const name of ["open", "photo", "submit", "progress", "result", "error", "add-to-cart", "close"])
      document.addEventListener(`trailroom:${name}`, (event) => noteEvent(name, (event as CustomEvent).detail));
  });
  return events;
}
