// The public pages of the demo as a visitor meets them: with the real engine, and without scripts.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { errorTable } from "../../platform/core/errors.ts";
import { launchBrowser } from "../browser.ts";
import type { Demo } from "../shop/start-demo.ts";
import { startDemo } from "../shop/start-demo.ts";
import { violations } from "../widget/axe.ts";
import { runQuickStart } from "./quick-start.ts";

interface Operation {
  summary: string;
  parameters?: { name: string }[];
  responses: Record<string, { description: string }>;
}

let demo: Demo;
let browser: Browser;
const folder = mkdtempSync(path.join(tmpdir(), "trailroom-quick-start-"));

beforeAll(async () => {
  demo = await startDemo(18_700);
  browser = await launchBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function visit(address: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(demo.platformUrl + address);
  return { page, faults, asked, close: () => context.close() };
}

const html = async (address: string) => {
  const answer = await fetch(demo.platformUrl + address);
  return { status: answer.status, text: await answer.text() };
};

const button = (page: Page, name: string) => page.getByRole("dialog").getByRole("button", { name, exact: true });

test("a visitor tries a garment on a sample person on the start page itself, and is led on to sign up", async () => {
  const { page, faults, asked, close } = await visit("/");
  expect(asked.filter((url) => url.endsWith(".js") && !url.startsWith(demo.platformUrl))).toEqual([]);
  await page.locator("trailroom-tryon").nth(1).getByRole("button", { name: "Try it on" }).click();
  await button(page, "I agree, continue").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("See it on one of these people").isVisible()).resolves.toBe(true);
  await button(page, "Sample person 2").click();
  await button(page, "See it on me").click();
  await dialog.getByText("Here you are").waitFor({ timeout: 90_000 });
  expect(await violations(page)).toEqual([]);
  await button(page, "Put it on my shop").click();
  await page.waitForURL("**/register");
  expect(faults).toEqual([]);
  expect(asked.filter((url) => !url.startsWith(demo.platformUrl) && !url.startsWith("blob:"))).toEqual([]);
  await close();
}, 150_000);

test("before anybody points at the button the start page loads next to no script", async () => {
  const { page, asked, close } = await visit("/");
  await page.waitForLoadState("networkidle");
  const scripts = asked.filter((url) => url.endsWith(".js"));
  const sizes = await Promise.all(scripts.map(async (url) => (await (await fetch(url)).arrayBuffer()).byteLength));
  expect(scripts.length).toBe(3);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(10_000);
  await close();
});

test("another garment is chosen by keyboard and without any script, and all its pictures are there", async () => {
  const { page, close } = await visit("/", { javaScriptEnabled: false });
  const worn = page.getByAltText("A computer-generated person wearing the Clubhouse Polo, as the engine shows it");
  expect(await worn.first().isVisible()).toBe(false);
  await page.getByRole("radio", { name: "Ridge Print Tee" }).focus();
  for (const _ of [1, 2, 3]) await page.keyboard.press("ArrowRight");
  expect(await page.getByRole("radio", { name: "Clubhouse Polo" }).isChecked()).toBe(true);
  expect(await worn.count()).toBe(3);
  expect(await worn.first().isVisible()).toBe(true);
  await close();
});

/** Links of a page that stay on the platform. */
const linksOf = (text: string) =>
  [...text.matchAll(/<a [^>]*href="([^"]+)"/g)]
    .map(([, href = ""]) => href.replaceAll("&amp;", "&"))
    .filter((href) => href.startsWith("/") || href.startsWith("#"));

test("every link of the public pages leads to a page, and every anchor to a place on it", async () => {
  const pages = new Map<string, string>();
  const dead: string[] = [];
  const read = async (address: string) => {
    const known = pages.get(address);
    if (known !== undefined) return known;
    const { status, text } = await html(address);
    if (status !== 200) dead.push(`${status} ${address}`);
    pages.set(address, text);
    return text;
  };
  const queue = ["/", "/docs"];
  const seen = new Set(queue);
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    const isPublic = address === "/" || address.startsWith("/docs");
    for (const href of isPublic ? linksOf(await read(address)) : []) {
      const [target = "", anchor] = href.split("#");
      const to = target || address;
      const text = await read(to);
      if (anchor && !text.includes(`id="${anchor}"`)) dead.push(`${address} -> ${href}`);
      if (!seen.has(to)) queue.push(to);
      seen.add(to);
    }
  }
  expect(dead).toEqual([]);
  expect([...pages.keys()].filter((address) => address.startsWith("/docs")).length).toBeGreaterThan(14);
}, 60_000);

