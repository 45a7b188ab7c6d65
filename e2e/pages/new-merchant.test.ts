// From sign-up to a working button, as somebody new would go; then what keys and the install page do besides.
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../browser.ts";
import type { Demo } from "../shop/start-demo.ts";
import { startDemo } from "../shop/start-demo.ts";

const wordsAMinute = 200;
const mostClicks = 8;
const mostSeconds = 300;
let demo: Demo & { merchant: { email: string } };
let browser: Browser;

beforeAll(async () => {
  demo = (await startDemo(18_171)) as typeof demo;
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
}, 60_000);

const faults: string[] = [];
async function open(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"], ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  return { context, page };
}

async function signIn(options: BrowserContextOptions, path: string) {
  const visit = await open(options);
  await visit.page.goto(`${demo.platformUrl}/login?return_to=${encodeURIComponent(path)}`);
  await visit.page.getByLabel("E-mail address").fill(demo.merchant.email);
  await visit.page.getByLabel("Password").fill(demo.merchant.password);
  await visit.page.getByRole("button", { name: "Sign in" }).click();
  await visit.page.waitForURL(`**${path}`);
  return visit;
}

/** Somebody who reads every word before the next click. */
function createReader(context: BrowserContext) {
  const log: { page: string; words: number; clicks: number }[] = [];
  return {
    log,
    read: async (page: string, what: Locator) => {
      // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not read
      const words = (await what.innerText()).split(/\s+/).filter(Boolean).length;
      log.push({ page, words, clicks: 0 });
    },
    click: async (target: Locator) => {
      const last = log.at(-1);
      if (last) last.clicks += 1;
      await target.click();
    },
    paste: async (target: Locator) => {
      const [page] = context.pages();
      await target.fill(await (page as Page).evaluate(() => navigator.clipboard.readText()));
    },
  };
}

test("from sign-up to a working button on the demo shop with one's own key: at most 8 clicks and 5 minutes", async () => {
  const { context, page } = await open();
  const { log, read, click, paste } = createReader(context);
  const body = page.locator("body");
  const started = performance.now();

  await page.goto(`${demo.platformUrl}/register`);
  await read("register", body);
  await page.getByLabel("First name").fill("Asha");
  await page.getByLabel("Last name").fill("Rao");
  await page.getByLabel("E-mail address").fill("asha@shop.example");
  await page.getByLabel("Password").fill("four plain words here");
  await click(page.getByRole("button", { name: "Open the account" }));
  await page.waitForURL("**/welcome");
  await read("welcome", body);

  // the merchant's mailbox is not ours: here it is the outbox of the demo
  const mail = page.locator("article", { hasText: "asha@shop.example" }).first();
  await expect
    .poll(
      async () => {
        await page.goto(`${demo.platformUrl}/dev/outbox`);
        return mail.count();
      },
      { timeout: 15_000, interval: 250 },
    )
    .toBe(1);
  await read("mail", mail);
  await click(mail.getByRole("link").first());
  await page.waitForURL("**/verify-email?token=*");
  await read("verify", body);
  await click(page.getByRole("button", { name: "Verify this address" }));

  await page.waitForURL("**/dashboard/install?*");
  await read("install: address", body);
  await page.getByRole("textbox", { name: "Address" }).fill(demo.shopUrl);
  await click(page.getByRole("button", { name: "Make my key" }));
  await page.waitForURL("**/dashboard/install?key=*");
  await read("install: key and snippet", body);
  await click(page.getByRole("button", { name: "Copy the key" }));
  await page.getByRole("button", { name: "Copied" }).waitFor();

  await page.goto(`${demo.shopUrl}/setup`);
  await read("shop: set-up", body);
  await paste(page.getByLabel("Publishable key"));
  const key = await page.getByLabel("Publishable key").inputValue();
  await click(page.getByRole("button", { name: "Use this key" }));
  await page.getByText("Kept in this browser").waitFor();

  // the one that is asked for with the shop's own key belongs to the page's start
  const config = page.waitForResponse(
    (answer) => answer.url().endsWith("/widget/config") && answer.request().headers()["x-publishable-key"] === key,
  );
  await click(page.locator("trailroom-tryon").locator("button[part=button]"));
  await page.getByRole("button", { name: "I agree, continue" }).waitFor();
  const answer = await config;
  const seconds = (performance.now() - started) / 1000;
  expect(key).toMatch(/^pk_live_/);
  expect(key).not.toBe(demo.publishableKey);
  expect(await answer.json()).toMatchObject({ resting: false });

  const words = log.reduce((sum, one) => sum + one.words, 0);
  const clicks = log.reduce((sum, one) => sum + one.clicks, 0);
  const total = (words / wordsAMinute) * 60 + seconds;
  console.info(
    `new merchant: ${clicks} clicks, ${words} words, ${seconds.toFixed(1)} s measured, ${total.toFixed(0)} s in all`,
  );
  console.table(log);
  expect(clicks).toBeLessThanOrEqual(mostClicks);
  expect(total).toBeLessThanOrEqual(mostSeconds);
  await context.close();
});

