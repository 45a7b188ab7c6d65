import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPreviewTokens } from "../../core/crypto/sign-preview.ts";
import { createPreviewService } from "../../core/previews/create-preview-service.ts";
import { createSitePictures } from "../../core/site/site-pictures.ts";
import { codeOf } from "../../testing/code-of.ts";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi, shopOrigin } from "../../testing/make-api.ts";
import { platformUrl, secret } from "../../testing/make-auth.ts";

let api: ApiForTest;
let photo: Buffer;
let merchant: Awaited<ReturnType<ApiForTest["caller"]>>;
const tokens = createPreviewTokens([secret]);
const page = `${shopOrigin}/products/tee-1?colour=blue#size`;

beforeAll(async () => {
  const noise = { create: { width: 400, height: 600, channels: 3 as const, background: "#89a" } };
  photo = await sharp(noise).jpeg().toBuffer();
  api = await makeApi({
    limits: { shopperJobsPerHour: 1 },
    deps: { fetcher: { fetch: async () => new Uint8Array(photo) } },
  });
  merchant = await api.caller("publishable");
});
afterAll(() => api.remove());

const service = () => createPreviewService({ ...api.deps, tokens, publicUrl: platformUrl, previewsPerDay: 20 });
const tokenFor = async (productId = "tee-1", user = merchant.user) => {
  const { href } = await service().linkFor(user, { pageUrl: page, productId });
  return new URL(href).hash.replace("#trailroom-preview=", "");
};
type Headers = Record<string, string>;
const ask = (token: string, over: Headers = {}, productId = "tee-1", picture = `${shopOrigin}/tee.jpg`) => {
  const body = new FormData();
  body.set("person_image", new File([new Uint8Array(photo)], "photo.jpg"));
  for (const [name, value] of Object.entries({ top_image: picture, mode: "top", product_id: productId })) {
    body.set(name, value);
  }
  body.set("consent_version", "2026-11");
  const headers = { ...merchant.headers, "x-preview-token": token, ...over };
  return api.json("/tryon", { method: "POST", headers, body });
};

