// What the tests of sign-in and settings share: the platform, a browser, and what a person does on these pages.
import { Secret, TOTP } from "otpauth";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { sessionCookie } from "../../platform/core/auth/cookies.ts";
import { launchBrowser } from "../browser.ts";
import { isGivenUp } from "./open-site.ts";
import { startPages } from "./start-pages.ts";

export const password = "four-plain-green-kettles";

/** A platform and a browser for one test file. After each test its windows are closed, and none may have told of a fault. */
export function usePages() {
  let site: Awaited<ReturnType<typeof startPages>>;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  beforeAll(async () => {
    site = await startPages();
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });
  /** A browser of somebody; a refused form is an answer of 4xx, which the console tells of, and no fault. */
  async function visit(javaScriptEnabled = true) {
    const context = await browser.newContext({ baseURL: site.url, javaScriptEnabled });
    contexts.push(context);
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    page.on("console", (message) => {
      const isExpected = /status of 4\d\d|AbortError/.test(message.text());
      if (message.type() === "error" && !isExpected) faults.push(message.text());
    });
    page.on("pageerror", (error) => !isGivenUp(error) && faults.push(String(error)));
    return page;
  }
  return { site: () => site, visit };
}

let made = 0;
export async function register(page: Page) {
  made += 1;
  const email = `asha-${made}@shop.example`;
  await page.goto("/register");
  await page.getByLabel("First name").fill("Asha");
  await page.getByLabel("Last name").fill("Rao");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Open the account" }).click();
  await page.getByRole("heading", { name: "Welcome, Asha" }).waitFor();
  return email;
}

export async function fillLogin(page: Page, email: string, given = password) {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(given);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function signOut(page: Page) {
  await page.getByRole("button", { name: /^Account / }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByText("You are signed out.").waitFor();
}

/** The form of a page that is sent as this intent. */
export const formOf = (page: Page, intent: string) =>
  page.locator("form", { has: page.locator(`[name=intent][value=${intent}]`) });

export const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
export const sessionOf = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name === sessionCookie)?.value ?? null;
export const pathOf = (page: Page) => new URL(page.url()).pathname;