describe("without a script", () => {
  test("keys are made, shown once, edited, replaced with a grace and revoked", async () => {
    const { context, page } = await signIn({ javaScriptEnabled: false }, "/dashboard/keys");
    const make = async (kind: string) => {
      await page.locator("#new summary").click();
      await page.locator("#new").getByLabel(kind).check();
      await page.locator("#new").getByLabel("Name").fill(kind);
      if (kind.includes("pages")) await page.locator("#new-allowed_origins").fill("https://*.co.uk");
      await page.getByRole("button", { name: "Make the key" }).click();
    };
    await make("A server (secret)");
    const secret = await page.getByText(/^sk_live_\w{32}$/).textContent();
    await page.goto(`${demo.platformUrl}/dashboard/keys`);
    expect(await page.content()).not.toContain(secret);

    await make("A shop's pages (publishable)");
    await page.locator(".field-error", { hasText: "Each line is an address such as" }).waitFor();
    await page.locator("#new-allowed_origins").fill("shop.example/tees\nhttps://*.shop.example");
    await page.getByRole("button", { name: "Make the key" }).click();
    const card = page.getByRole("article", { name: "A shop's pages (publishable)" });
    await card.getByText("https://shop.example", { exact: true }).waitFor();

    await card.locator("summary", { hasText: "Edit" }).click();
    await card.getByLabel("Credits a day at most").fill("25");
    await card.getByRole("button", { name: "Save" }).click();
    await page.getByText("The key's settings are saved.").waitFor();
    await card.getByText("25 credits").waitFor();

    await card.locator("summary", { hasText: "Edit" }).click();
    await card.getByLabel("Only for shoppers that your server vouches for").check();
    await card.getByRole("button", { name: "Save" }).click();
    await page.getByText("Your new session secret").waitFor();
    const sessionSecret = await page.getByText(/^ss_\w{43}$/).textContent();
    await page.goto(`${demo.platformUrl}/dashboard/keys`);
    expect(await page.content()).not.toContain(sessionSecret);
    await card.getByText("Required, signed by your server").waitFor();

    await card.locator("summary", { hasText: "Replace" }).click();
    await card.getByRole("button", { name: "Make a new key" }).click();
    await page.getByText("Ends in 24 hours").waitFor();
    const fresh = card.filter({ hasNotText: "Ends in" });
    await fresh.locator("summary", { hasText: "Revoke" }).click();
    await fresh.getByRole("button", { name: "Revoke this key" }).click();
    await page.getByText("The key is revoked.").waitFor();
    await page.getByText("1 ended key").waitFor();
    await context.close();
  });

  test("the snippet is there for every shop system, in the look that was chosen, and pages and pictures are checked", async () => {
    const { context, page } = await signIn({ javaScriptEnabled: false }, "/dashboard/install");
    for (const name of ["HTML", "Shopify", "WooCommerce", "Webflow", "React"]) {
      await page.getByRole("link", { name, exact: true }).click();
      await page.locator("pre", { hasText: `${name === "React" ? "useEffect" : "<script"}` }).waitFor();
      await page.locator("pre", { hasText: "pk_live_" }).waitFor();
    }
    await page.getByRole("link", { name: "HTML", exact: true }).click();
    await page.locator("#look-font").fill("Inter, sans-serif");
    await page.getByRole("button", { name: "Put into the snippet" }).click();
    await page.locator("pre", { hasText: "--trailroom-font: Inter, sans-serif;" }).waitFor();

    const product = `${demo.shopUrl}/products/plain-tee`;
    await page.getByLabel("Address of a product page").fill(product);
    await page.getByRole("button", { name: "Check the page" }).click();
    await page.getByText("Everything is in place.").waitFor();
    await page.getByLabel("Address of a product page").fill(demo.platformUrl);
    await page.getByRole("button", { name: "Check the page" }).click();
    await page.getByText("The page could not be reached").waitFor();

    await page.getByLabel("Or a file").setInputFiles(demo.samplePhoto);
    await page.getByRole("button", { name: "Check the picture" }).click();
    await page.locator(".notice.warn", { hasText: /./ }).first().waitFor();
    await context.close();
  });
});

