// Mails end to end: from the request that causes one, through the outbox, to what a mail server gets.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSmtpMailer } from "../../adapters/mail/smtp/create-smtp-mailer.ts";
import { readMail } from "../../sandbox/smtp/read-mail.ts";
import { startSmtp } from "../../sandbox/smtp/start-smtp.ts";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi } from "../../testing/make-api.ts";
import { platformUrl } from "../../testing/make-auth.ts";
import { crossedLevel } from "../credits/tell-low-credits.ts";
import { mailTypes } from "./mail-types.ts";
import { en } from "./messages/en.ts";
import { queueMail } from "./queue-mail.ts";
import { renderMail } from "./render-mail.ts";
import { sendDueMails } from "./send-due-mails.ts";

let api: ApiForTest;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
let mailer: ReturnType<typeof createSmtpMailer>;
beforeAll(async () => {
  api = await makeApi();
  smtp = await startSmtp();
  mailer = createSmtpMailer({
    url: smtp.url,
    from: { name: "TrailRoom", address: "hello@trailroom.example" },
    ca: smtp.ca,
  });
});
afterAll(async () => {
  await mailer.close();
  await smtp.stop();
  await api.remove();
});
beforeEach(async () => {
  smtp.state.down = false;
  await work();
  smtp.mails.length = 0;
});

const work = () =>
  sendDueMails({ store: api.store, clock: api.clock, log: api.deps.log, mailer, publicUrl: platformUrl });
const got = () => smtp.mails.map(({ to, raw }) => ({ to: to[0], ...readMail(raw) }));
const tokenIn = (text: string) => /token=([\w-]+)/.exec(text)?.[1] ?? "";
const password = "four-plain-green-kettles";
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  api.json(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
let made = 0;
async function signUp(over = {}) {
  made += 1;
  const email = `merchant-${made}@shop.example`;
  const { status, body } = await post("/auth/register", {
    email,
    password,
    first_name: "Asha",
    last_name: "Rao",
    ...over,
  });
  expect(status).toBe(201);
  return { email, headers: { authorization: `Bearer ${body.access_token}` }, ...body };
}

describe("verifying an address", () => {
  test("the mailed link works once; free credits and live keys begin with it", async () => {
    const { email, headers } = await signUp();
    expect(await work()).toBe(1);
    const [mail] = got();
    expect(mail).toMatchObject({ to: email });
    expect(mail?.text).toContain(`${platformUrl}/verify-email?token=`);
    expect(mail?.html).toContain(`${platformUrl}/verify-email?token=`);
    const token = tokenIn(mail?.text ?? "");
    expect((await post("/auth/verify-email", { token })).status).toBe(200);
    const me = await api.json("/auth/me", { headers });
    expect(me.body.user).toMatchObject({ is_email_verified: true, daily_free_credits: 3 });
    expect((await post("/auth/verify-email", { token })).status).toBe(400);
  });

  test("a link ends after 24 hours; another can be asked for, by anybody for any address with one answer", async () => {
    const { email } = await signUp();
    await work();
    api.clock.move(24 * 3_600_000);
    expect((await post("/auth/verify-email", { token: tokenIn(got()[0]?.text ?? "") })).status).toBe(400);
    smtp.mails.length = 0;
    const answers = [];
    for (const one of [email, "nobody@shop.example"])
      answers.push(await post("/auth/verify-email/resend", { email: one }));
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [202, { ok: true }],
      [202, { ok: true }],
    ]);
    await work();
    expect(got().map(({ to }) => to)).toEqual([email]);
    expect((await post("/auth/verify-email", { token: tokenIn(got()[0]?.text ?? "") })).status).toBe(200);
  });
});

describe("a forgotten password", () => {
  test("the link sets a new one once, ends every session, and nothing tells whether an address exists", async () => {
    const { email, headers } = await signUp();
    await work();
    await post("/auth/verify-email", { token: tokenIn(got()[0]?.text ?? "") });
    smtp.mails.length = 0;
    const rows = async () => (await api.store.outbox.listPending(api.clock.now(), 100, "mail")).length;
    const written = [];
    for (const one of [email, "nobody@shop.example"]) {
      const before = await rows();
      expect((await post("/auth/forgot-password", { email: one })).status).toBe(202);
      written.push((await rows()) - before);
    }
    expect(written).toEqual([1, 1]);
    await work();
    expect(got().map(({ to }) => to)).toEqual([email]);
    const token = tokenIn(got()[0]?.text ?? "");
    expect((await post("/auth/reset-password", { token, password: "short" })).body.error.code).toBe("weak_password");
    expect((await post("/auth/reset-password", { token, password: "five-round-blue-spoons" })).status).toBe(200);
    expect((await post("/auth/reset-password", { token, password: "five-round-blue-spoons" })).status).toBe(400);
    expect((await api.json("/auth/me", { headers })).body.error.code).toBe("session_expired");
    expect((await post("/auth/login", { email, password })).status).toBe(401);
    expect((await post("/auth/login", { email, password: "five-round-blue-spoons" })).status).toBe(200);
  });

  test("on an account whose address was never verified it also ends the keys that its maker has", async () => {
    const { email, api_key } = await signUp();
    await post("/auth/forgot-password", { email });
    await work();
    const reset = got().find(({ text }) => text.includes("/reset-password"));
    await post("/auth/reset-password", { token: tokenIn(reset?.text ?? ""), password: "five-round-blue-spoons" });
    expect((await api.json("/credits", { headers: { "x-api-key": api_key } })).status).toBe(401);
  });

  test("a mailbox gets at most three such mails an hour, and the answer does not say so", async () => {
    const { email } = await signUp();
    await work();
    smtp.mails.length = 0;
    const kit = await makeApi({ auth: { authLimits: strict } });
    try {
      for (let index = 0; index < 5; index += 1) {
        const answer = await kit.json("/auth/forgot-password", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ email }),
        });
        expect(answer.status).toBe(202);
      }
      expect(await kit.store.outbox.listPending(kit.clock.now(), 100, "mail")).toHaveLength(3);
    } finally {
      await kit.remove();
    }
  });
});

