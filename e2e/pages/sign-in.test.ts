// Signing up, in and out, and the settings, as a person does it in a browser; every form with scripts and without.
import { Secret, TOTP } from "otpauth";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { sessionCookie } from "../../platform/core/auth/cookies.ts";
import { launchBrowser } from "../browser.ts";
import { startPages } from "./start-pages.ts";

let site: Awaited<ReturnType<typeof startPages>>;
let browser: Browser;
beforeAll(async () => {
  site = await startPages();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const password = "four-plain-green-kettles";
const contexts: BrowserContext[] = [];
const faults: string[] = [];
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  expect(faults.splice(0)).toEqual([]);
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
  // the framework tells of what it gives up when one acts before the page has settled
  page.on("pageerror", (error) => error.name !== "AbortError" && faults.push(String(error)));
  return page;
}

let made = 0;
async function register(page: Page) {
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

async function fillLogin(page: Page, email: string, given = password) {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(given);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(page: Page) {
  await page.getByRole("button", { name: /^Account / }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByText("You are signed out.").waitFor();
}

/** The form of a page that is sent as this intent. */
const formOf = (page: Page, intent: string) =>
  page.locator("form", { has: page.locator(`[name=intent][value=${intent}]`) });

const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
const sessionOf = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name === sessionCookie)?.value ?? null;
const pathOf = (page: Page) => new URL(page.url()).pathname;

const both = [
  ["with scripts", true],
  ["without scripts", false],
] as const;

describe("signing up, in and out", () => {
  const scripts = true;
  test("the pages of it have no script at all, so that one round stands for both", async () => {
    const page = await visit();
    for (const at of ["/login", "/register", "/verify-email", "/forgot-password", "/reset-password"]) {
      await page.goto(at);
      expect(await page.locator("script").count(), at).toBe(0);
      expect(await page.getByRole("heading", { level: 1 }).count(), at).toBe(1);
    }
  });

  test("register, verify by the mail's button, sign out, sign in to the page that was asked for", async () => {
    const page = await visit(scripts);
    const email = await register(page);
    await page.getByRole("link", { name: "To the dashboard" }).click();
    await page.getByText("Verify your e-mail address:").waitFor();

    await page.goto(await site.linkOf(email, /http\S+verify-email\S+/));
    const before = await site.store.users.findByEmail(email);
    expect(before?.is_email_verified, "reading the link changes nothing").toBe(false);
    await page.getByRole("button", { name: "Verify this address" }).click();
    await page.getByText("Your address is verified.").waitFor();
    expect((await site.store.users.findByEmail(email))?.is_email_verified).toBe(true);

    await signOut(page);
    expect(await sessionOf(page)).toBeNull();
    await page.goto("/dashboard/settings/billing");
    await fillLogin(page, email, "wrong-wrong-wrong");
    await page.getByRole("alert").getByText("The address or the password is wrong.").waitFor();
    expect(await page.getByLabel("E-mail address").inputValue(), "the address is typed once").toBe(email);
    await fillLogin(page, email);
    await page.getByRole("heading", { name: "Billing" }).waitFor();
    expect(pathOf(page)).toBe("/dashboard/settings/billing");
  });

  test("a forgotten password is set anew by a mail, for an unknown address with the same words", async () => {
    const page = await visit(scripts);
    const email = await register(page);
    const other = await visit(scripts);
    const answers = [];
    for (const asked of ["nobody@shop.example", email]) {
      await other.goto("/login");
      await other.getByRole("link", { name: "Forgot your password?" }).click();
      await other.getByLabel("E-mail address").fill(asked);
      await other.getByRole("button", { name: "Send me a link" }).click();
      answers.push(await other.getByRole("status").textContent());
    }
    expect(answers[0]).toBe(answers[1]);
    const link = await site.linkOf(email, /http\S+reset-password\S+/);
    await other.goto(link);
    await other.getByLabel("New password").fill("password12");
    await other.getByRole("button", { name: "Set the password" }).click();
    await other.getByText("The password is too weak.").waitFor();
    await other.getByLabel("New password").fill("five-round-blue-spoons");
    await other.getByRole("button", { name: "Set the password" }).click();
    await other.getByText("Your new password is set.").waitFor();
    await fillLogin(other, email, "five-round-blue-spoons");
    await other.waitForURL("**/dashboard");
    // every former session is over, and so is the link
    await page.goto("/dashboard");
    expect(pathOf(page)).toBe("/login");
    await page.goto(link);
    await page.getByText("This link was used already or is too old.").waitFor();
  });
});

describe.each(both)("the settings, %s", (_name, scripts) => {
  test("a second step is set up, asked for at the next sign-in, opened by a recovery code, and switched off", async () => {
    const page = await visit(scripts);
    const email = await register(page);
    await page.goto("/dashboard/settings/security");
    const first = await sessionOf(page);
    await formOf(page, "mfa-begin").getByLabel("Present password").fill(password);
    await formOf(page, "mfa-begin").getByRole("button").click();
    await page.getByAltText("The QR code for your authenticator app").waitFor();
    const secret = await page.locator("[name=secret]").inputValue();
    await page.getByLabel("Code", { exact: true }).fill("000000");
    await page.getByRole("button", { name: "Switch it on" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.locator("[name=secret]").inputValue(), "the same secret again").toBe(secret);
    await page.getByLabel("Code", { exact: true }).fill(codeOf(secret));
    await page.getByRole("button", { name: "Switch it on" }).click();
    await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
    const codes = await page
      .getByRole("listitem")
      .filter({ hasText: /^\w{6}-\w{6}$/ })
      .allTextContents();
    expect(codes).toHaveLength(10);
    expect(await sessionOf(page), "a new session").not.toBe(first);
    // the very page that shows the codes carries the new session's token
    await signOut(page);

    await fillLogin(page, email);
    await page.getByRole("heading", { name: "Second step" }).waitFor();
    expect(await sessionOf(page)).toBeNull();
    await page.getByLabel("Code").fill("000000");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("This code is not right, or was used already.").waitFor();
    await page.getByLabel("Code").fill(codes[0] ?? "");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.waitForURL("**/dashboard");
    await page.goto("/dashboard/settings/security");
    await formOf(page, "mfa-disable")
      .getByLabel("A code of the app")
      .fill(codes[1] ?? "");
    await formOf(page, "mfa-disable").getByRole("button").click();
    await page.getByText("The second step is off.").waitFor();
  });

  test("settings are saved, and what is refused says why and keeps what was typed", async () => {
    const page = await visit(scripts);
    const email = await register(page);
    await page.goto("/dashboard/settings/billing");
    await page.getByLabel("Company").fill("Trail & Room");
    await page.getByLabel("GSTIN").fill("29AAGCB7383J1Z5");
    await page.getByRole("button", { name: "Save the billing details" }).click();
    await page.getByRole("alert").getByText("This is not a valid GSTIN.").waitFor();
    expect(await page.getByLabel("Company").inputValue()).toBe("Trail & Room");
    await page.getByLabel("GSTIN").fill("29AAGCB7383J1Z4");
    await page.getByLabel("State").selectOption("29");
    await page.getByRole("button", { name: "Save the billing details" }).click();
    await page.getByText("Saved.").waitFor();

    await page.goto("/dashboard/settings/try-on");
    await page.getByLabel("Shoppers' photos, hours").fill("2");
    await page.getByLabel("Show me the results of my shoppers").check();
    await formOf(page, "privacy").getByRole("button").click();
    await page.getByText("Saved.").waitFor();
    await page.goto("/dashboard/settings/try-on");
    for (const mode of ["Tops", "Bottoms"]) await page.getByLabel(mode).uncheck();
    await formOf(page, "modes").getByRole("button").click();
    await page.getByRole("alert").getByText("Choose at least one.").waitFor();
    await page.goto("/dashboard/settings/try-on");
    const widget = formOf(page, "widget");
    await widget.getByLabel("Accent colour").fill("red; background: url(//evil.example)");
    await widget.getByRole("button").click();
    await page.getByRole("alert").getByText("One of the look values").waitFor();
    await widget.getByLabel("Accent colour").fill("#14614a");
    await widget.getByLabel("Button").fill("<b>See it</b>");
    await widget.getByRole("button").click();
    await page.getByText("Saved.").waitFor();
    const user = await site.store.users.findByEmail(email);
    expect(user).toMatchObject({ company: "Trail & Room", gstin: "29AAGCB7383J1Z4", state_code: "29" });
    expect(await site.store.settings.find(user?.id ?? "")).toMatchObject({
      photo_retention_hours: 2,
      show_shopper_results: true,
      allowed_modes: ["top", "full"],
      widget_texts: { button: "<b>See it</b>" },
      widget_look: { accent: "#14614a" },
    });
  });

  test("a new address counts by its mail; a new password and sign-out everywhere end other sessions", async () => {
    const page = await visit(scripts);
    const email = await register(page);
    const other = await visit(scripts);
    await other.goto("/login");
    await fillLogin(other, email);
    await other.waitForURL("**/dashboard");
    const next = `new-${email}`;
    await page.goto("/dashboard/settings");
    await page.getByLabel("New address").fill(next);
    await page.getByLabel("Your password").fill(password);
    await page.getByRole("button", { name: "Change the address" }).click();
    await page.getByText("Look into the mailbox of the new address").waitFor();
    await page.goto(await site.linkOf(next, /http\S+verify-email\S+/));
    await page.getByRole("button", { name: "Verify this address" }).click();
    await page.getByText("Your address is verified.").waitFor();

    await page.goto("/dashboard/settings/security");
    await formOf(page, "password").getByLabel("Present password").fill(password);
    await formOf(page, "password").getByLabel("New password").fill("five-round-blue-spoons");
    await formOf(page, "password").getByRole("button").click();
    await page.getByText("Your new password is set.").waitFor();
    await other.goto("/dashboard");
    expect(pathOf(other)).toBe("/login");
    await fillLogin(other, next, "five-round-blue-spoons");
    await other.waitForURL("**/dashboard");
    await page.goto("/dashboard/settings/security");
    await page.getByRole("button", { name: "Sign out everywhere", exact: true }).click();
    await page.getByText("You are signed out.").waitFor();
    await other.goto("/dashboard");
    expect(pathOf(other)).toBe("/login");
  });

  test("an account is exported, and deleted by its typed address and password", async () => {
    const page = await visit(scripts);
    const email = await register(page);
    await page.goto("/dashboard/settings/data");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download" }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ account: { email } });
    const tryWith = async (typed: string, given: string) => {
      await page.getByLabel(`Type ${email}`).fill(typed);
      await page.getByLabel("Your password").fill(given);
      await page.getByRole("button", { name: "Delete my account for ever" }).click();
    };
    await tryWith("somebody@shop.example", password);
    await page.getByRole("alert").getByText("This is not your address.").waitFor();
    await tryWith(email, "wrong-wrong-wrong");
    await page.getByRole("alert").getByText("The password is not right.").waitFor();
    await tryWith(email, password);
    await page.getByText("Your account is deleted.").waitFor();
    await fillLogin(page, email);
    await page.getByText("The address or the password is wrong.").waitFor();
  });

  test("the choice of colours is in the server's own HTML, before any script", async () => {
    const page = await visit(scripts);
    const served = async () =>
      /data-colour-scheme="(\w+)"/.exec(await (await page.request.get(`${site.url}/login`)).text())?.[1];
    await page.goto("/login");
    expect(await served()).toBe("system");
    for (const [name, scheme] of [
      ["Dark", "dark"],
      ["System", "system"],
    ] as const) {
      await page.getByRole("button", { name }).click();
      await page.locator(`html[data-colour-scheme=${scheme}]`).waitFor();
      expect(await served()).toBe(scheme);
    }
  });
});

test("Google's button leads there and back to the page that was asked for; where Google says no, to the sign-in page", async () => {
  site.google.state.person = { sub: "77", email: "ravi@gmail.com", email_verified: true, given_name: "Ravi" };
  const page = await visit();
  await page.goto("/dashboard/settings/security");
  await page.getByRole("link", { name: "Continue with Google" }).click();
  await page.waitForURL("**/dashboard/settings/security");
  await page.getByText("You sign in with Google.").waitFor();
  await signOut(page);
  site.google.state.denies = true;
  await page.getByRole("link", { name: "Continue with Google" }).click();
  await page.getByText("Signing in with Google did not work.").waitFor();
});

test("session fixation: the cookie that somebody planted is neither taken over nor left alive", async () => {
  const attacker = await visit();
  await register(attacker);
  const planted = await sessionOf(attacker);
  const email = await register(await visit());
  const shownTo = async (cookie: string) => {
    const answer = await fetch(`${site.url}/dashboard/settings`, {
      redirect: "manual",
      headers: { cookie: `${sessionCookie}=${cookie}` },
    });
    return answer.status === 200 ? answer.text() : answer.headers.get("location");
  };
  // an unknown value, then a live session of the attacker's
  for (const value of ["planted-by-somebody", planted ?? ""]) {
    const answer = await fetch(`${site.url}/login`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: site.url, cookie: `${sessionCookie}=${value}` },
      body: new URLSearchParams({ email, password, return_to: "/dashboard" }),
    });
    expect(answer.status).toBe(303);
    const own = /__Host-session=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? "";
    expect(own).not.toBe(value);
    expect(await shownTo(own)).toContain(email);
    expect(await shownTo(value)).toMatch(/^\/login/);
  }
});
