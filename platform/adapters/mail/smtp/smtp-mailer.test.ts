import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Mail } from "../../../core/sign-in-ports.ts";
import { readMail } from "../../../sandbox/smtp/read-mail.ts";
import { startSmtp } from "../../../sandbox/smtp/start-smtp.ts";
import { createSmtpMailer } from "./create-smtp-mailer.ts";

type Smtp = Awaited<ReturnType<typeof startSmtp>>;
const from = { name: "TrailRoom", address: "hello@trailroom.example" };
const login = "trailroom:secret-of-the-test";
let smtp: Smtp;
beforeAll(async () => {
  smtp = await startSmtp({ login });
});
afterAll(() => smtp.stop());

const mailTo = (address: string, over: Partial<Mail> = {}): Mail => ({
  id: "019ab3f0-2c4e-7a10-9d52-6f1f4b1c0e77",
  to: { name: "Asha Rao", address },
  subject: "Grüße",
  text: "plain",
  html: "<p>rich</p>",
  ...over,
});
let mailer: ReturnType<typeof createSmtpMailer>;
beforeEach(() => {
  mailer = createSmtpMailer({ url: smtp.url, from, ca: smtp.ca });
});
afterEach(() => mailer.close());

test("a mail goes out encrypted, with both parts, under the outbox row's id", async () => {
  const mail = mailTo("asha@shop.example");
  await mailer.send(mail);
  const got = smtp.mails.at(-1);
  expect(got).toMatchObject({ to: ["asha@shop.example"], from: from.address, isEncrypted: true, user: "trailroom" });
  const { headers, text, html } = readMail(got?.raw ?? "");
  expect(headers["message-id"]).toBe(`<${mail.id}@trailroom.example>`);
  expect(headers.from).toBe("TrailRoom <hello@trailroom.example>");
  expect(headers.subject).toMatch(/^=\?UTF-8\?/);
  expect([text.trim(), html.trim()]).toEqual(["plain", "<p>rich</p>"]);
});

test.each([
  ["bad@shop.example", true],
  ["busy@shop.example", false],
])("a refusal of %s is final: %s", async (address, isFinal) => {
  await expect(mailer.send(mailTo(address))).rejects.toMatchObject({ name: "MailError", isFinal });
});

test("a line break in a name or a subject makes no header and no recipient", async () => {
  const to = { name: "Asha\r\nBcc: evil@evil.example", address: "asha@shop.example" };
  await mailer.send(mailTo("", { to, subject: "Hello\r\nBcc: evil@evil.example" }));
  const got = smtp.mails.at(-1);
  expect(got?.to).toEqual(["asha@shop.example"]);
  expect(got?.raw).not.toMatch(/^bcc:/im);
});

test("a server that is not there, or refuses the log-in for now, may be tried again", async () => {
  const nowhere = createSmtpMailer({ url: "smtp://127.0.0.1:1", from });
  await expect(nowhere.send(mailTo("asha@shop.example"))).rejects.toMatchObject({ isFinal: false });
  await expect(nowhere.ping()).rejects.toThrow();
  await nowhere.close();
  await mailer.ping();
});

test("without encryption no password is said and no mail is sent", async () => {
  const plain = await startSmtp({ startTls: false, login });
  const toPlain = createSmtpMailer({ url: plain.url, from });
  await expect(toPlain.send(mailTo("asha@shop.example"))).rejects.toMatchObject({ name: "MailError" });
  expect(plain.state.logins).toBe(0);
  expect(plain.mails).toEqual([]);
  await toPlain.close();
  await plain.stop();
});

test("a certificate that nobody vouches for is refused", async () => {
  const careful = createSmtpMailer({ url: smtp.url, from });
  const before = smtp.mails.length;
  await expect(careful.send(mailTo("asha@shop.example"))).rejects.toMatchObject({ name: "MailError", isFinal: false });
  expect(smtp.mails).toHaveLength(before);
  await careful.close();
});