const roomy = (name: string) => ({ name, points: 1_000_000, windowS: 3600 });
const strict = {
  registerCalls: roomy("a"),
  signUps: roomy("b"),
  mailRequests: roomy("c"),
  mailsPerAddress: { name: "d", points: 3, windowS: 3600 },
};

describe("sending", () => {
  const stateOf = async (userId: string) => {
    const later = new Date(api.clock.now().getTime() + 10 * 86_400_000);
    return (await api.store.outbox.listPending(later, 1000, "mail")).filter((one) => one.user_id === userId);
  };

  test("a server that is busy is tried again after a minute, each time later, as one and the same message", async () => {
    const { user } = await signUp();
    smtp.state.down = true;
    expect(await work()).toBe(0);
    expect(await work()).toBe(0);
    const [row] = await stateOf(user.id);
    expect(row).toMatchObject({ attempts: 1, state: "pending" });
    expect(row?.last_error).toContain("451");
    smtp.state.down = false;
    api.clock.move(59_999);
    expect(await work()).toBe(0);
    api.clock.move(1);
    expect(await work()).toBe(1);
    expect(got()[0]?.headers["message-id"]).toBe(`<${row?.id}@trailroom.example>`);
    expect(await stateOf(user.id)).toEqual([]);
  });

  test("an address that the server refuses for good is not tried again, nor a mail that is three days old", async () => {
    const refused = await signUp({ email: "bad@shop.example" });
    await work();
    expect(await stateOf(refused.user.id)).toEqual([]);
    const { user } = await signUp();
    api.clock.move(3 * 86_400_000 + 1);
    expect(await work()).toBe(0);
    expect(await stateOf(user.id)).toEqual([]);
  });

  test("two schedulers at once send a mail once", async () => {
    await signUp();
    await Promise.all([work(), work(), work()]);
    expect(smtp.mails).toHaveLength(1);
  });

  test("no link and no token is kept in the outbox", async () => {
    const { user } = await signUp();
    const [row] = await stateOf(user.id);
    expect(row?.payload).toEqual({});
  });
});

describe("what mails say", () => {
  test.each(mailTypes)("%s has a subject, text and HTML, and escapes what people wrote", (type) => {
    const evil = "<img src=x onerror=alert(1)>\r\nBcc: evil@evil.example";
    const names = ["first_name", "name", "key_name", "device", "reason", "ip", "at", "left", "account", "kind", "mode"];
    const values = Object.fromEntries(names.map((name) => [name, evil]));
    const { subject, text, html } = renderMail(en, { type, values, url: `${platformUrl}/dashboard` });
    expect(subject.length).toBeGreaterThan(10);
    expect(subject).not.toMatch(/[\r\n{}]/);
    expect(html).not.toContain("<img");
    expect(text).not.toMatch(/\r|^Bcc:/m);
    expect(`${text}${html}`).not.toMatch(/\{\w+\}|undefined/);
    if (en.mails[type].action) expect(html).toContain(`href="${platformUrl}/dashboard"`);
  });

  test("credits are told low and empty once per crossing", () => {
    const levels = (start: number, price: number) => {
      const told: string[] = [];
      for (let left = start - price; left >= 0; left -= price) {
        const level = crossedLevel(left, price);
        if (level) told.push(`${level} ${left}`);
      }
      return told;
    };
    expect(levels(25, 1)).toEqual(["low 19", "empty 0"]);
    expect(levels(24, 2)).toEqual(["low 18", "empty 0"]);
    expect(levels(3, 1)).toEqual(["empty 0"]);
  });

  test("a mail of an account that is gone by then is not sent", async () => {
    const { user } = await signUp();
    await queueMail(api.store, { userId: user.id, type: "key_created", payload: {} }, api.clock.now());
    await api.store.users.update(user.id, { is_active: false });
    expect(await work()).toBe(0);
  });
});
