import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "../core/api-keys/create-api-key.ts";
import type { ApiForTest } from "../testing/make-api.ts";
import { makeApi, shopOrigin } from "../testing/make-api.ts";

let api: ApiForTest;
beforeAll(async () => {
  api = await makeApi();
});
afterAll(() => api.remove());

const preflight = (origin: string, path = "/tryon") =>
  api.call(path, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });
const allowed = (answer: Response) => answer.headers.get("access-control-allow-origin");

describe("preflights", () => {
  test("an origin that some active key lists is echoed with exactly the headers of the API, never with credentials", async () => {
    await api.caller("publishable");
    const { status, headers } = await preflight(shopOrigin);
    expect(status).toBe(204);
    expect(Object.fromEntries(headers)).toMatchObject({
      "access-control-allow-origin": shopOrigin,
      "access-control-allow-headers":
        "content-type, x-publishable-key, x-job-token, x-preview-token, x-shopper-session, idempotency-key, last-event-id",
      vary: expect.stringMatching(/\bOrigin\b/),
      "x-request-id": expect.any(String),
      "ratelimit-limit": expect.any(String),
    });
    expect(headers.get("access-control-allow-credentials")).toBeNull();
  });

  test("an unknown origin, null, and one whose key was revoked are answered 204 without being let in", async () => {
    const gone = await api.caller("publishable", {}, { allowedOrigins: ["https://gone.example"] });
    expect(allowed(await preflight("https://gone.example"))).toBe("https://gone.example");
    await api.store.apiKeys.update(gone.user.id, gone.key?.id ?? "", { is_active: false }, new Date());
    for (const origin of ["https://gone.example", "https://unknown.example", "null", "https://shop.example:444"]) {
      const answer = await preflight(origin);
      expect([origin, answer.status, allowed(answer)]).toEqual([origin, 204, null]);
      expect(answer.headers.get("vary")).toMatch(/\bOrigin\b/);
    }
  });

  test("they tell the limits and do not count against them", async () => {
    const tight = await makeApi({ limits: { requestsPerMinute: 2 } });
    try {
      await tight.caller("publishable");
      const ask = () =>
        tight.call("/tryon", {
          method: "OPTIONS",
          headers: { origin: shopOrigin, "access-control-request-method": "POST" },
        });
      const asked = [await ask(), await ask(), await ask()];
      expect(asked.map((answer) => [answer.status, answer.headers.get("ratelimit-remaining")])).toEqual(
        Array(3).fill([204, "2"]),
      );
    } finally {
      await tight.remove();
    }
  });
});

describe("answers", () => {
  test("a page reads answers to its own key, with the limits exposed", async () => {
    const { headers } = await api.caller("publishable");
    const answer = await api.call("/widget/config", { headers });
    expect(allowed(answer)).toBe(shopOrigin);
    expect(answer.headers.get("vary")).toMatch(/\bOrigin\b/);
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    const exposed = answer.headers.get("access-control-expose-headers")?.split(", ");
    expect(exposed).toEqual(
      expect.arrayContaining([
        "x-request-id",
        "ratelimit-limit",
        "ratelimit-remaining",
        "ratelimit-reset",
        "retry-after",
      ]),
    );
  });

  test("a page that only another merchant's key lists cannot read an answer to this key", async () => {
    const { headers } = await api.caller("publishable");
    const elsewhere = "https://elsewhere.example";
    await api.caller("publishable", {}, { allowedOrigins: [elsewhere] });
    const answer = await api.call("/widget/config", { headers: { ...headers, origin: elsewhere } });
    expect([answer.status, allowed(answer)]).toEqual([403, null]);
    // an error from before the key is known may be read, so that the widget can say what is wrong
    const unknown = { "x-publishable-key": `pk_live_${"0".repeat(32)}`, origin: elsewhere };
    const refused = await api.call("/widget/config", { headers: unknown });
    expect([refused.status, allowed(refused)]).toEqual([401, elsewhere]);
  });

  test("a page whose origin is null is never let in", async () => {
    const { headers } = await api.caller("publishable");
    const answer = await api.call("/widget/config", { headers: { ...headers, origin: "null" } });
    expect([answer.status, allowed(answer)]).toEqual([403, null]);
  });
});

describe("origins that a key may list", () => {
  const make = (origin: string) =>
    api.store.transaction((tx) =>
      createApiKey(tx, {
        userId: "nobody",
        kind: "publishable",
        mode: "live",
        name: "test",
        allowedOrigins: [origin],
        now: new Date(),
      }),
    );

  test.each(["https://shop.example", "http://127.0.0.1:3000", "https://*.shop.example", "https://*.shop.co.uk:8443"])(
    "%s is taken",
    async (origin) => {
      expect((await make(origin)).apiKey.allowed_origins).toEqual([origin]);
    },
  );

  test.each([
    "https://*.com",
    "https://*.co.uk",
    "https://*.github.io",
    "https://*.myshopify.com",
    "https://*.vercel.app",
    "https://*.*.shop.example",
    "https://shop.*.example",
    "https://*",
    "*",
    "null",
    "shop.example",
    "https://shop.example/",
    "https://shop.example/path",
    "https://user@shop.example",
  ])("%s is refused", async (origin) => {
    await expect(make(origin)).rejects.toMatchObject({ code: "invalid_request" });
  });

  test("a wildcard stands for one label, and not for a label that is a shared host itself", async () => {
    const { headers } = await api.caller(
      "publishable",
      {},
      {
        allowedOrigins: ["https://*.amazonaws.com", "https://*.brand.example"],
      },
    );
    const at = async (origin: string) => (await api.call("/widget/config", { headers: { ...headers, origin } })).status;
    expect(await at("https://www.brand.example")).toBe(200);
    expect(await at("https://a.www.brand.example")).toBe(403);
    expect(await at("https://brand.example")).toBe(403);
    expect(await at("http://www.brand.example")).toBe(403);
    expect(await at("https://s3.amazonaws.com")).toBe(403);
  });
});