test("a preview link costs the merchant nothing, on their page and for its product", async () => {
  const { href } = await service().linkFor(merchant.user, { pageUrl: page, productId: "tee-1" });
  expect(href).toMatch(/^https:\/\/shop\.example\/products\/tee-1\?colour=blue#trailroom-preview=[\w.-]+$/);
  const token = await tokenFor();
  // more than a shopper's address may ask for in an hour
  for (const _ of [1, 2, 3]) {
    const { status, body } = await ask(token);
    expect({ status, credits: body.credits_used }).toEqual({ status: 202, credits: 0 });
    const headers = { ...merchant.headers, "x-job-token": body.job_token };
    expect((await api.json(`/tryon/${body.job_id}`, { headers })).status).toBe(200);
  }
  expect(await api.balance(merchant)).toEqual({ free: 0, paid: 100 });
  expect(await service().leftToday(merchant.user)).toBe(17);
  const own = await api.caller("session");
  expect((await api.json("/tryon/history", { headers: own.headers })).body.total).toBe(0);
  expect(await api.store.keyBudgets.find(merchant.key?.id ?? "", "2026-11-24")).toBeNull();
});

test("a link for another product, origin or account, an old, forged or bent one is refused, and nothing is made", async () => {
  const token = await tokenFor();
  const [body = "", signature = ""] = token.split(".");
  const grant = { userId: merchant.user.id, productId: "tee-1", origin: "https://other.example" };
  const stranger = await api.caller("publishable");
  const secretKey = await api.caller("secret");
  const testKey = await api.caller("publishable", {}, { mode: "test" });
  const bent = Buffer.from(body, "base64url").toString().replace("tee-1", "tee-2");
  const before = await service().leftToday(merchant.user);
  expect(codeOf(await ask(token, {}, "tee-2"))).toBe("403 forbidden");
  expect(codeOf(await ask(tokens.make(grant, api.clock.now()).token))).toBe("403 forbidden");
  expect(codeOf(await ask(token, { origin: "https://other.example" }))).toBe("403 forbidden");
  expect(codeOf(await ask(token, stranger.headers))).toBe("403 forbidden");
  expect(codeOf(await ask(token, { origin: "null" }))).toBe("403 forbidden");
  expect(codeOf(await ask(`${Buffer.from(bent).toString("base64url")}.${signature}`, {}, "tee-2"))).toBe(
    "403 forbidden",
  );
  expect(codeOf(await ask("nonsense"))).toBe("403 forbidden");
  const foreign = createPreviewTokens([{ kid: "a", secret: "z".repeat(32) }]);
  expect(codeOf(await ask(foreign.make({ ...grant, origin: shopOrigin }, api.clock.now()).token))).toBe(
    "403 forbidden",
  );
  expect(codeOf(await ask(token, testKey.headers))).toBe("403 key_not_permitted");
  const withSecret = { headers: { ...secretKey.headers, "x-preview-token": token } };
  expect((await api.json("/credits", withSecret)).status).toBe(400);
  expect(await service().leftToday(merchant.user)).toBe(before);
});

test("a link is over after an hour", async () => {
  const grant = { userId: merchant.user.id, productId: "tee-1", origin: shopOrigin };
  const past = (minutes: number) => new Date(api.clock.now().getTime() - minutes * 60_000);
  expect((await ask(tokens.make(grant, past(59)).token)).status).toBe(202);
  expect(codeOf(await ask(tokens.make(grant, past(60)).token))).toBe("401 token_expired");
});

test("no link is made for a page that no live publishable key of the account allows", async () => {
  const refused = { code: "invalid_request" };
  const make = (pageUrl: string, user = merchant.user) => service().linkFor(user, { pageUrl, productId: "tee-1" });
  await expect(make("https://other.example/")).rejects.toMatchObject(refused);
  await expect(make("nonsense")).rejects.toMatchObject(refused);
  const testOnly = await api.caller("publishable", {}, { mode: "test" });
  await expect(make(page, testOnly.user)).rejects.toMatchObject(refused);
});

test("the dashboard's own preview works from its pages and nowhere else, with the platform's own pictures besides", async () => {
  const { token, productId } = service().forDashboard(merchant.user);
  const here = { origin: platformUrl };
  const pictures = createSitePictures(
    { garments: new Map([["tee.jpg", photo]]), people: [] },
    platformUrl,
    api.deps.preparer,
  );
  api.deps.site = { pictures, engine: api.deps.engine };
  const picture = `${platformUrl}/site/garments/tee.jpg`;
  expect((await ask(token, here, productId, picture)).status).toBe(202);
  expect(codeOf(await ask(token, {}, productId))).toBe("403 forbidden");
  expect(codeOf(await ask(token, here, productId, "https://elsewhere.example/tee.jpg"))).toBe("403 key_not_permitted");
  const { "x-publishable-key": key = "" } = merchant.headers;
  expect(
    codeOf(await api.json("/tryon/check", { method: "POST", headers: { "x-publishable-key": key, ...here } })),
  ).toBe("403 origin_not_allowed");
});

test("the button rests for previews when the day's twenty are used, not when credits are", async () => {
  const poor = await api.caller("publishable", { credits: 0, role: "free" });
  const headers = { ...poor.headers, "x-preview-token": await tokenFor("tee-1", poor.user) };
  const resting = async (given: Headers) => (await api.json("/widget/config", { headers: given })).body.resting;
  await api.store.users.update(poor.user.id, { last_free_credit_reset: api.clock.now() });
  expect(await resting(poor.headers)).toBe(true);
  expect(await resting(headers)).toBe(false);
  for (let made = 0; made < 20; made += 1) expect((await ask("", headers)).status).toBe(202);
  expect(codeOf(await ask("", headers))).toBe("429 daily_generation_limit");
  expect(await resting(headers)).toBe(true);
});
