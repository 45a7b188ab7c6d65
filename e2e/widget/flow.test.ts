import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Lab } from "./start-lab.ts";
import { call, givePhoto, listen, personPhoto, startLab, submit, tryOn, tryOnButton } from "./start-lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab?.stop());

async function product(slug = "plain-tee", options = {}) {
  const visited = await lab.visit(`/products/${slug}`, options);
  onTestFinished(() => visited.context.close());
  return visited;
}
const soon = { timeout: 15_000 };
const bar = (page: Page) => page.getByRole("progressbar");
const shown = async (page: Page) => Number(await bar(page).getAttribute("aria-valuenow"));

test("with the engine held the bar stands still where it was, never goes back, and the wait is told honestly", async () => {
  const { page } = await product();
  await page.clock.install();
  lab.hold();
  onTestFinished(() => lab.release());
  await givePhoto(page);
  await submit(page);
  await page.getByText("Fitting it to you").waitFor();
  const held = await shown(page);
  expect(held).toBeGreaterThan(0);
  expect(held).toBeLessThan(100);
  const seen: number[] = [];
  const scales = new Set<string>();
  for (let look = 0; look < 4; look += 1) {
    await page.clock.runFor(2_000);
    seen.push(await shown(page));
    scales.add(
      await bar(page)
        .locator("i")
        .evaluate((element) => element.style.transform),
    );
  }
  expect(seen).toEqual([held, held, held, held]);
  expect(scales.size).toBe(1);
  // the guess is used up: no second is promised any more
  await page.getByText("A little longer than usual").waitFor();
  lab.release();
  await page.clock.resume();
  await page.getByRole("slider").waitFor();
});

test("the job goes on while the dialog is closed, and is there when it is opened again", async () => {
  const { page } = await product();
  const events = await listen(page);
  lab.hold();
  onTestFinished(() => lab.release());
  await givePhoto(page);
  await submit(page);
  await bar(page).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  lab.release();
  await expect.poll(() => events.some(({ name }) => name === "result"), soon).toBe(true);
  await tryOnButton(page).click();
  await page.getByRole("slider").waitFor();
  expect(events.filter(({ name }) => name === "submit")).toHaveLength(1);
});

test("a reload while the job runs comes back to the same job", async () => {
  const { page, asked } = await product();
  lab.hold();
  onTestFinished(() => lab.release());
  await givePhoto(page);
  await submit(page);
  await page.getByText("Fitting it to you").waitFor();
  await page.reload();
  await tryOnButton(page).click();
  await bar(page).waitFor();
  lab.release();
  await page.getByRole("img", { name: "After" }).waitFor();
  expect(asked.filter((url) => url.endsWith("/api/v1/tryon"))).toHaveLength(1);
});

test("an event stream that is held back does not keep the shopper waiting", async () => {
  const { page } = await product();
  await page.route("**/events", (route) => route.abort());
  await tryOn(page);
});

test("a photo that was chosen while another was still looked at is the one that counts", async () => {
  const { page } = await product();
  let release = () => {};
  const first = new Promise<void>((resolve) => {
    release = resolve;
  });
  let checks = 0;
  await page.route("**/tryon/check", async (route) => {
    checks += 1;
    if (checks === 1) {
      await first;
      await route
        .fulfill({ json: { ok: false, problems: [{ code: "no_person_detected", message: "", hint: "" }] } })
        .catch(() => {});
    } else await route.continue();
  });
  const looking = page.waitForRequest("**/tryon/check");
  await givePhoto(page);
  await looking;
  await page.getByRole("button", { name: "Choose another photo" }).click();
  await page.locator("trailroom-tryon input[type=file]").setInputFiles(personPhoto);
  await page.getByRole("button", { name: "See it on me" }).waitFor();
  release();
  await submit(page);
  await page.getByRole("slider").waitFor();
  expect(await page.getByRole("alert").count()).toBe(0);
});

test("a cancel before the server has answered leaves no job that is paid for", async () => {
  const { page } = await product();
  const before = await lab.platform.store.users.findById(lab.platform.merchant.user.id);
  await page.route("**/api/v1/tryon", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  lab.hold();
  onTestFinished(() => lab.release());
  await givePhoto(page);
  await submit(page);
  const cancelled = page.waitForResponse((answer) => answer.url().endsWith("/cancel"));
  await page.getByRole("button", { name: "Cancel" }).click();
  expect((await cancelled).status()).toBe(200);
  await page.getByRole("button", { name: "See it on me" }).waitFor();
  const after = await lab.platform.store.users.findById(lab.platform.merchant.user.id);
  expect(after && after.credits + after.daily_free_credits).toBe(before && before.credits + before.daily_free_credits);
});

test("delete, try another and reset leave nothing behind", async () => {
  const { page } = await product();
  await tryOn(page);
  await page.getByRole("button", { name: "Try another photo" }).click();
  await page.getByText("Choose a photo").waitFor();
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual(["trailroom-consent"]);
  await page.locator("trailroom-tryon input[type=file]").setInputFiles(personPhoto);
  await submit(page);
  await page.getByRole("slider").waitFor();
  await call(page, "reset");
  await page.getByText("Choose a photo").waitFor();
  expect(await page.getByRole("slider").count()).toBe(0);
});

test("the JS API opens and closes; events are heard in order with job and product id alone", async () => {
  const { page } = await product();
  const events = await listen(page);
  await call(page, "open");
  await page.getByRole("dialog").waitFor();
  await call(page, "close");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await tryOn(page);
  await page.getByRole("button", { name: "Add to cart" }).last().click();
  await expect.poll(() => events.at(-1)?.name, soon).toBe("add-to-cart");
  const names = events.map(({ name }) => name).filter((name, index, all) => name !== all[index - 1]);
  expect(names).toEqual(["open", "close", "open", "photo", "submit", "progress", "result", "add-to-cart"]);
  for (const { detail } of events) {
    expect(Object.keys(detail as object).sort()).toEqual(["jobId", "productId"]);
    expect(detail).toMatchObject({ productId: "plain-tee-moss" });
  }
  expect(await page.locator("[data-cart-count]").textContent()).toBe("1");
});

test("nothing is asked of anybody but the shop and its platform", async () => {
  const { page, asked, faults } = await product();
  await tryOn(page);
  await page.getByRole("button", { name: "Download" }).click();
  const origins = new Set(asked.filter((url) => !url.startsWith("blob:")).map((url) => new URL(url).origin));
  expect([...origins].sort()).toEqual([lab.shopUrl, lab.platform.url].sort());
  // a key or token in an address would end up in somebody's log
  expect(asked.join("\n")).not.toMatch(/pk_live|job_token/);
  expect(faults).toEqual([]);
});
