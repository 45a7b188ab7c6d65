import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { RunningShop } from "../../demo-store/server.ts";
import { startShop } from "../../demo-store/server.ts";
import { launchBrowser } from "../browser.ts";
import { violations } from "../widget/axe.ts";

let shop: RunningShop;
let browser: Browser;
beforeAll(async () => {
  // no platform behind it: the shop is usable by itself
  shop = await startShop({
    port: 0,
    host: "127.0.0.1",
    platformUrl: "http://127.0.0.1:9",
    publishableKey: `pk_test_${"a".repeat(32)}`,
    muted: true,
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

async function open(address: string, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto(shop.url + address);
  return page;
}
const count = (page: Page) => page.locator("[data-cart-count]").textContent();

test.each([
  ["light", 360],
  ["dark", 768],
  ["light", 1440],
] as const)("every page is accessible and fits its width: %s, %i px", async (colorScheme, width) => {
  const page = await open("/", { colorScheme, viewport: { width, height: 900 } });
  for (const address of ["/", "/products/polo", "/products/skirt", "/cart", "/setup", "/nowhere"]) {
    await page.goto(shop.url + address);
    expect(await violations(page), address).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${address} is wider than the window`).toBeLessThanOrEqual(0);
  }
});

test("a variant changes picture, address and what the try-on element is for", async () => {
  const page = await open("/products/chinos");
  await page.getByRole("radio", { name: "Navy" }).check({ force: true });
  expect(await page.locator("[data-product-picture]").getAttribute("src")).toContain("/products/chinos-navy.jpg");
  const element = page.locator("trailroom-tryon");
  expect(await element.getAttribute("product-id")).toBe("chinos-navy");
  expect(await element.getAttribute("bottom-image")).toBe(`${shop.url}/products/chinos-navy.jpg`);
  expect(await element.getAttribute("product-image")).toBeNull();
  expect(new URL(page.url()).search).toBe("?colour=navy");
});

test("the cart answers its own button and the try-on's event, counts pieces, and is emptied", async () => {
  const page = await open("/products/polo");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.locator("trailroom-tryon").dispatchEvent("trailroom:add-to-cart");
  expect(await count(page)).toBe("2");
  await page.goto(`${shop.url}/cart`);
  await page.getByText("Clubhouse Polo").waitFor();
  await page.getByRole("button", { name: "One more: Clubhouse Polo" }).click();
  expect(await count(page)).toBe("3");
  expect(await page.locator("[data-cart-sum]").textContent()).toBe("₹5,997");
  await page.getByRole("button", { name: "Empty the cart" }).click();
  await page.getByText("Nothing in here yet.").waitFor();
});

test("a key given on the set-up page is used by every product page of this browser, until it is taken back", async () => {
  const page = await open("/setup");
  const key = `pk_live_${"B".repeat(32)}`;
  await page.getByLabel("Publishable key").fill(`sk_live_${"B".repeat(32)}`);
  await page.getByRole("button", { name: "Use this key" }).click();
  await page.getByText("That is a secret key.").waitFor();
  await page.getByLabel("Publishable key").fill(key);
  await page.getByRole("button", { name: "Use this key" }).click();
  await page.getByText("Kept in this browser.").waitFor();
  await page.goto(`${shop.url}/products/polo`);
  expect(await page.locator("trailroom-tryon").getAttribute("publishable-key")).toBe(key);
  await page.goto(`${shop.url}/setup`);
  await page.getByRole("button", { name: "Back to the shop's own key" }).click();
  await page.goto(`${shop.url}/products/polo`);
  expect(await page.locator("trailroom-tryon").getAttribute("publishable-key")).toBe(`pk_test_${"a".repeat(32)}`);
});
