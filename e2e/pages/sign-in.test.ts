// Signing up, in and out, as a person does it in a browser. These pages carry no script: one round stands for both.
import { describe, expect, test } from "vitest";
import { sessionCookie } from "../../platform/core/auth/cookies.ts";
import { fillLogin, password, pathOf, register, sessionOf, signOut, usePages } from "./people.ts";

const { site, visit } = usePages();

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

    await page.goto(await site().linkOf(email, /http\S+verify-email\S+/));
    const before = await site().store.users.findByEmail(email);
    expect(before?.is_email_verified, "reading the link changes nothing").toBe(false);
    await page.getByRole("button", { name: "Verify this address" }).click();
    await page.getByText("Your address is verified.").waitFor();
    expect((await site().store.users.findByEmail(email))?.is_email_verified).toBe(true);

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
    const link = await site().linkOf(email, /http\S+reset-password\S+/);
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

test("Google's button leads there and back to the page that was asked for; where Google says no, to the sign-in page", async () => {
  site().google.state.person = { sub: "77", email: "ravi@gmail.com", email_verified: true, given_name: "Ravi" };
  const page = await visit();
  await page.goto("/dashboard/settings/security");
  await page.getByRole("link", { name: "Continue with Google" }).click();
  await page.waitForURL("**/dashboard/settings/security");
  await page.getByText("You sign in with Google.").waitFor();
  await signOut(page);
  site().google.state.denies = true;
  await page.getByRole("link", { name: "Continue with Google" }).click();
  await page.getByText("Signing in with Google did not work.").waitFor();
});

test("session fixation: the cookie that somebody planted is neither taken over nor left alive", async () => {
  const attacker = await visit();
  await register(attacker);
  const planted = await sessionOf(attacker);
  const email = await register(await visit());
  const shownTo = async (cookie: string) => {
    const answer = await fetch(`${site().url}/dashboard/settings`, {
      redirect: "manual",
      headers: { cookie: `${sessionCookie}=${cookie}` },
    });
    return answer.status === 200 ? answer.text() : answer.headers.get("location");
  };
  // an unknown value, then a live session of the attacker's
  for (const value of ["planted-by-somebody", planted ?? ""]) {
    const answer = await fetch(`${site().url}/login`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: site().url, cookie: `${sessionCookie}=${value}` },
      body: new URLSearchParams({ email, password, return_to: "/dashboard" }),
    });
    expect(answer.status).toBe(303);
    const own = /__Host-session=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? "";
    expect(own).not.toBe(value);
    expect(await shownTo(own)).toContain(email);
    expect(await shownTo(value)).toMatch(/^\/login/);
  }
});
