// Home, trying on, history, credits and the playground, as a merchant uses them; the forms with scripts and without.
import { randomUUID } from "node:crypto";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "../widget/axe.ts";
import type { Site } from "./open-site.ts";
import { openSite } from "./open-site.ts";

const root = path.join(import.meta.dirname, "../..");
const person = path.join(root, "platform/public/v1/models/person-1.jpg");
const tee = path.join(root, "demo-store/public/products/plain-tee-moss.jpg");
const job = { path: "/dashboard/history/:jobId" };

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** Somebody at work on one page; what went wrong there by its own account fails the test. */
async function asMerchant(work: (page: Page) => Promise<void>, javaScriptEnabled = true) {
  const { page, faults, leave } = await site.visit("merchant", { javaScriptEnabled, acceptDownloads: true });
  page.setDefaultTimeout(20_000);
  await work(page);
  await leave();
  // a form that is refused answers 4xx, which the console tells of
  expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
}

/** React's own mark: it has taken the document over. */
const isAlive = () => Object.keys(document.querySelector("h1") ?? {}).some((key) => key.startsWith("__react"));
const jobsOf = () => site.platform.store.tryOnJobs.list(site.platform.merchant.user.id, {}, { limit: 100 });
const balance = async () => (await site.platform.store.users.findById(site.platform.merchant.user.id))?.credits ?? 0;

test("home tells of what was tried on, and of the next step to take", async () => {
  await asMerchant(async (page) => {
    await page.goto("/dashboard");
    await page.getByText("3 completed, 0 failed").waitFor();
    await page.getByRole("heading", { name: "Set up try-on in your shop" }).waitFor();
    await page.getByRole("link", { name: "Make a key" }).waitFor();
    await page.getByText("As a table").click();
    expect(await page.getByRole("table").getByRole("row").count()).toBe(31);
    await page.getByRole("link", { name: "Test mode" }).click();
    await page.getByText("No try-on in the last 30 days").waitFor();
  });
});

test("a garment is tried on where it was dropped, compared, downloaded and deleted", async () => {
  await asMerchant(async (page) => {
    await page.goto("/dashboard/try-on");
    await page.getByRole("button", { name: "Sample person 2" }).click();
    await page.getByLabel("Picture of the top").setInputFiles(tee);
    await expect.poll(() => page.getByText("This picture works.").count()).toBe(2);
    await page.getByRole("button", { name: "Try it on · 1 credit" }).click();
    const border = page.getByRole("slider", { name: "Border between before and after" });
    await border.waitFor();
    await border.press("ArrowRight");
    expect(await border.inputValue()).toBe("51");
    expect(await violations(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("try-on.jpg");
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByText("No picture is kept any more.").waitFor();
  });
});

test("without a script the form leads to the job; it is asked for again, filtered and deleted by forms alone", async () => {
  const before = (await jobsOf()).length;
  await asMerchant(async (page) => {
    await page.goto("/dashboard/try-on");
    await page.getByRole("button", { name: /Try it on/ }).click();
    await page.getByText("Please choose a picture.").first().waitFor();
    await page.getByLabel("Photo of a person").setInputFiles(person);
    await page.getByLabel("Picture of the top").setInputFiles(tee);
    await page.getByLabel("Product id").fill("tee, moss");
    await page.getByRole("button", { name: /Try it on/ }).click();
    await page.getByRole("heading", { name: "Try-on of tee, moss" }).waitFor();
    const made = page.url();
    await expect.poll(async () => (await jobsOf())[0]?.status, { timeout: 20_000 }).toBe("completed");
    await page.reload();
    await page.getByRole("button", { name: "Try again · 1 credit" }).click();
    await page.waitForURL((url) => url.href !== made);
    expect(await jobsOf()).toHaveLength(before + 2);
    await page.goto("/dashboard/history");
    await page.getByLabel("Product id").fill("tee, moss");
    await page.getByRole("button", { name: "Filter" }).click();
    await expect.poll(() => page.getByRole("link", { name: "tee, moss" }).count()).toBe(2);
    await page.getByLabel("Status").selectOption("cancelled");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByText("No try-on fits this filter").waitFor();
    await page.goto(made);
    await page.locator("summary", { hasText: "Delete" }).click();
    await page.getByRole("button", { name: "Delete now" }).click();
    await page.getByText("No picture is kept any more.").waitFor();
  }, false);
});

test("the lists come as files by their filter; a job of nobody's and a photo that is not theirs to see are not there", async () => {
  await asMerchant(async (page) => {
    const history = await page.request.get("/dashboard/history.csv");
    expect(history.headers()).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="try-ons.csv"',
    });
    expect((await history.text()).split("\r\n").length).toBe((await jobsOf()).length + 2);
    const given = await (await page.request.get("/dashboard/credits.csv?type=admin_adjustment")).text();
    expect(given.split("\r\n")).toHaveLength(3);
    const status = async (address: string) => (await page.request.get(address)).status();
    expect(await status(`/dashboard/history/${randomUUID()}`)).toBe(404);
    // asked for with a secret key: the result is the merchant's, the photo may be a shopper's
    const mine = site.address(job);
    expect(await status(`${mine}/picture/output`)).toBe(200);
    expect(await status(`${mine}/picture/person`)).toBe(404);
    expect(await status(`${mine}/state`)).toBe(200);
  });
  const { page, leave } = await site.visit("visitor");
  const answer = await page.request.get(`${site.address(job)}/picture/output`, { maxRedirects: 0 });
  expect([answer.status(), answer.headers().location]).toEqual([302, expect.stringContaining("/login")]);
  await leave();
});

