import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf } from "../testing/code-of.ts";
import type { ApiForTest } from "../testing/make-api.ts";
import { makeApi, shopOrigin } from "../testing/make-api.ts";
import { settingsRow } from "../testing/rows.ts";
import { tryOnForm } from "../testing/try-on-form.ts";

let api: ApiForTest;
let photo: Buffer;

beforeAll(async () => {
  api = await makeApi();
  const noise = { create: { width: 400, height: 600, channels: 3 as const, background: "#89a" } };
  photo = await sharp(noise).jpeg().toBuffer();
});
afterAll(() => api.remove());

const post = (headers: Record<string, string>, fields: Parameters<typeof tryOnForm>[0] = {}, path = "/tryon") =>
  api.json(path, {
    method: "POST",
    headers,
    body: tryOnForm({ person_image: photo, top_image: photo, mode: "top", ...fields }),
  });

describe("who may call", () => {
  test("a credential is asked for, of the right kind and only one", async () => {
    const secret = await api.caller("secret");
    const publishable = await api.caller("publishable");
    const codes = [
      await post({}),
      await post({ "x-api-key": `sk_live_${"0".repeat(32)}` }),
      await post({ "x-api-key": "nonsense" }),
      await post({ ...secret.headers, ...publishable.headers }),
      await post({ authorization: "Bearer not.a.token" }),
      await api.json("/credits", { headers: publishable.headers }),
      await api.json("/widget/config", { headers: secret.headers }),
      await post({ "x-api-key": publishable.headers["x-publishable-key"] ?? "" }),
      await api.json(`/credits?x-api-key=${secret.headers["x-api-key"]}`),
    ];
    expect(codes.map(codeOf)).toEqual([
      "401 unauthenticated",
      "401 invalid_api_key",
      "401 invalid_api_key",
      "400 invalid_request",
      "401 unauthenticated",
      "403 key_not_permitted",
      "403 key_not_permitted",
      "403 key_not_permitted",
      "400 invalid_request",
    ]);
  });

  test("a revoked key ends with the very next request, an expired one with its time", async () => {
    const revoked = await api.caller("secret");
    expect((await api.json("/credits", { headers: revoked.headers })).status).toBe(200);
    await api.store.apiKeys.update(revoked.user.id, revoked.key?.id ?? "", { is_active: false }, new Date());
    expect(codeOf(await api.json("/credits", { headers: revoked.headers }))).toBe("401 invalid_api_key");
    const expired = await api.caller("secret");
    await api.store.apiKeys.update(expired.user.id, expired.key?.id ?? "", { expires_at: new Date(0) }, new Date());
    expect(codeOf(await api.json("/credits", { headers: expired.headers }))).toBe("401 invalid_api_key");
  });

  test("a publishable key works from its own origins alone", async () => {
    const { headers, key, user } = await api.caller("publishable");
    const at = (origin?: string) => {
      const { origin: _own, ...rest } = headers;
      return post(origin === undefined ? rest : { ...rest, origin }, {
        consent_version: "1",
        top_image: `${shopOrigin}/tee.jpg`,
      });
    };
    expect(codeOf(await at("https://evil.example"))).toBe("403 origin_not_allowed");
    expect(codeOf(await at("null"))).toBe("403 origin_not_allowed");
    expect(codeOf(await at())).toBe("403 origin_not_allowed");
    await api.store.apiKeys.update(user.id, key?.id ?? "", { allowed_origins: ["https://*.shop.example"] }, new Date());
    expect(codeOf(await at(shopOrigin))).toBe("403 origin_not_allowed");
    expect(codeOf(await at("https://a.b.shop.example"))).toBe("403 origin_not_allowed");
    expect(codeOf(await at("https://www.shop.example"))).not.toBe("403 origin_not_allowed");
  });

  test("another tenant's job, another mode's key and another job's token find nothing", async () => {
    const mine = await api.caller("secret");
    const other = await api.caller("secret");
    const testKey = await api.caller("secret", {}, { mode: "test" });
    const { body } = await post(mine.headers);
    expect((await api.json(`/tryon/${body.job_id}`, { headers: mine.headers })).status).toBe(200);
    for (const { headers } of [other, testKey]) {
      expect(codeOf(await api.json(`/tryon/${body.job_id}`, { headers }))).toBe("404 not_found");
      expect(codeOf(await api.json(`/tryon/${body.job_id}`, { method: "DELETE", headers }))).toBe("404 not_found");
      expect(codeOf(await api.json(`/tryon/${body.job_id}/cancel`, { method: "POST", headers }))).toBe("404 not_found");
    }
  });

  test("a shopper reads one job with its token, and no credits are told", async () => {
    const { headers } = await api.caller("publishable");
    const own = { consent_version: "1", shopper_id: "s-1", top_image: undefined, person_image: photo };
    await api.store.settings.upsert({ ...settingsOf((await api.caller("secret")).user.id) });
    const wanted = await post(headers, { ...own, top_image: `${shopOrigin}/tee.jpg` });
    // the stub fetcher hands over text: that is no picture, and nothing is charged
    expect(codeOf(wanted)).toBe("415 unsupported_image");
    expect(wanted.headers.get("x-credits-remaining")).toBeNull();
    expect(codeOf(await post(headers, { ...own, top_image: "https://elsewhere.example/tee.jpg" }))).toBe(
      "403 key_not_permitted",
    );
    expect(codeOf(await post(headers, { ...own, top_image: photo }))).toBe("403 key_not_permitted");
    expect(codeOf(await post(headers, { top_image: `${shopOrigin}/tee.jpg` }))).toBe("400 invalid_request");
  });
});

const settingsOf = (userId: string) => settingsRow(userId, { allow_garment_bytes: true });

describe("a shopper's job", () => {
  test("the token reads it, a wrong one does not, none is asked for", async () => {
    const { headers, user } = await api.caller("publishable");
    await api.store.settings.upsert(settingsOf(user.id));
    const { status, body } = await post(headers, { consent_version: "1" });
    expect(status).toBe(202);
    const read = (token?: string) =>
      api.json(`/tryon/${body.job_id}`, { headers: { ...headers, ...(token ? { "x-job-token": token } : {}) } });
    expect((await read(body.job_token)).body).toMatchObject({ job_id: body.job_id, status: "queued" });
    expect(codeOf(await read("x".repeat(43)))).toBe("403 forbidden");
    expect(codeOf(await read())).toBe("401 unauthenticated");
  });

  test("the key's budget of the day is kept, the mail goes out once, and the button rests", async () => {
    const { headers, user, key } = await api.caller("publishable", {}, { dailyBudget: 2 });
    await api.store.settings.upsert(settingsOf(user.id));
    const answers = [];
    for (let shopper = 0; shopper < 4; shopper += 1) answers.push(await post(headers, { consent_version: "1" }));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 429, 429]);
    expect(answers[3]?.body.error.code).toBe("budget_reached");
    const mails = (await api.store.outbox.listPending(api.clock.now(), 100)).filter(
      (one) => one.user_id === user.id && one.channel === "mail",
    );
    expect(mails).toHaveLength(1);
    expect((await api.json("/widget/config", { headers })).body.resting).toBe(true);
    expect(key?.daily_budget).toBe(2);
  });
});
