// The whole of what answers HTTP, in development: the pages' guard against foreign forms, and the mail outbox in the browser.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendDueMails } from "../core/mail/send-due-mails.ts";
import type { Services } from "./build-services.ts";
import { buildServices } from "./build-services.ts";
import { readConfig } from "./config.ts";
import { createHttp } from "./http.ts";

const random = "0123456789abcdefghijklmnopqrstuv";
const publicUrl = "http://127.0.0.1:8001";
const folder = mkdtempSync(path.join(tmpdir(), "trailroom-http-"));
let services: Services;
let app: Awaited<ReturnType<typeof createHttp>>;
beforeAll(async () => {
  const config = readConfig({
    NODE_ENV: "development",
    PUBLIC_URL: publicUrl,
    DATA_DIR: folder,
    JWT_SECRET: `a:${random}`,
    ENCRYPTION_KEYS: `a:${random}`,
    METRICS_TOKEN: random,
    LOG_LEVEL: "silent",
  });
  services = await buildServices(config, new Set(["scheduler"]));
  app = await createHttp(services, "test", new AbortController().signal);
});
afterAll(async () => {
  await services.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(["POST", "PUT", "PATCH", "DELETE"])(
  "%s from a foreign page reaches no action, whatever its path",
  async (method) => {
    const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site", cookie: "__Host-session=x" };
    const own = { origin: publicUrl, "sec-fetch-site": "same-origin", host: "127.0.0.1:8001" };
    for (const at of ["/login", "/dashboard/keys", "/anything", "/"]) {
      expect((await app.request(at, { method, headers: foreign })).status).toBe(403);
      expect((await app.request(at, { method })).status).toBe(403);
    }
    // the same from a page of ours goes on to the pages, of which this is none
    expect([404, 405]).toContain((await app.request("/no-such-page", { method, headers: own })).status);
  },
);

test("a mail of development is read at /dev/outbox, with its link", async () => {
  const email = "asha@shop.example";
  const answer = await app.request("/api/v1/auth/register", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: "four-plain-green-kettles", first_name: "Asha", last_name: "<b>Rao</b>" }),
  });
  expect(answer.status).toBe(201);
  const { mailer, store, clock, log } = services;
  if (!mailer) throw new Error("no mailer");
  expect(await sendDueMails({ mailer, store, clock, log, publicUrl })).toBe(1);
  const { mails } = await (await app.request("/dev/outbox.json")).json();
  expect(mails).toMatchObject([{ to: { address: email } }]);
  const page = await app.request("/dev/outbox");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await page.text()).toContain(`<a href="${publicUrl}/verify-email?token=`);
});