test("credits show the balance and each change of it", async () => {
  await asMerchant(async (page) => {
    await page.goto("/dashboard/credits");
    await page
      .getByText(String(await balance()), { exact: true })
      .first()
      .waitFor();
    await page.getByLabel("Kind").selectOption("admin_adjustment");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("cell", { name: "+100" }).waitFor();
    await expect.poll(() => page.getByRole("table").getByRole("row").count()).toBe(2);
  });
});

test("the playground sends what was built, shows it as code, and keeps no key", async () => {
  const { secretKey } = site.platform.merchant;
  await asMerchant(async (page) => {
    await page.goto("/dashboard/playground");
    await page.getByLabel("Endpoint").selectOption("get-credits");
    await page.waitForURL("**endpoint=get-credits");
    await page.getByLabel("Key or token").fill(secretKey);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("200 OK").waitFor();
    await page.getByText(`"credits": ${await balance()}`).waitFor();
    await page.getByRole("button", { name: "PHP" }).click();
    await page.getByText("getenv('TRAILROOM_KEY')").waitFor();
    expect(await page.content()).not.toContain(secretKey);
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(
      "sk_",
    );
    expect(page.url()).not.toContain("sk_");
    expect(await violations(page)).toEqual([]);
  });
});

test("a page that an extension changed before it was hydrated keeps its styles", async () => {
  const { page, leave } = await site.visit("merchant", {});
  await page.addInitScript(() => {
    addEventListener("DOMContentLoaded", () => {
      const foreign = document.createElement("div");
      foreign.id = "foreign";
      document.body.prepend(foreign);
    });
  });
  await page.goto("/dashboard/playground");
  await page.waitForFunction(isAlive);
  const family = await page.locator("h1").evaluate((heading) => getComputedStyle(heading).fontFamily);
  expect(family).toContain("system-ui");
  await leave();
});

test("a menu that was opened before the page came alive stays open", async () => {
  const { page, leave } = await site.visit("merchant", {});
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/assets/*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/dashboard/playground", { waitUntil: "commit" });
  await page.getByRole("button", { name: /^Account / }).click();
  const signOut = page.getByRole("button", { name: "Sign out", exact: true });
  await signOut.waitFor();
  release();
  await page.waitForFunction(isAlive);
  expect(await signOut.isVisible()).toBe(true);
  await page.getByRole("link", { name: "History", exact: true }).first().click();
  await page.waitForURL("**/dashboard/history");
  await signOut.waitFor({ state: "hidden" });
  await leave();
});
