import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf } from "../../testing/code-of.ts";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi } from "../../testing/make-api.ts";

let api: ApiForTest;
beforeAll(async () => {
  api = await makeApi();
});
afterAll(() => api.remove());

const password = "four-plain-green-kettles";
let made = 0;
function newAddress() {
  made += 1;
  return `shop-${made}@example.com`;
}
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  api.json(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": `198.51.100.${made % 250}`, ...headers },
    body: JSON.stringify(body),
  });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const me = (token: string) => api.json("/auth/me", { headers: bearer(token) });

async function signUp(email = newAddress()) {
  const { status, body } = await post("/auth/register", { email, password, first_name: "Asha", last_name: "Rao" });
  expect(status).toBe(201);
  return { email, ...body } as {
    email: string;
    user: { id: string };
    access_token: string;
    refresh_token: string;
    api_key: string;
  };
}

describe("opening an account", () => {
  test("a new merchant is signed in at once, unverified, without credits, with a key shown once", async () => {
    const { user, access_token, api_key, email } = await signUp();
    expect(user).toMatchObject({ email, role: "free", credits: 0, is_email_verified: false, first_name: "Asha" });
    expect((await me(access_token)).body.user.id).toBe(user.id);
    expect(api_key).toMatch(/^sk_live_[0-9A-Za-z]{32}$/);
    expect((await api.json("/credits", { headers: { "x-api-key": api_key } })).status).toBe(200);
    const mails = await api.store.outbox.listPending(api.clock.now(), 1000, "mail");
    expect(mails.filter((mail) => mail.user_id === user.id).map((mail) => mail.type)).toEqual(["verify_email"]);
  });

  test("a taken address is a conflict after the same hashing, and its owner is told by mail", async () => {
    const owner = await signUp(`one.${newAddress()}`);
    const before = api.hashes();
    const answer = await post("/auth/register", { email: owner.email, password, first_name: "B", last_name: "C" });
    expect(codeOf(answer)).toBe("409 conflict");
    expect(api.hashes()).toBe(before + 1);
    const mails = await api.store.outbox.listPending(api.clock.now(), 1000, "mail");
    expect(mails.filter((mail) => mail.user_id === owner.user.id).map((mail) => mail.type)).toContain("sign_up_taken");
  });

  test.each([
    ["short", "short1!"],
    ["common", "password123"],
    ["one character", "aaaaaaaaaaaa"],
    ["73 bytes", `${"ä".repeat(36)}b`],
  ])("a password that is %s is refused without hashing", async (_name, weak) => {
    const before = api.hashes();
    const body = { email: newAddress(), password: weak, first_name: "A", last_name: "B" };
    expect(codeOf(await post("/auth/register", body))).toBe("400 weak_password");
    expect(api.hashes()).toBe(before);
  });
});

