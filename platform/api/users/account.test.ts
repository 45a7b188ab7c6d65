// Profile, settings, password, address, second factor, export and deletion.
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi } from "../../testing/make-api.ts";
import { jobRow } from "../../testing/rows.ts";

let api: ApiForTest;
beforeAll(async () => {
  api = await makeApi();
});
afterAll(() => api.remove());

type Headers = Record<string, string>;
const password = "four-plain-green-kettles";
let made = 0;
let email: string;
let headers: Headers;
let user: { id: string };
beforeEach(async () => {
  made += 1;
  email = `account-${made}@shop.example`;
  const { body } = await send("POST", "/auth/register", {}, { email, password, first_name: "Asha", last_name: "Rao" });
  headers = { authorization: `Bearer ${body.access_token}` };
  user = body.user;
});
async function send(method: string, path: string, given: Headers, body?: unknown) {
  const answer = await api.call(path, {
    method,
    headers: { "content-type": "application/json", "x-forwarded-for": `198.51.100.${made}`, ...given },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
}
const login = (given = password) => send("POST", "/auth/login", {}, { email, password: given });
const mailsTo = async (type: string) =>
  (await api.store.outbox.listPending(api.clock.now(), 1000, "mail")).filter(
    (one) => one.user_id === user.id && one.type === type,
  );
const codeAt = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: api.clock.now().getTime() });

describe("profile and settings", () => {
  test("billing details are kept; a GSTIN is checked and begins with its state", async () => {
    const patch = {
      company: "Trail & Room",
      gstin: "29AAGCB7383J1Z4",
      state_code: "29",
      address: "1 MG Road\nBengaluru",
    };
    expect((await send("PATCH", "/users/me", headers, patch)).body).toMatchObject(patch);
    expect((await send("GET", "/users/me", headers)).body).toMatchObject({ ...patch, email });
    for (const wrong of [
      { gstin: "29AAGCB7383J1Z5" },
      { state_code: "07" },
      { first_name: "A\r\nBcc: x" },
      { company: "a\u202eb" },
    ]) {
      expect((await send("PATCH", "/users/me", headers, wrong)).status).toBe(400);
    }
  });

  test("nothing but profile and billing can be changed there", async () => {
    const wanted = { role: "admin", credits: 9999, is_email_verified: true, email: "x@y.example", id: "z" };
    expect((await send("PATCH", "/users/me", headers, wanted)).body).toMatchObject({
      role: "free",
      credits: 0,
      is_email_verified: false,
      email,
    });
  });

  test("settings hold to their bounds, texts stay plain and look values are parsed", async () => {
    const patch = {
      photo_retention_hours: 0,
      widget_texts: { button: "<b>Try</b>" },
      widget_look: { accent: "#14614a", radius: "12px" },
    };
    expect((await send("PATCH", "/users/me/settings", headers, patch)).body).toMatchObject(patch);
    expect((await send("GET", "/users/me/settings", headers)).body).toMatchObject({ ...patch, shopper_daily_cap: 10 });
    const wrong = [
      { photo_retention_hours: 25 },
      { result_retention_hours: 721 },
      { allowed_modes: [] },
      { widget_texts: { nothing: "x" } },
      { widget_look: { accent: "red;background:url(//evil.example)" } },
      { widget_look: { behaviour: "1px" } },
      { widget_texts: { button: "x".repeat(201) } },
    ];
    for (const one of wrong) expect((await send("PATCH", "/users/me/settings", headers, one)).status).toBe(400);
  });
});

describe("password and address", () => {
  test("a new password ends every session and begins one", async () => {
    const other = (await login()).body;
    const change = { current_password: password, new_password: "five-round-blue-spoons" };
    expect(
      (await send("POST", "/users/me/password", headers, { ...change, current_password: "wrong-one-here" })).status,
    ).toBe(403);
    const { status, body } = await send("POST", "/users/me/password", headers, change);
    expect(status).toBe(200);
    for (const token of [headers.authorization, `Bearer ${other.access_token}`]) {
      expect((await send("GET", "/auth/me", { authorization: token ?? "" })).body.error.code).toBe("session_expired");
    }
    expect((await send("GET", "/auth/me", { authorization: `Bearer ${body.access_token}` })).status).toBe(200);
    expect((await login()).status).toBe(401);
    expect((await login("five-round-blue-spoons")).status).toBe(200);
    expect(await mailsTo("password_changed")).toHaveLength(1);
  });

  test("another address needs the password, tells the old one, and a taken one is not betrayed", async () => {
    const taken = `account-${made - 1}@shop.example`;
    expect(
      (await send("POST", "/users/me/email", headers, { email: "new@shop.example", password: "wrong-one-here" }))
        .status,
    ).toBe(403);
    for (const wanted of [taken, `new-${made}@shop.example`]) {
      expect(await send("POST", "/users/me/email", headers, { email: wanted, password })).toEqual({
        status: 202,
        body: { ok: true },
      });
    }
    expect((await mailsTo("verify_new_address")).map(({ payload }) => payload.to)).toEqual([
      taken,
      `new-${made}@shop.example`,
    ]);
    expect((await mailsTo("address_change_requested")).map(({ payload }) => payload.to)).toEqual([email, email]);
    expect((await send("GET", "/users/me", headers)).body.email).toBe(email);
  });
});

