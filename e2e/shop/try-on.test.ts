import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Server } from "node:net";
import { createServer } from "node:net";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Sharp } from "sharp";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../browser.ts";
import type { Demo } from "./start-demo.ts";
import { startDemo } from "./start-demo.ts";

const resultMs = 60_000;
const wished = { platform: 18_101, shop: 18_601 };
/** what stands on the ports that the demo would take */
const neighbours: Server[] = [];
let demo: Demo;
let browser: Browser;

const answers = (url: string) =>
  fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );

beforeAll(async () => {
  for (const port of Object.values(wished)) {
    const neighbour = createServer().listen(port, "127.0.0.1");
    neighbours.push(neighbour);
    await once(neighbour, "listening");
  }
  demo = await startDemo(wished.platform);
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop(), "Ctrl-C").toBe(0);
  expect([await answers(demo.shopUrl), await answers(demo.platformUrl)], "after Ctrl-C").toEqual([false, false]);
  for (const neighbour of neighbours) neighbour.close();
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

test("where a port is taken the demo goes to the next one and says so", async () => {
  for (const [name, port] of Object.entries(wished)) {
    expect(demo.output()).toMatch(new RegExp(`Port ${port} is taken: the ${name} uses \\d+\\.`));
  }
  const ports = [demo.platformUrl, demo.shopUrl].map((url) => Number(new URL(url).port));
  expect(ports.some((port) => Object.values(wished).includes(port))).toBe(false);
  expect([await answers(demo.shopUrl), await answers(demo.platformUrl)]).toEqual([true, true]);
});

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

test("a photo without a person is told so, with a way on, and costs nothing", async () => {
  const before = await api("/credits");
  const { page, close } = await openProduct("plain-tee");
  await givePhoto(page, new URL("../../demo-store/public/products/plain-tee-moss.jpg", import.meta.url).pathname);
  await page.getByRole("alert").getByText("Nobody was found").waitFor({ timeout: resultMs });
  expect(await page.getByRole("button", { name: "See it on me" }).count()).toBe(0);
  expect(await api("/credits")).toEqual(before);
  await close();
});

test("what is downloaded is marked as an AI preview, for eyes and for machines", async () => {
  const { page, close } = await openProduct("plain-tee");
  await tryOn(page);
  const { jobs } = await api("/tryon/history?limit=1");
  const shown = await (await fetch(jobs[0].output_image_url)).arrayBuffer();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("try-on.jpg");
  const file = sharp(await download.path());
  expect(String((await file.metadata()).xmp)).toContain("digitalsourcetype/compositeWithTrainedAlgorithmicMedia");
  // the mark stands at the lower left, and nowhere else
  const corner = async (picture: Sharp, left: number) => {
    const { width = 0, height = 0 } = await picture.metadata();
    return picture
      .clone()
      .extract({
        left: Math.round(width * left),
        top: Math.round(height * 0.955),
        width: Math.round(width * 0.25),
        height: Math.round(height * 0.04),
      })
      .raw()
      .toBuffer();
  };
  const plain = sharp(shown);
  const difference = (a: Buffer, b: Buffer) =>
    a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;
  expect(difference(await corner(plain, 0.01), await corner(file, 0.01))).toBeGreaterThan(8);
  expect(difference(await corner(plain, 0.7), await corner(file, 0.7))).toBeLessThan(4);
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

test("a hostile page's styles do not get in", async () => {
  const { page, close } = await openProduct("striped-tee/hostile");
  const box = await button(page).boundingBox();
  // WCAG 2.2 target size
  expect(box?.height).toBeGreaterThanOrEqual(24);
  await button(page).click({ force: true });
  await page.locator("trailroom-tryon dialog p, trailroom-tryon dialog li").first().waitFor();
  const looks = await page.locator("trailroom-tryon").evaluate((element) => {
    const { fontSize, letterSpacing, textTransform, fontStyle, color } = getComputedStyle(
      element.shadowRoot?.querySelector("dialog p, dialog li") as Element,
    );
    const button = getComputedStyle(element.shadowRoot?.querySelector("button") as Element);
    return {
      fontSize,
      letterSpacing,
      textTransform,
      fontStyle,
      color,
      transform: getComputedStyle(element).transform,
      button: button.letterSpacing,
    };
  });
  expect(looks).toEqual({
    fontSize: "16px",
    letterSpacing: "normal",
    textTransform: "none",
    fontStyle: "normal",
    color: "rgb(26, 29, 26)",
    transform: "none",
    button: "normal",
  });
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