test("the reference shows every endpoint of the OpenAPI document with its parameters and error codes, on plain pages", async () => {
  const { paths } = JSON.parse((await html("/api/v1/openapi.json")).text) as {
    paths: Record<string, Record<string, Operation & { tags: string[] }>>;
  };
  const missing: string[] = [];
  for (const [route, methods] of Object.entries(paths)) {
    for (const [method, { tags, summary, parameters = [], responses }] of Object.entries(methods)) {
      const slug = (tags[0] ?? "").toLowerCase().replaceAll(" ", "-");
      const { text } = await html(`/docs/api/${slug}`);
      const id = `${method} ${route}`
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/-$/, "");
      const start = text.indexOf(`id="${id}"`);
      const part = text.slice(start, text.indexOf("</section>", start));
      const codes = Object.entries(responses).flatMap(([status, { description }]) =>
        Number(status) < 400 ? [] : description.split(", ").filter((code) => code in errorTable),
      );
      const escaped = summary.replaceAll("'", "&#x27;");
      const wanted = [escaped, route, ...parameters.map(({ name }) => `<code>${name}</code>`)];
      wanted.push(...codes.map((code) => `/docs/errors#${code}`));
      missing.push(...wanted.filter((one) => start < 0 || !part.includes(one)).map((one) => `${id}: ${one}`));
    }
  }
  expect(missing).toEqual([]);
}, 60_000);

test("the old address of the reference leads to it, and each error's doc_url to its own line", async () => {
  const answer = await fetch(`${demo.platformUrl}/api/v1/docs`, { redirect: "manual" });
  expect(answer.headers.get("location")).toBe(`${demo.platformUrl}/docs/api`);
  const { text } = await html("/docs/errors");
  expect(Object.keys(errorTable).filter((code) => !text.includes(`id="${code}"`))).toEqual([]);
  const refused = (await (await fetch(`${demo.platformUrl}/api/v1/credits`)).json()) as { error: { doc_url: string } };
  expect(refused.error.doc_url).toBe(`${demo.platformUrl}/docs/errors#unauthenticated`);
});

test("the documentation is read without scripts on a phone; with them a block of code is copied by its button", async () => {
  const plain = await visit("/docs/quick-start", {
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
    colorScheme: "dark",
  });
  await plain.page.getByText("All pages").click();
  await plain.page
    .getByRole("navigation", { name: "All pages" })
    .getByRole("link", { name: "Widget reference" })
    .click();
  await expect.poll(() => plain.page.getByRole("heading", { level: 1 }).textContent()).toContain("trailroom-tryon");
  await plain.close();
  const { page, faults, close } = await visit("/docs/quick-start", {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await page.getByRole("button", { name: "Copy" }).first().click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`PLATFORM=${demo.platformUrl}`);
  expect(faults).toEqual([]);
  await close();
});

test("axe finds nothing on the start page by day and in the reference on a phone at night, and nothing is too wide", async () => {
  const views = [
    { address: "/", width: 1440, colorScheme: "light" },
    { address: "/docs/api/try-on", width: 360, colorScheme: "dark" },
  ] as const;
  for (const { address, width, colorScheme } of views) {
    const { page, faults, close } = await visit(address, { viewport: { width, height: 900 }, colorScheme });
    expect([...(await violations(page)), ...faults]).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await close();
  }
}, 120_000);

test("every command of the quick start does what the page says, against the demo", async () => {
  const printed = await runQuickStart(demo.platformUrl, demo.secretKey, folder);
  const json = (name: string) => JSON.parse(readFileSync(path.join(folder, name), "utf8"));
  expect(json("account.json")).toMatchObject({ user: { email: "you@shop.example" } });
  expect(json("job.json")).toMatchObject({ status: "completed", credits_used: 0 });
  expect(json("live.json")).toMatchObject({ status: "completed", credits_used: 1 });
  for (const picture of ["person.jpg", "tee.jpg", "result.jpg", "live.jpg"]) {
    expect((await sharp(path.join(folder, picture)).metadata()).width).toBeGreaterThan(300);
  }
  expect(JSON.parse(printed[6] ?? "")).toMatchObject({ error: { code: "no_person_detected" } });
  expect(printed).toHaveLength(9);
}, 120_000);