test("the look editor changes the real button and the snippet as one goes, and a tap tries it on for free", async () => {
  const { context, page } = await signIn({}, "/dashboard/install");
  const button = page.locator("trailroom-tryon").locator("button[part=button]");
  await page.locator("#look-accent").fill("#7c3aed");
  await page.locator("pre", { hasText: "--trailroom-accent: #7c3aed;" }).waitFor();
  expect(await button.evaluate((one) => getComputedStyle(one).backgroundColor)).toBe("rgb(124, 58, 237)");
  await tryOn(page);
  await page.reload();
  await page.getByText(/left today/).waitFor();
  expect(await page.getByText(/left today/).textContent()).toContain("19 left today");
  await page.getByText("2,003 credits").waitFor();
  await context.close();
});

test("a preview link tries on the merchant's own page for free; one for another product does nothing there", async () => {
  const { context, page } = await signIn({}, "/dashboard/install");
  const productPage = `${demo.shopUrl}/products/plain-tee`;
  const makeLink = async (address: string, product: string) => {
    await page.goto(`${demo.platformUrl}/dashboard/install`);
    await page.getByLabel("Address of the product page").fill(address);
    await page.getByLabel("Product id").fill(product);
    await page.getByRole("button", { name: "Make a link" }).click();
  };
  const follow = async (isAccepted: boolean) => {
    const href = await page.getByRole("link", { name: /#trailroom-preview=/ }).getAttribute("href");
    await page.goto(href ?? "");
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    const asked = page.waitForResponse((answer) => answer.url().endsWith("/api/v1/tryon"));
    await tryOn(page, isAccepted);
    return asked;
  };
  await makeLink("https://elsewhere.example/", "plain-tee-moss");
  await page.locator(".field-error", { hasText: "None of your live keys allows this address." }).waitFor();
  await makeLink(productPage, "plain-tee-moss");
  const answer = await follow(true);
  expect(answer.request().headers()["x-preview-token"]).toMatch(/\./);
  expect(await answer.json()).toMatchObject({ credits_used: 0, product_id: "plain-tee-moss" });
  await makeLink(productPage, "another-tee");
  expect((await follow(false)).status()).toBe(403);
  await page.getByRole("dialog").getByText("resting").first().waitFor();
  await context.close();
  // what is refused answers 4xx, which browsers log
  expect(faults.filter((fault) => !/40[03] \(/.test(fault))).toEqual([]);
});

/** From the button to the result. */
async function tryOn(page: Page, isAccepted = true) {
  await page.locator("trailroom-tryon").locator("button[part=button]").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "I agree, continue" }).click();
  await dialog.getByRole("button", { name: /Sample person 1/ }).click();
  await dialog.getByRole("button", { name: "See it on me" }).click();
  if (isAccepted) await dialog.getByRole("slider").waitFor({ timeout: 60_000 });
}
