import type { JWTPayload } from "jose";
import { SignJWT } from "jose";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createPreviewTokens } from "../../core/crypto/sign-preview.ts";
import { codeOf } from "../../testing/code-of.ts";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi, shopOrigin } from "../../testing/make-api.ts";
import { secret } from "../../testing/make-auth.ts";
import { settingsRow } from "../../testing/rows.ts";

type Headers = Record<string, string>;
interface Key {
  key_id: string;
  api_key: string;
  session_secret: string;
}

let api: ApiForTest;
let photo: Buffer;
let owner: Awaited<ReturnType<ApiForTest["caller"]>>;
let key: Key;
beforeAll(async () => {
  photo = await sharp({ create: { width: 400, height: 600, channels: 3, background: "#89a" } })
    .jpeg()
    .toBuffer();
  api = await makeApi({ deps: { fetcher: { fetch: async () => new Uint8Array(photo) } } });
});
afterAll(() => api.remove());
beforeEach(async () => {
  owner = await api.caller("session");
  key = await generate();
});

const send = (method: string, path: string, body: object) =>
  api.json(path, {
    method,
    headers: { ...owner.headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const generate = async (more: object = {}) => {
  const asked = { name: "Shop", kind: "publishable", allowed_origins: [shopOrigin], require_session: true, ...more };
  return (await send("POST", "/api-keys/generate", asked)).body as Key;
};

/** As the merchant's server signs it. */
const sign = (claims: JWTPayload = {}, signedWith = key.session_secret, alg = "HS256") => {
  const iat = Math.floor(api.clock.now().getTime() / 1000);
  const bytes = new TextEncoder().encode(signedWith);
  return new SignJWT({ sub: "shopper-1", iat, exp: iat + 900, ...claims }).setProtectedHeader({ alg }).sign(bytes);
};
const fromPage = (session?: string, of = key): Headers => ({
  "x-publishable-key": of.api_key,
  origin: shopOrigin,
  ...(session !== undefined && { "x-shopper-session": session }),
});
const tryOn = (headers: Headers, shopperId?: string) => {
  const body = new FormData();
  body.set("person_image", new File([new Uint8Array(photo)], "photo.jpg"));
  const fields = { top_image: `${shopOrigin}/tee.jpg`, mode: "top", product_id: "tee-1", consent_version: "2026-11" };
  for (const [name, value] of Object.entries({ ...fields, ...(shopperId && { shopper_id: shopperId }) })) {
    body.set(name, value);
  }
  return api.json("/tryon", { method: "POST", headers, body });
};
const check = (headers: Headers) => {
  const body = new FormData();
  body.set("person_image", new File([new Uint8Array(photo)], "photo.jpg"));
  return api.json("/tryon/check", { method: "POST", headers, body });
};

test("a key that requires sessions checks and tries on with one that the merchant's server signed; the shopper is the session's", async () => {
  const session = await sign();
  expect((await check(fromPage(session))).status).toBe(200);
  const made = await tryOn(fromPage(session), "whoever-the-page-says");
  expect(codeOf(made)).toBe("202");
  expect((await api.store.tryOnJobs.findById(made.body.job_id))?.shopper_id).toBe("shopper-1");
  // the job's own token reads it
  const reading = { ...fromPage(), "x-job-token": made.body.job_token };
  expect((await api.json(`/tryon/${made.body.job_id}`, { headers: reading })).status).toBe(200);
  expect((await api.json("/widget/config", { headers: fromPage() })).status).toBe(200);
});

test("no session, one of another key or secret, without a shopper or a time, or unsigned: refused before anything is looked at", async () => {
  const other = await generate();
  const [, payload = ""] = (await sign()).split(".");
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
  const wrong = [
    undefined,
    "",
    "no-token",
    unsigned,
    await sign({}, other.session_secret),
    await sign({}, `${key.session_secret}x`),
    await sign({}, key.session_secret, "HS512"),
    await sign({ sub: undefined }),
    await sign({ sub: "asha@shop.example" }),
    await sign({ iat: undefined }),
  ];
  for (const session of wrong) {
    expect(codeOf(await tryOn(fromPage(session)))).toBe("401 unauthenticated");
    expect(codeOf(await check(fromPage(session)))).toBe("401 unauthenticated");
  }
  expect(await api.store.tryOnJobs.count(owner.user.id, {}, 10)).toBe(0);
});

test("a session lasts 15 minutes and no longer, whatever it says of its end; clocks may differ by half a minute", async () => {
  const now = Math.floor(api.clock.now().getTime() / 1000);
  const minutesAgo = (minutes: number, seconds = 0) => now - minutes * 60 - seconds;
  const until = now + 86_400;
  const codes = [
    { iat: minutesAgo(15), exp: until },
    { iat: minutesAgo(15, 31), exp: until },
    { iat: minutesAgo(5), exp: minutesAgo(1) },
    { iat: now + 29, exp: until },
    { iat: now + 60, exp: until },
  ].map(async (claims) => codeOf(await check(fromPage(await sign(claims)))));
  expect(await Promise.all(codes)).toEqual([
    "200",
    "401 token_expired",
    "401 token_expired",
    "200",
    "401 unauthenticated",
  ]);
});

test("the day's cap of a shopper counts by the session, so that another name does not lift it", async () => {
  await api.store.settings.upsert(settingsRow(owner.user.id, { shopper_daily_cap: 1 }));
  expect(codeOf(await tryOn(fromPage(await sign()), "one"))).toBe("202");
  expect(codeOf(await tryOn(fromPage(await sign()), "two"))).toBe("429 daily_generation_limit");
  expect(codeOf(await tryOn(fromPage(await sign({ sub: "shopper-2" }))))).toBe("202");
});

test("the secret is told when sessions begin to be required, and never again; it lies encrypted and is in no export", async () => {
  const plain = (await generate({ require_session: false })) as Key & { require_session: boolean };
  expect(plain).toMatchObject({ require_session: false });
  expect(plain).not.toHaveProperty("session_secret");
  expect(codeOf(await tryOn(fromPage(undefined, plain)))).toBe("202");
  const at = `/api-keys/${plain.key_id}`;
  const begun = (await send("PATCH", at, { require_session: true })).body as Key;
  expect(begun.session_secret).toMatch(/^ss_[0-9A-Za-z]{43}$/);
  expect(codeOf(await tryOn(fromPage(undefined, plain)))).toBe("401 unauthenticated");
  expect(codeOf(await tryOn(fromPage(await sign({}, begun.session_secret), plain)))).toBe("202");
  const again = await send("PATCH", at, { require_session: true, name: "Renamed" });
  expect(again.body).toMatchObject({ name: "Renamed", require_session: true });
  expect(again.body).not.toHaveProperty("session_secret");
  const row = await api.store.apiKeys.findById(owner.user.id, plain.key_id);
  expect(row?.session_secret).not.toContain(begun.session_secret);
  const seen = await Promise.all(["/api-keys", "/users/me/export"].map((path) => api.json(path, owner)));
  for (const { status, body } of seen) {
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/ss_|session_secret/);
  }
  await send("PATCH", at, { require_session: false });
  expect(codeOf(await tryOn(fromPage(undefined, plain)))).toBe("202");
  expect((await api.store.apiKeys.findById(owner.user.id, plain.key_id))?.session_secret).toBeNull();
});

test("a new key comes with a new secret, and the old pair works on for its grace", async () => {
  const fresh = (await send("POST", `/api-keys/${key.key_id}/regenerate`, {})).body as Key;
  expect(fresh.session_secret).not.toBe(key.session_secret);
  expect((await check(fromPage(await sign(), key))).status).toBe(200);
  expect((await check(fromPage(await sign({}, fresh.session_secret), fresh))).status).toBe(200);
  expect(codeOf(await check(fromPage(await sign(), fresh)))).toBe("401 unauthenticated");
});

test("a secret key needs and takes no session, and the merchant's own preview goes without", async () => {
  expect(codeOf(await send("POST", "/api-keys/generate", { name: "Server", require_session: true }))).toBe(
    "400 invalid_request",
  );
  const server = await api.caller("secret");
  expect(codeOf(await tryOn({ ...server.headers, "x-shopper-session": await sign() }))).toBe("400 invalid_request");
  const grant = { userId: owner.user.id, productId: "tee-1", origin: shopOrigin };
  const { token } = createPreviewTokens([secret]).make(grant, api.clock.now());
  expect(codeOf(await tryOn({ ...fromPage(), "x-preview-token": token }))).toBe("202");
});
