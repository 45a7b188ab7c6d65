import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { ApiForTest } from "../testing/make-api.ts";
import { makeApi, shopOrigin } from "../testing/make-api.ts";
import { settingsRow } from "../testing/rows.ts";

let api: ApiForTest;
let photo: Buffer;

beforeAll(async () => {
  api = await makeApi();
  const noise = { create: { width: 400, height: 600, channels: 3 as const, background: "#89a" } };
  photo = await sharp(noise).jpeg().toBuffer();
});
afterAll(() => api.remove());

type Fields = Record<string, string | Buffer | undefined>;
function form(fields: Fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    body.set(name, typeof value === "string" ? value : new File([new Uint8Array(value)], "any-name.png"));
  }
  return body;
}
const post = (headers: Record<string, string>, fields: Fields = {}, path = "/tryon") =>
  api.json(path, {
    method: "POST",
    headers,
    body: form({ person_image: photo, top_image: photo, mode: "top", ...fields }),
  });
const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) =>
  `${status} ${body.error?.code}`;

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

describe("bad pictures", () => {
  const cases: [string, () => Promise<Buffer>, string][] = [
    [
      "a truncated JPEG",
      async () =>
        (
          await sharp({ create: { width: 900, height: 900, channels: 3, background: "#123" } })
            .jpeg()
            .toBuffer()
        ).subarray(0, 900),
      "422 image_unreadable",
    ],
    [
      "a PNG of 100 megapixels",
      () =>
        sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: "#000" } })
          .png()
          .toBuffer(),
      "413 image_too_large",
    ],
    [
      "an SVG with a script",
      async () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
      "415 unsupported_image",
    ],
    ["HTML named .png", async () => Buffer.from("<!doctype html><p>hi"), "415 unsupported_image"],
    [
      "an animated GIF",
      async () => Buffer.from("R0lGODlhAQABAPAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==", "base64"),
      "415 unsupported_image",
    ],
    ["0 bytes", async () => Buffer.alloc(0), "422 image_unreadable"],
    ["11 MB", async () => Buffer.alloc(11_000_000, 255), "413 image_too_large"],
    [
      "a picture of 100 pixels",
      () =>
        sharp({ create: { width: 100, height: 100, channels: 3, background: "#123" } })
          .png()
          .toBuffer(),
      "422 image_too_small",
    ],
  ];
  test.each(cases)("%s is told apart, and nothing is charged", async (_name, make, expected) => {
    const { headers, user } = await api.caller("secret");
    const before = await api.balance({ user });
    expect(codeOf(await post(headers, { person_image: await make() }))).toBe(expected);
    expect(await api.balance({ user })).toEqual(before);
  });

  test("a good request goes through while bad ones are read", async () => {
    const { headers } = await api.caller("secret");
    const bad = cases.map(async ([, make]) => post(headers, { person_image: await make() }));
    expect((await post(headers)).status).toBe(202);
    await Promise.all(bad);
  });

  test("what is stored has no metadata and is upright", async () => {
    const { headers } = await api.caller("secret");
    const withExif = await sharp({ create: { width: 400, height: 600, channels: 3, background: "#89a" } })
      .withExif({ IFD0: { Copyright: "somebody", Orientation: "6" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { body } = await post(headers, { person_image: withExif });
    const job = await api.store.tryOnJobs.findById(body.job_id);
    const stored = await api.deps.objects.get(job?.person_image ?? "");
    const meta = await sharp(stored?.bytes).metadata();
    expect({ width: meta.width, height: meta.height, exif: meta.exif, orientation: meta.orientation }).toEqual({
      width: 600,
      height: 400,
      exif: undefined,
      orientation: undefined,
    });
  });
});

describe("requests", () => {
  test("the fields must fit the mode", async () => {
    const { headers } = await api.caller("secret");
    const codes = [
      await post(headers, { top_image: undefined }),
      await post(headers, { bottom_image: photo }),
      await post(headers, { mode: "full" }),
      await post(headers, { mode: "sideways" }),
      await post(headers, { person_image: undefined }),
      await post(headers, { shopper_id: "no spaces please" }),
    ];
    expect(new Set(codes.map(codeOf))).toEqual(new Set(["400 invalid_request"]));
    expect((await post(headers, { mode: "full", top_image: undefined, bottom_image: photo })).body.credits_used).toBe(
      2,
    );
  });

  test("JSON with base64 and data URIs is taken like files", async () => {
    const { headers } = await api.caller("session");
    const image = photo.toString("base64");
    const send = (body: object) =>
      api.json("/tryon", {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect((await send({ user_image: image, top_image: `data:image/jpeg;base64,${image}`, mode: "top" })).status).toBe(
      202,
    );
    expect(codeOf(await send({ person_image: "§§§", top_image: image, mode: "top" }))).toBe("400 invalid_request");
    expect(codeOf(await send({ mode: "top" }))).toBe("400 invalid_request");
  });

  test("20 times the same in parallel with one Idempotency-Key is one job; other input is a conflict", async () => {
    const { headers, user } = await api.caller("secret");
    const keyed = { ...headers, "idempotency-key": "once" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(keyed)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202));
    expect(new Set(answers.map(({ body }) => body.job_id)).size).toBe(1);
    expect(answers.filter(({ headers: sent }) => sent.get("idempotent-replayed") === "true")).toHaveLength(19);
    expect(await api.store.tryOnJobs.count(user.id, {}, 10)).toBe(1);
    expect(codeOf(await post(keyed, { product_id: "other" }))).toBe("409 idempotency_conflict");
  });

  test("a process that dies right after the job's transaction leaves an answer to its Idempotency-Key", async () => {
    const { headers, user } = await api.caller("publishable");
    await api.store.settings.upsert(settingsRow(user.id, { allow_garment_bytes: true }));
    const keyed = { ...headers, "idempotency-key": "died" };
    // nothing is written once the transaction has ended
    const after = vi.spyOn(api.store.idempotency, "complete").mockRejectedValue(new Error("killed"));
    const first = await post(keyed, { consent_version: "2026-11" });
    after.mockRestore();
    api.clock.move(60_000);
    const again = await post(keyed, { consent_version: "2026-11" });
    expect([first.status, again.status, again.headers.get("idempotent-replayed")]).toEqual([202, 202, "true"]);
    expect(again.body).toEqual(first.body);
    expect(again.body.job_token).toBeTypeOf("string");
    expect(await api.store.tryOnJobs.count(user.id, {}, 10)).toBe(1);
  });

  test("an error frees its Idempotency-Key", async () => {
    const { headers } = await api.caller("secret");
    const keyed = { ...headers, "idempotency-key": "after-an-error" };
    expect(codeOf(await post(keyed, { person_image: Buffer.from("nothing") }))).toBe("415 unsupported_image");
    expect((await post(keyed)).status).toBe(202);
  });

  test("a cancelled job gives its credits back once; a second cancel is a conflict", async () => {
    const { headers, user } = await api.caller("secret");
    const before = await api.balance({ user });
    const { body } = await post(headers);
    const cancel = () => api.json(`/tryon/${body.job_id}/cancel`, { method: "POST", headers });
    expect((await cancel()).body).toMatchObject({ status: "cancelled", credits_used: 0 });
    expect(codeOf(await cancel())).toBe("409 conflict");
    expect((await api.balance({ user })).paid).toEqual(before.paid);
  });

  test("history pages by number and by cursor, the ledger by number", async () => {
    const { headers } = await api.caller("secret");
    for (let index = 0; index < 3; index += 1) await post(headers, { product_id: `p${index}` });
    const first = (await api.json("/tryon/history?limit=2", { headers })).body;
    expect(first).toMatchObject({ total: 3, page: 1, limit: 2 });
    const rest = (await api.json(`/tryon/history?limit=2&cursor=${first.next_cursor}`, { headers })).body;
    expect(rest.jobs).toHaveLength(1);
    expect(rest).not.toHaveProperty("total");
    expect(codeOf(await api.json("/tryon/history?page=6000&limit=20", { headers }))).toBe("400 invalid_request");
    expect(codeOf(await api.json("/tryon/history?cursor=abc", { headers }))).toBe("400 invalid_request");
    const ledger = (await api.json("/credits/transactions?type=usage", { headers })).body;
    expect(ledger.transactions.map((row: { credits: number }) => row.credits)).toEqual([-1, -1, -1]);
  });

  test("unknown paths are 404, known ones with another method 405, and both say it in the envelope", async () => {
    expect(codeOf(await api.json("/nothing"))).toBe("404 not_found");
    const { body, status } = await api.json("/tryon");
    expect([status, body.error.code]).toEqual([405, "method_not_allowed"]);
    expect(body).toMatchObject({
      request_id: expect.any(String),
      error: { doc_url: expect.stringContaining("/docs/errors#"), retryable: false },
    });
  });

  test("limits answer 429 with Retry-After and tell what is left", async () => {
    const tight = await makeApi({ limits: { requestsPerMinute: 3 } });
    try {
      const { headers } = await tight.caller("secret");
      const at = (ip: string) => tight.json("/credits", { headers: { ...headers, "x-forwarded-for": ip } });
      const answers = [
        await at("2001:db8:1:2::1"),
        await at("2001:db8:1:2::2"),
        await at("2001:db8:1:2:ffff::3"),
        await at("2001:db8:1:2::4"),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
      expect(answers[0]?.headers.get("ratelimit-remaining")).toBe("2");
      expect(Number(answers[3]?.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await at("2001:db8:1:3::1")).status).toBe(200);
    } finally {
      await tight.remove();
    }
  });

  test("the widget's config is small, has an ETag, and answers 304", async () => {
    const { headers } = await api.caller("publishable");
    const first = await api.call("/widget/config", { headers });
    expect((await first.text()).length).toBeLessThan(2000);
    const again = await api.call("/widget/config", {
      headers: { ...headers, "if-none-match": first.headers.get("etag") ?? "" },
    });
    expect(again.status).toBe(304);
  });

  test("1000 event streams that are opened and left leave no listener behind", async () => {
    const { headers } = await api.caller("secret");
    const { body } = await post(headers);
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(
        Array.from({ length: 100 }, async () => {
          const answer = await api.call(`/tryon/${body.job_id}/events`, { headers });
          const reader = answer.body?.getReader();
          await reader?.read();
          await reader?.cancel();
        }),
      );
    }
    await expect.poll(() => api.deps.events.listenerCount(), { timeout: 5000 }).toBe(0);
  });

  test("a result goes out by its signed address alone, and dies with it", async () => {
    const { headers } = await api.caller("secret");
    const { body } = await post(headers);
    await api.service.run(body.job_id);
    const job = (await api.json(`/tryon/${body.job_id}`, { headers })).body;
    expect(job).toMatchObject({ status: "completed", progress: 100, stage: "done" });
    const address = new URL(job.output_image_url);
    const path = `${address.pathname.replace("/api/v1", "")}${address.search}`;
    const picture = await api.call(path);
    expect(picture.status).toBe(200);
    expect(
      Object.fromEntries(
        ["cache-control", "cross-origin-resource-policy", "access-control-allow-origin"].map((name) => [
          name,
          picture.headers.get(name),
        ]),
      ),
    ).toEqual({
      "cache-control": "private, no-store",
      "cross-origin-resource-policy": "cross-origin",
      "access-control-allow-origin": "*",
    });
    expect(
      (await api.call(path.replace(/signature=(.)/, (_, first) => `signature=${first === "A" ? "B" : "A"}`))).status,
    ).toBe(403);
    expect((await api.json(`/tryon/${body.job_id}/base64`, { headers })).body.image_base64.length).toBeGreaterThan(100);
    expect((await api.call(`/tryon/${body.job_id}`, { method: "DELETE", headers })).status).toBe(204);
    expect((await api.call(path)).status).toBe(404);
  });
});

test("the OpenAPI document is 3.1, names every endpoint, and asks for a credential where one is needed", async () => {
  const { body } = await api.json("/openapi.json");
  expect(body.openapi).toMatch(/^3\.1/);
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining([
      "/credits",
      "/credits/transactions",
      "/results/{jobId}",
      "/tryon",
      "/tryon/check",
      "/tryon/history",
      "/tryon/{jobId}",
      "/tryon/{jobId}/base64",
      "/tryon/{jobId}/cancel",
      "/tryon/{jobId}/events",
      "/widget/config",
    ]),
  );
  for (const [path, methods] of Object.entries(body.paths as Record<string, Record<string, { security?: object[] }>>)) {
    for (const { security } of Object.values(methods)) {
      if (path !== "/results/{jobId}" && !path.startsWith("/auth/")) expect(security?.length).toBeGreaterThan(0);
    }
  }
});
