import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { createApiKey } from "../../platform/core/api-keys/create-api-key.ts";
import { adjustCredits } from "../../platform/core/credits/adjust-credits.ts";
import { createKeyRing } from "../../platform/core/crypto/key-ring.ts";
import type { MerchantSettings } from "../../platform/core/model.ts";
import type { Lab } from "./start-lab.ts";
import { givePhoto, startLab, submit, tryOn, tryOnButton } from "./start-lab.ts";

let lab: Lab;
let plain: MerchantSettings;
beforeAll(async () => {
  lab = await startLab();
  const settings = await lab.platform.store.settings.find(lab.platform.merchant.user.id);
  if (!settings) throw new Error("the merchant has no settings");
  plain = settings;
});
afterEach(() => setting({}));
afterAll(() => lab?.stop());

async function product() {
  const visited = await lab.visit("/products/plain-tee");
  onTestFinished(() => visited.context.close());
  return visited;
}
const setting = (change: Partial<MerchantSettings>) => lab.platform.store.settings.upsert({ ...plain, ...change });
const grant = (credits: number, actionId: string) => {
  const { store, merchant } = lab.platform;
  return store.transaction((tx) =>
    adjustCredits(tx, { userId: merchant.user.id, credits, reason: "test", actionId, now: new Date() }),
  );
};

test("consent says who, what for and how long by the merchant's settings, and is asked for again when its text changes", async () => {
  await setting({ photo_retention_hours: 0, result_retention_hours: 720, show_shopper_results: true });
  const { page } = await product();
  await tryOnButton(page).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Test shop shows this garment on your photo").waitFor();
  await dialog.getByText("Test shop may look at the finished picture.").waitFor();
  await dialog
    .getByText("Your photo is deleted as soon as the picture is made. The picture is deleted after 30 days.")
    .waitFor();
  await dialog.getByText("only if you are an adult").waitFor();
  await dialog.getByText(/^Version \u20682026-11\+results\u2069 of this text/).waitFor();
  await dialog.getByRole("button", { name: "I agree, continue" }).click();
  await page.reload();
  await tryOnButton(page).click();
  await dialog.getByText("Choose a photo").waitFor();
  await page.evaluate(() => sessionStorage.setItem("trailroom-consent", '"2025-01"'));
  await page.reload();
  await tryOnButton(page).click();
  await dialog.getByRole("button", { name: "I agree, continue" }).waitFor();
});

test("a merchant's texts are text whatever they hold, and look values that do not parse change nothing", async () => {
  await setting({
    widget_texts: { cart: "<img src=x onerror=alert(1)>", "de.cart": "In den Korb" },
    widget_look: { accent: "#7c3aed", radius: "3px", font: "x;}dialog{display:none" },
  });
  const { page, faults } = await product();
  await page.evaluate(() => {
    const element = document.querySelector<HTMLElement>("trailroom-tryon");
    for (const name of ["accent", "on-accent", "radius"]) element?.style.setProperty(`--trailroom-${name}`, "initial");
  });
  await tryOn(page);
  const cart = page.getByRole("dialog").getByRole("button", { name: "<img src=x onerror=alert(1)>" });
  expect(
    await cart.evaluate((button) => [
      getComputedStyle(button).backgroundColor,
      getComputedStyle(button).color,
      getComputedStyle(button).borderRadius,
    ]),
  ).toEqual(["rgb(124, 58, 237)", "rgb(255, 255, 255)", "3px"]);
  expect(await page.locator("trailroom-tryon dialog img[src=x]").count()).toBe(0);
  expect(faults).toEqual([]);
});

