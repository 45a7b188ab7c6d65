// The whole of what answers HTTP, in development: the pages' guard against foreign forms, and the mail outbox in the browser.
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendDueMails } from "../core/mail/send-due-mails.ts";
import type { HttpForTest } from "../testing/start-http.ts";
import { ownPage, publicUrl, startHttp } from "../testing/start-http.ts";

let http: HttpForTest;
beforeAll(async () => {
  http = await startHttp();
});
afterAll(() => http?.remove());

test.each(["POST", "PUT", "PATCH", "DELETE"])(
  "%s from a foreign page reaches no action, whatever its path",
  async (method) => {
    const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site", cookie: "__Host-session=x" };
    for (const at of ["/login", "/dashboard/keys", "/anything", "/"]) {
      expect((await http.app.request(at, { method, headers: foreign })).status).toBe(403);
      expect((await http.app.request(at, { method })).status).toBe(403);
    }
    // the same from a page of ours goes on to the pages, of which this is none
    expect([404, 405]).toContain((await http.app.request("/no-such-page", { method, headers: ownPage })).status);
  },
);

test("a mail of development is read at /dev/outbox, with its link", async () => {
  const email = "asha@shop.example";
  const answer = await http.app.request("/api/v1/auth/register", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: "four-plain-green-kettles", first_name: "Asha", last_name: "<b>Rao</b>" }),
  });
  expect(answer.status).toBe(201);
  const { mailer, store, clock, log } = http.services;
  if (!mailer) throw new Error("no mailer");
  expect(await sendDueMails({ mailer, store, clock, log, publicUrl })).toBe(1);
  const { mails } = await (await http.app.request("/dev/outbox.json")).json();
  expect(mails).toMatchObject([{ to: { address: email } }]);
  const page = await http.app.request("/dev/outbox");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await page.text()).toContain(`<a href="${publicUrl}/verify-email?token=`);
});