describe("the second factor", () => {
  const enrol = async () => {
    const { body } = await send("POST", "/auth/mfa/begin", headers, { password });
    const confirmed = await send("POST", "/auth/mfa/confirm", headers, { code: codeAt(body.secret) });
    expect(confirmed.body.recovery_codes).toHaveLength(10);
    api.clock.move(60_000);
    return { secret: body.secret as string, codes: confirmed.body.recovery_codes as string[] };
  };
  const finish = (mfa_token: string, code: string) => send("POST", "/auth/mfa", {}, { mfa_token, code });

  test("once confirmed it is asked for; a code works once, a recovery code works once", async () => {
    expect((await send("POST", "/auth/mfa/begin", headers, { password: "wrong-one-here" })).status).toBe(403);
    const { secret, codes } = await enrol();
    const [first, second, third] = [await login(), await login(), await login()].map(({ body }) => body);
    expect(first.access_token).toBeUndefined();
    const code = codeAt(secret);
    expect((await finish(first.mfa_token, "000000")).body.error.code).toBe("unauthenticated");
    expect((await finish(first.mfa_token, code)).status).toBe(200);
    expect((await finish(first.mfa_token, code)).body.error.code).toBe("session_expired");
    expect((await finish(second.mfa_token, code)).body.error.code).toBe("unauthenticated");
    expect((await finish(second.mfa_token, codes[0] ?? "")).status).toBe(200);
    expect((await finish(third.mfa_token, codes[0] ?? "")).status).toBe(401);
    expect(await mailsTo("recovery_code_used")).toHaveLength(1);
  });

  test("five tries a sign-in, ten an account, then it waits; the secret is not readable in the store", async () => {
    const { secret } = await enrol();
    const codes: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const { body } = await login();
      for (let index = 0; index < 6; index += 1) codes.push((await finish(body.mfa_token, "000000")).body.error.code);
    }
    expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(10);
    expect(codes.slice(5, 6)).toEqual(["session_expired"]);
    expect(codes).toContain("login_throttled");
    expect(JSON.stringify(await api.store.mfa.find(user.id))).not.toContain(secret);
  });

  test("an admin works only with it, and cannot switch it off", async () => {
    await api.store.users.update(user.id, { role: "admin" });
    expect((await send("GET", "/users/me", headers)).body.error.code).toBe("mfa_required");
    expect((await send("GET", "/api-keys", headers)).body.error.code).toBe("mfa_required");
    expect((await send("GET", "/auth/me", headers)).body).toMatchObject({ needs_second_factor: true });
    const { secret } = await enrol();
    expect((await send("GET", "/users/me", headers)).status).toBe(200);
    expect((await send("POST", "/auth/mfa/disable", headers, { code: codeAt(secret) })).body.error.code).toBe(
      "forbidden",
    );
  });

  test("it is switched off by a code; new recovery codes end the old ones", async () => {
    const { secret, codes } = await enrol();
    const renewed = await send("POST", "/auth/mfa/recovery-codes", headers, { code: codeAt(secret) });
    expect(renewed.body.recovery_codes).toHaveLength(10);
    expect((await send("POST", "/auth/mfa/disable", headers, { code: codes[1] })).status).toBe(401);
    expect((await send("POST", "/auth/mfa/disable", headers, { code: renewed.body.recovery_codes[1] })).status).toBe(
      204,
    );
    expect((await login()).body.access_token).toBeTypeOf("string");
  });
});

describe("export and deletion", () => {
  test("the export holds everything of the account and no secret", async () => {
    const key = (await send("POST", "/api-keys/generate", headers, { name: "Server" })).body;
    for (let index = 0; index < 3; index += 1)
      await api.store.tryOnJobs.insert(jobRow(user.id, { product_id: `p${index}` }));
    const { body } = await send("GET", "/users/me/export", headers);
    expect(body.account).toMatchObject({ email, has_password: true });
    expect(body.try_ons.map((job: { product_id: string }) => job.product_id).sort()).toEqual(["p0", "p1", "p2"]);
    expect(body.api_keys).toHaveLength(2);
    expect(body.credit_transactions).toEqual([]);
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`password_hash|key_hash|token_hash|${key.api_key}`));
  });

  test("a deleted account is gone: keys, sessions, sign-in, pictures and the person's data; its address is free again", async () => {
    const key = (await send("POST", "/api-keys/generate", headers, { name: "Server" })).body;
    const job = jobRow(user.id, {
      status: "completed",
      person_image: "jobs/x/person.jpg",
      photo_expires_at: new Date(Date.UTC(2027, 0, 1)),
    });
    const waiting = jobRow(user.id, { charged_paid: 0, credits_used: 0 });
    await api.store.tryOnJobs.insert(job);
    await api.store.tryOnJobs.insert(waiting);
    expect((await send("DELETE", "/users/me", headers, { password: "wrong-one-here" })).status).toBe(403);
    expect((await send("DELETE", "/users/me", headers, { password })).status).toBe(204);
    expect((await send("GET", "/auth/me", headers)).status).toBe(401);
    expect((await send("GET", "/credits", { "x-api-key": key.api_key })).status).toBe(401);
    expect((await login()).status).toBe(401);
    expect(JSON.stringify(await api.store.users.findById(user.id))).not.toMatch(/Asha|Rao|shop\.example/);
    expect((await api.store.tryOnJobs.findById(job.id))?.photo_expires_at).toEqual(api.clock.now());
    expect((await api.store.tryOnJobs.findById(waiting.id))?.status).toBe("cancelled");
    expect((await mailsTo("account_deleted")).map(({ payload }) => payload.to)).toEqual([email]);
    const again = { email, password, first_name: "A", last_name: "B" };
    expect((await send("POST", "/auth/register", {}, again)).status).toBe(201);
  });
});