test("without credits try-on is resting, says nothing of credits, and wakes when there are some", async () => {
  const { store, merchant } = lab.platform;
  const paid = (await store.users.findById(merchant.user.id))?.credits ?? 0;
  await grant(-paid, "none");
  const { page } = await product();
  // the day's free ones first
  for (;;) {
    const user = await store.users.findById(merchant.user.id);
    if (!user || user.credits + user.daily_free_credits === 0) break;
    await tryOn(page);
    await page.getByRole("button", { name: "Try another photo" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  }
  await tryOnButton(page).click();
  const resting = page.getByText("Try-on is resting just now. Please come back later.");
  await resting.waitFor();
  expect(await page.getByRole("dialog").textContent()).not.toMatch(/credit/i);
  await grant(100, "more");
  await page.getByRole("button", { name: "Close" }).last().click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await tryOn(page);
});

test("a shopper's cap and a foreign page's key rest too, without a word of why", async () => {
  await setting({ shopper_daily_cap: 1 });
  const { page, context } = await product();
  await tryOn(page);
  await page.getByRole("button", { name: "Try another photo" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await givePhoto(page);
  await submit(page);
  await page.getByText("Try-on is resting just now.").waitFor();
  const foreign = await context.newPage();
  await foreign.goto(`${lab.shopUrl}/products/plain-tee`);
  await foreign.evaluate(() =>
    document.querySelector("trailroom-tryon")?.setAttribute("publishable-key", `pk_live_${"x".repeat(32)}`),
  );
  await tryOnButton(foreign).click();
  await foreign.getByText("Try-on is resting just now.").waitFor();
});

test("share hands over the marked file and no address", async () => {
  const { page } = await product();
  await page.addInitScript(() => {
    Object.assign(navigator, {
      canShare: ({ files }: ShareData) => (files?.length ?? 0) > 0,
      share: async (data: ShareData) => {
        const [file] = data.files ?? [];
        Object.assign(window, {
          shared: { keys: Object.keys(data), name: file?.name, type: file?.type, size: file?.size },
        });
      },
    });
  });
  await page.reload();
  await tryOn(page);
  await page.getByRole("button", { name: "Share" }).click();
  const shared = () => page.evaluate(() => (window as unknown as { shared?: { size: number } }).shared);
  await expect
    .poll(shared, { timeout: 15_000 })
    .toMatchObject({ keys: ["files"], name: "try-on.jpg", type: "image/jpeg" });
  expect((await shared())?.size).toBeGreaterThan(10_000);
});

test("where the key asks for it the shop's server is asked for a shopper session, once for a try-on; without one the button rests", async () => {
  const { store, merchant, settings } = lab.platform;
  const signedBy = "ss_of-the-shop";
  const [, kid = "", ring = ""] = /^(\w+):(.+)$/.exec(settings.ENCRYPTION_KEYS) ?? [];
  const { secret: publishableKey } = await createApiKey(store, {
    userId: merchant.user.id,
    kind: "publishable",
    mode: "live",
    name: "vouched",
    allowedOrigins: [lab.pages.url],
    garmentHosts: [new URL(lab.shopUrl).host],
    sessionSecret: createKeyRing([{ kid, secret: ring }]).encrypt(signedBy),
    now: new Date(),
  });
  lab.pages.show(
    `<trailroom-tryon publishable-key="${publishableKey}" session-url="/session" product-id="tee" product-image="${lab.shopUrl}/products/plain-tee-moss.jpg"><button>Try it on</button></trailroom-tryon>`,
  );
  const { page, context, asked } = await lab.visit(`${lab.pages.url}/lab?session`);
  onTestFinished(() => context.close());
  await givePhoto(page);
  await page.getByText("Try-on is resting just now.").waitFor();
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { sub: "shopper-1", iat: Math.floor(Date.now() / 1000) };
  const token = `${part({ alg: "HS256" })}.${part(claims)}`;
  lab.pages.giveSession(`${token}.${createHmac("sha256", signedBy).update(token).digest("base64url")}`);
  await page.reload();
  asked.length = 0;
  await tryOn(page);
  expect(asked.filter((url) => url.endsWith("/session"))).toHaveLength(1);
  const [job] = await store.tryOnJobs.list(merchant.user.id, {}, { limit: 1 });
  expect(job?.shopper_id).toBe("shopper-1");
});