describe("signing in", () => {
  test("the right password signs in; a wrong one and an unknown address are one answer after one hash each", async () => {
    const { email, user } = await signUp();
    const right = await post("/auth/login", { email: email.toUpperCase(), password });
    expect(right.body.user.id).toBe(user.id);
    const answers = [];
    for (const body of [
      { email, password: `${password}x` },
      { email: newAddress(), password },
    ]) {
      const before = api.hashes();
      const { status, body: said } = await post("/auth/login", body);
      expect(api.hashes()).toBe(before + 1);
      answers.push({ status, error: said.error });
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.status).toBe(401);
  });

  test("a session that ended is refused at once, whatever its token says; the others live on", async () => {
    const first = await signUp();
    const second = (await post("/auth/login", { email: first.email, password })).body;
    expect((await api.call("/auth/logout", { method: "POST", headers: bearer(first.access_token) })).status).toBe(204);
    expect(codeOf(await me(first.access_token))).toBe("401 session_expired");
    expect(codeOf(await post("/auth/refresh", { refresh_token: first.refresh_token }))).toBe("401 session_expired");
    expect((await me(second.access_token)).status).toBe(200);
  });

  test("sessions are listed with the current one marked, ended one by one or all at once", async () => {
    const { email, access_token } = await signUp();
    const other = (await post("/auth/login", { email, password }, { "user-agent": "phone" })).body;
    const { body } = await api.json("/auth/sessions", { headers: bearer(access_token) });
    expect(body.sessions).toHaveLength(2);
    const current = body.sessions.filter((one: { is_current: boolean }) => one.is_current);
    expect(current).toHaveLength(1);
    const phone = body.sessions.find((one: { user_agent: string }) => one.user_agent === "phone");
    const end = { method: "DELETE", headers: bearer(access_token) };
    expect((await api.call(`/auth/sessions/${phone.session_id}`, end)).status).toBe(204);
    expect(codeOf(await me(other.access_token))).toBe("401 session_expired");
    expect((await api.json("/auth/sessions?keep_current=true", end)).body).toEqual({ ended: 0 });
    expect((await api.json("/auth/sessions", end)).body).toEqual({ ended: 1 });
    expect(codeOf(await me(access_token))).toBe("401 session_expired");
  });

  test("an access token lives 15 minutes, a session 7 days after its last use and 30 in all", async () => {
    const kit = await makeApi();
    try {
      const user = await kit.caller("session");
      const get = () => kit.json("/auth/me", { headers: user.headers });
      kit.clock.move(14 * 60_000);
      expect((await get()).status).toBe(200);
      kit.clock.move(2 * 60_000);
      expect(codeOf(await get())).toBe("401 token_expired");
      let { refreshToken } = await kit.services.auth.startApiSession({ user: user.user, mfaAt: null }, client);
      for (let day = 0; day < 30; day += 6) {
        kit.clock.move(6 * 86_400_000);
        const next = kit.services.auth.refresh(refreshToken, client);
        if (day < 24) ({ refreshToken } = await next);
        else await expect(next).rejects.toMatchObject({ code: "session_expired" });
      }
    } finally {
      await kit.remove();
    }
  });
});

const client = { ip: "203.0.113.7", userAgent: "test" };

describe("refreshing", () => {
  test("two tabs that refresh at once both go on, and a third use of the token ends the family by mail", async () => {
    const { refresh_token, access_token, user } = await signUp();
    const both = await Promise.all([1, 2].map(() => post("/auth/refresh", { refresh_token })));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    for (const { body } of both) expect((await me(body.access_token)).status).toBe(200);
    expect(codeOf(await post("/auth/refresh", { refresh_token }))).toBe("401 session_expired");
    for (const token of [access_token, ...both.map(({ body }) => body.access_token)]) {
      expect(codeOf(await me(token))).toBe("401 session_expired");
    }
    const mails = await api.store.outbox.listPending(api.clock.now(), 1000, "mail");
    expect(mails.filter(({ user_id }) => user_id === user.id).map(({ type }) => type)).toContain("refresh_reused");
  });

  test("a spent token is reuse after 10 seconds, and at once when its successor was spent too", async () => {
    const late = await signUp();
    await post("/auth/refresh", { refresh_token: late.refresh_token });
    api.clock.move(10_001);
    expect(codeOf(await post("/auth/refresh", { refresh_token: late.refresh_token }))).toBe("401 session_expired");
    const early = await signUp();
    const next = (await post("/auth/refresh", { refresh_token: early.refresh_token })).body;
    api.clock.move(1);
    const last = (await post("/auth/refresh", { refresh_token: next.refresh_token })).body;
    expect(codeOf(await post("/auth/refresh", { refresh_token: early.refresh_token }))).toBe("401 session_expired");
    expect(codeOf(await me(last.access_token))).toBe("401 session_expired");
  });

  test("a token that never was one ends nobody's session", async () => {
    const { access_token } = await signUp();
    expect(codeOf(await post("/auth/refresh", { refresh_token: "x".repeat(43) }))).toBe("401 session_expired");
    expect((await me(access_token)).status).toBe(200);
  });
});
