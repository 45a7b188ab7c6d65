import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { violations } from "./axe.ts";
import type { Lab } from "./start-lab.ts";
import { personPhoto, startLab, tryOnButton } from "./start-lab.ts";
import { tabTo } from "./tab-to.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab?.stop());

test.each([
  ["light", "en", 390],
  ["dark", "en", 1280],
  ["light", "ar", 1280],
  ["dark", "ar", 390],
] as const)("no accessibility violation in any state: %s, %s, %i px", async (colorScheme, lang, width) => {
  const { page, context } = await lab.visit("/products/plain-tee", { colorScheme, viewport: { width, height: 844 } });
  onTestFinished(() => context.close());
  await page.evaluate((code) => document.querySelector("trailroom-tryon")?.setAttribute("lang", code), lang);
  lab.hold();
  onTestFinished(() => lab.release());
  const dialog = page.locator("trailroom-tryon dialog");
  const input = page.locator("trailroom-tryon input[type=file]");
  expect(await violations(page), "button").toEqual([]);
  await tryOnButton(page).click();
  await dialog.locator("button.main:enabled").waitFor();
  expect(await violations(page), "consent").toEqual([]);
  await dialog.locator("button.main").click();
  await dialog.locator(".people img").last().waitFor();
  expect(await violations(page), "photo").toEqual([]);
  await page.route("**/tryon/check", (route) =>
    route.fulfill({ json: { ok: false, problems: [{ code: "no_person_detected", message: "", hint: "" }] } }),
  );
  await input.setInputFiles(personPhoto);
  await dialog.getByRole("alert").waitFor();
  expect(await violations(page), "problem").toEqual([]);
  await page.unroute("**/tryon/check");
  await dialog.locator("button.main").click();
  await input.setInputFiles(personPhoto);
  await dialog.locator("button.main").click();
  await dialog.getByRole("progressbar").waitFor();
  expect(await violations(page), "working").toEqual([]);
  lab.release();
  await dialog.getByRole("slider").waitFor();
  expect(await violations(page), "result").toEqual([]);
  await dialog.locator("button.bare").last().click();
  await dialog.locator(".notice").waitFor();
  expect(await violations(page), "removed").toEqual([]);
});

test("the whole flow works by keyboard alone, and the focus comes back to the button", async () => {
  const { page, context } = await lab.visit("/products/plain-tee");
  onTestFinished(() => context.close());
  const press = async (name: RegExp, key = "Enter") => {
    await tabTo(page, name);
    await page.keyboard.press(key);
  };
  await press(/Try it on/);
  await page.getByRole("button", { name: "I agree, continue" }).waitFor();
  await press(/I agree/);
  // a file input opens the system's chooser by itself: that it is reached is what can be shown here
  await tabTo(page, /Choose a photo/);
  await press(/Keep my photo/, "Space");
  await press(/Keep my photo/, "Space");
  await press(/Sample person 2/);
  await page.getByRole("button", { name: "See it on me" }).waitFor();
  await press(/See it on me/);
  const slider = page.getByRole("slider");
  await slider.waitFor();
  await tabTo(page, /Compare before and after/);
  for (const [key, value] of [
    ["ArrowRight", "55"],
    ["ArrowDown", "50"],
    ["End", "100"],
    ["ArrowRight", "100"],
    ["Home", "0"],
  ] as const) {
    await page.keyboard.press(key);
    expect(await slider.getAttribute("aria-valuenow")).toBe(value);
  }
  await press(/Add to cart/);
  await press(/Delete my photo now/);
  await page.getByText("Your photo and the picture are deleted.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe("trailroom-tryon");
});

test("each step begins at its heading, and the dialog is named by it", async () => {
  const { page, context } = await lab.visit("/products/plain-tee");
  onTestFinished(() => context.close());
  const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent);
  await tryOnButton(page).click();
  await page.getByRole("dialog", { name: "Before you start" }).waitFor();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.getByRole("dialog", { name: "Your photo" }).waitFor();
  await expect.poll(focused, { timeout: 15_000 }).toBe("Your photo");
});

test("before and after follow the pointer, and the border stands where the picture is cut", async () => {
  const { page, context } = await lab.visit("/products/plain-tee");
  onTestFinished(() => context.close());
  await tryOnButton(page).click();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.locator("trailroom-tryon input[type=file]").setInputFiles(personPhoto);
  await page.getByRole("button", { name: "See it on me" }).click();
  await page.getByRole("slider").waitFor();
  const box = await page.locator("trailroom-tryon .compare").boundingBox();
  const picture = await page.getByRole("img", { name: "Before" }).boundingBox();
  expect(Math.abs((box?.width ?? 0) - (picture?.width ?? 1))).toBeLessThan(1.5);
  const at = (share: number) => ({ x: (box?.x ?? 0) + (box?.width ?? 0) * share, y: (box?.y ?? 0) + 200 });
  await page.mouse.move(at(0.5).x, at(0.5).y);
  await page.mouse.down();
  await page.mouse.move(at(0.2).x, at(0.2).y, { steps: 4 });
  await page.mouse.up();
  const value = Number(await page.getByRole("slider").getAttribute("aria-valuenow"));
  expect(Math.abs(value - 20)).toBeLessThanOrEqual(1);
  const handle = await page.getByRole("slider").boundingBox();
  expect(Math.abs((handle?.x ?? 0) + (handle?.width ?? 0) / 2 - at(0.2).x)).toBeLessThan(4);
});
