// The settings, as a person works with them in a browser; every form with scripts and without.
import { describe, expect, test } from "vitest";
import { codeOf, fillLogin, formOf, password, pathOf, register, sessionOf, signOut, usePages } from "./people.ts";

const { site, visit } = usePages();

const both = [
  ["with scripts", true],
  ["without scripts", false],
] as const;

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
    const user = await site().store.users.findByEmail(email);
    expect(user).toMatchObject({ company: "Trail & Room", gstin: "29AAGCB7383J1Z4", state_code: "29" });
    expect(await site().store.settings.find(user?.id ?? "")).toMatchObject({
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
    await page.goto(await site().linkOf(next, /http\S+verify-email\S+/));
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
      /data-colour-scheme="(\w+)"/.exec(await (await page.request.get(`${site().url}/login`)).text())?.[1];
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
