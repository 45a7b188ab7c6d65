import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { codeOf } from "../testing/code-of.ts";
import type { ApiForTest } from "../testing/make-api.ts";
import { makeApi } from "../testing/make-api.ts";
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
