import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../browser.ts";
import type { Demo } from "./start-demo.ts";
import { startDemo } from "./start-demo.ts";

const resultMs = 60_000;
let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  demo = await startDemo(18_101);
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
}, 60_000);

/** A product page whose console errors and policy violations are collected. */
async function openProduct(slug: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, bypassCSP: false, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`${demo.shopUrl}/products/${slug}`);
  return { page, faults, close: () => context.close() };
}

const button = (page: Page) => page.locator("trailroom-tryon").getByRole("button").first();

async function givePhoto(page: Page, photo = demo.samplePhoto) {
  await button(page).click();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.locator("trailroom-tryon input[type=file]").setInputFiles(photo);
}

async function tryOn(page: Page) {
  await givePhoto(page);
  await page.getByRole("button", { name: "See it on me" }).click({ timeout: resultMs });
  await page.getByRole("slider").waitFor({ timeout: resultMs });
}

/** Mean difference of the two pictures of the result, 0-255. */
const resultDifference = (page: Page) =>
  page.evaluate(async () => {
    const images = [
      ...(document.querySelector("trailroom-tryon")?.shadowRoot?.querySelectorAll<HTMLImageElement>(".compare img") ??
        []),
    ];
    const pixels = await Promise.all(
      images.map(async (image) => {
        await image.decode();
        const canvas = new OffscreenCanvas(128, 192);
        const context = canvas.getContext("2d");
        context?.drawImage(image, 0, 0, 128, 192);
        return context?.getImageData(0, 0, 128, 192).data ?? new Uint8ClampedArray();
      }),
    );
    const [a, b] = pixels;
    let sum = 0;
    for (let i = 0; i < (a?.length ?? 0); i += 1) sum += Math.abs((a?.[i] ?? 0) - (b?.[i] ?? 0));
    return sum / Math.max(1, a?.length ?? 0);
  });

const api = async (path: string) => {
  const answer = await fetch(`${demo.platformUrl}/api/v1${path}`, { headers: { "x-api-key": demo.secretKey } });
  return answer.json();
};

test("a shopper sees the tee on their own photo, pays nothing visible, and the shop's policy is kept", async () => {
  const before = await api("/credits");
  const { page, faults, close } = await openProduct("plain-tee");
  const events: string[] = [];
  await page.exposeFunction("note", (name: string) => events.push(name));
  await page.evaluate(() => {
    for (const name of ["open", "photo", "submit", "result", "add-to-cart", "close"]) {
      document.addEventListener(`trailroom:${name}`, () =>
        (window as unknown as { note: (name: string) => void }).note(name),
      );
    }
  });
  await tryOn(page);
  expect(await resultDifference(page)).toBeGreaterThan(2);
  await page.getByRole("dialog").getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("button", { name: "Close" }).click();
  await expect.poll(() => events).toEqual(["open", "photo", "submit", "result", "add-to-cart", "close"]);
  const after = await api("/credits");
  expect(after.total_used - before.total_used).toBe(1);
  expect(faults).toEqual([]);
  await close();
});

test("trousers are tried on from a page of their own", async () => {
  const { page, faults, close } = await openProduct("chinos");
  await tryOn(page);
  expect(await resultDifference(page)).toBeGreaterThan(1);
  expect(faults).toEqual([]);
  await close();
});

test("a page reload while the job runs loses nothing", async () => {
  const { page, close } = await openProduct("striped-tee");
  await givePhoto(page);
  await page.getByRole("button", { name: "See it on me" }).click({ timeout: resultMs });
  await expect
    .poll(() => page.evaluate(() => sessionStorage.getItem("trailroom-job") !== null), { timeout: resultMs })
    .toBe(true);
  await page.reload();
  await button(page).click();
  await page.getByRole("img", { name: "After" }).waitFor({ timeout: resultMs });
  await close();
});

test("a photo without a person is told so, with a way on, and costs nothing", async () => {
  const before = await api("/credits");
  const { page, close } = await openProduct("plain-tee");
  await givePhoto(page, new URL("../../demo-store/public/products/plain-tee-moss.jpg", import.meta.url).pathname);
  await page.getByRole("alert").getByText("Nobody was found").waitFor({ timeout: resultMs });
  expect(await page.getByRole("button", { name: "See it on me" }).count()).toBe(0);
  expect(await api("/credits")).toEqual(before);
  await close();
});

test("deleting the photo deletes the job's pictures at once", async () => {
  const { page, close } = await openProduct("plain-tee");
  await tryOn(page);
  const { jobs } = await api("/tryon/history?limit=1");
  await page.getByRole("button", { name: "Delete my photo now" }).click();
  await page.getByText("Your photo and the picture are deleted.").waitFor();
  const { jobs: left } = await api("/tryon/history?limit=1");
  expect(left[0].job_id).toBe(jobs[0].job_id);
  expect(left[0].output_image_url).toBeNull();
  await close();
});

test("the whole flow works by keyboard alone", async () => {
  const { page, close } = await openProduct("plain-tee");
  const tabTo = async (name: RegExp) => {
    for (let presses = 0; presses < 60; presses += 1) {
      const label = await page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active === document.body
          ? ""
          : `${active?.getAttribute("aria-label") ?? ""} ${active?.textContent ?? ""}`;
      });
      if (name.test(label)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`no way by Tab to ${name}`);
  };
  await tabTo(/Try it on/);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "I agree, continue" }).waitFor();
  await tabTo(/I agree/);
  await page.keyboard.press("Enter");
  await tabTo(/Sample person 2/);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "See it on me" }).waitFor({ timeout: resultMs });
  await tabTo(/See it on me/);
  await page.keyboard.press("Enter");
  await page.getByRole("slider").waitFor({ timeout: resultMs });
  await tabTo(/Compare before and after/);
  await page.keyboard.press("ArrowRight");
  expect(await page.getByRole("slider").getAttribute("aria-valuenow")).toBe("55");
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe("trailroom-tryon");
  await close();
});

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const violations = async (page: Page) => {
  const { violations: found } = await new AxeBuilder({ page }).include("trailroom-tryon").withTags(wcag).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
};

test.each([
  ["light", "en"],
  ["dark", "en"],
  ["light", "ar"],
  ["dark", "ar"],
] as const)("no accessibility violation in button, dialog and result: %s, %s", async (colorScheme, lang) => {
  const { page, close } = await openProduct("plain-tee", { colorScheme });
  await page.evaluate((code) => document.querySelector("trailroom-tryon")?.setAttribute("lang", code), lang);
  expect(await violations(page)).toEqual([]);
  await button(page).click();
  const dialog = page.locator("trailroom-tryon dialog");
  await dialog.locator("button.main:enabled").waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.locator("button.main").click();
  await dialog.locator(".people img").last().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.locator("trailroom-tryon input[type=file]").setInputFiles(demo.samplePhoto);
  await dialog.locator("button.main").click({ timeout: resultMs });
  await page.getByRole("slider").waitFor({ timeout: resultMs });
  expect(await violations(page)).toEqual([]);
  await close();
});

test("a hostile page's styles do not get in", async () => {
  const { page, close } = await openProduct("striped-tee/hostile");
  const box = await button(page).boundingBox();
  // WCAG 2.2 target size
  expect(box?.height).toBeGreaterThanOrEqual(24);
  await button(page).click({ force: true });
  const font = await page.locator("trailroom-tryon dialog").evaluate((dialog) => getComputedStyle(dialog).fontSize);
  expect(font).toBe("16px");
  await close();
});

test("nothing that was printed or measured holds a key, a password, a token or a picture", async () => {
  const metrics = await fetch(`${demo.platformUrl}/metrics`, {
    headers: { authorization: `Bearer ${demo.metricsToken}` },
  });
  expect(metrics.status).toBe(200);
  const text = `${demo.output()}\n${await metrics.text()}`;
  const photo = readFileSync(demo.samplePhoto).subarray(1000, 1060).toString("base64");
  for (const secret of [
    demo.secretKey,
    demo.publishableKey,
    demo.merchant.password,
    demo.admin.password,
    demo.metricsToken,
    photo,
  ]) {
    expect(text.includes(secret)).toBe(false);
  }
  expect(text).toMatch(/"stream":"access"/);
  expect(text).not.toMatch(/x-job-token|signature=/);
});
