import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createStubEngine } from "../adapters/engines/stub/create-stub-engine.ts";
import { AppError } from "../core/errors.ts";
import type { Engine } from "../core/ports.ts";
import { codeOf } from "../testing/code-of.ts";
import type { ApiForTest } from "../testing/make-api.ts";
import { makeApi, shopOrigin } from "../testing/make-api.ts";
import { settingsRow } from "../testing/rows.ts";
import { tryOnForm } from "../testing/try-on-form.ts";

let api: ApiForTest;
let photo: Buffer;
let fault: AppError | null = null;

const stub = createStubEngine({ waitMs: 0 });
/** Fails with `fault` while there is one. */
const engine: Engine = {
  ...stub,
  run: async (input, hooks) => {
    if (fault) throw fault;
    return stub.run(input, hooks);
  },
};

beforeAll(async () => {
  api = await makeApi({ deps: { engine } });
  photo = await sharp({ create: { width: 400, height: 600, channels: 3, background: "#89a" } })
    .jpeg()
    .toBuffer();
});
afterEach(() => {
  fault = null;
});
afterAll(() => api.remove());

type Headers = Record<string, string>;
const post = (headers: Headers, query = "", fields: Record<string, string | Buffer> = {}) => {
  const body = tryOnForm({ person_image: photo, top_image: photo, mode: "top", consent_version: "1", ...fields });
  return api.json(`/tryon${query}`, { method: "POST", headers, body });
};
const check = (headers: Headers, fields: Record<string, string | Buffer>) =>
  api.json("/tryon/check", { method: "POST", headers, body: tryOnForm(fields) });
const get = (headers: Headers, path: string) => api.json(path, { headers });
const creditsOf = ({ headers }: { headers: globalThis.Headers }) =>
  ["charged", "remaining"].map((name) => headers.get(`x-credits-${name}`));

async function shopper(over: Parameters<typeof settingsRow>[1] = {}) {
  const caller = await api.caller("publishable");
  await api.store.settings.upsert(settingsRow(caller.user.id, { allow_garment_bytes: true, ...over }));
  return caller;
}

describe("accounts that may not create", () => {
  test("are told why: credits, suspension, address, mode, and a session that has ended", async () => {
    const poor = await api.caller("secret", {
      credits: 0,
      daily_free_credits: 0,
      is_email_verified: true,
      role: "paid",
    });
    const suspended = await api.caller("secret", { is_suspended: true });
    const unverified = await api.caller("secret", { is_email_verified: false });
    const topOnly = await api.caller("secret");
    await api.store.settings.upsert(settingsRow(topOnly.user.id, { allowed_modes: ["full"] }));
    const closed = await api.caller("secret");
    await api.store.users.update(closed.user.id, { is_active: false });
    expect(codeOf(await post(poor.headers, "", {}))).toBe("402 insufficient_credits");
    expect(codeOf(await post(suspended.headers))).toBe("403 account_suspended");
    expect((await get(suspended.headers, "/tryon/history")).status).toBe(200);
    expect(codeOf(await post(unverified.headers))).toBe("403 email_not_verified");
    expect(codeOf(await post(topOnly.headers))).toBe("403 mode_not_allowed");
    expect(codeOf(await post(closed.headers))).toBe("401 invalid_api_key");
  });

  test("test keys work at once and cost nothing, whatever the balance", async () => {
    const { headers, user } = await api.caller("secret", { is_email_verified: false, credits: 0 }, { mode: "test" });
    const { status, body } = await post(headers);
    expect([status, body.credits_used]).toEqual([202, 0]);
    expect(await api.balance({ user })).toEqual({ free: 0, paid: 0 });
  });

  test("two credentials are refused, a job's token beside a secret key included", async () => {
    const secret = await api.caller("secret");
    const { headers } = await api.caller("publishable");
    const session = await api.caller("session");
    for (const both of [
      { ...secret.headers, ...headers },
      { ...secret.headers, ...session.headers },
      { ...headers, ...session.headers },
      { ...secret.headers, "x-job-token": "x".repeat(43) },
      { ...session.headers, "x-job-token": "x".repeat(43) },
    ]) {
      expect(codeOf(await get(both, "/credits"))).toBe("400 invalid_request");
    }
  });
});

describe("?wait", () => {
  test("answers 200 with the job in its terminal state, and what it cost in the end", async () => {
    const { headers } = await api.caller("secret", { credits: 10, daily_free_credits: 0, is_email_verified: true });
    const before = Number((await get(headers, "/credits")).body.credits);
    const run = vi.spyOn(api.deps.queue, "enqueue").mockImplementation(async (jobId) => api.service.run(jobId));
    try {
      const done = await post(headers, "?wait=5");
      expect([done.status, done.body.status, done.body.credits_used]).toEqual([200, "completed", 1]);
      fault = new AppError("content_refused");
      const failed = await post(headers, "?wait=5");
      expect([failed.status, failed.body.status]).toEqual([200, "failed"]);
      expect(failed.body.error).toMatchObject({ code: "content_refused", retryable: false });
      expect(creditsOf(failed)[0]).toBe("0");
      expect((await get(headers, "/credits")).body.credits).toBeLessThanOrEqual(before);
    } finally {
      run.mockRestore();
    }
  });

  test("answers 202 when time is up, and takes at most 60 seconds", async () => {
    const { headers } = await api.caller("secret");
    const began = performance.now();
    const { status, body } = await post(headers, "?wait=0.2");
    expect([status, body.status]).toEqual([202, "queued"]);
    expect(performance.now() - began).toBeGreaterThan(200);
    expect(codeOf(await post(headers, "?wait=61"))).toBe("400 invalid_request");
    expect(codeOf(await post(headers, "?wait=soon"))).toBe("400 invalid_request");
  });
});

describe("credits headers", () => {
  test("J and S are told what a try-on cost and what is left; a shopper never", async () => {
    const { headers } = await api.caller("secret", { credits: 5, is_email_verified: true });
    const accepted = await post(headers);
    const path = `/tryon/${accepted.body.job_id}`;
    const left = "4";
    expect(creditsOf(accepted)).toEqual(["1", left]);
    expect(creditsOf(await get(headers, path))).toEqual(["1", left]);
    expect(creditsOf(await check(headers, { person_image: photo }))).toEqual(["0", left]);
    expect(creditsOf(await api.json(`${path}/cancel`, { method: "POST", headers }))).toEqual(["0", "5"]);
    const at = await shopper();
    const job = await post(at.headers);
    const withToken = { ...at.headers, "x-job-token": job.body.job_token };
    expect(creditsOf(job)).toEqual([null, null]);
    expect(creditsOf(await get(withToken, `/tryon/${job.body.job_id}`))).toEqual([null, null]);
  });
});

describe("a job", () => {
  const enginesFaults = ["engine_failed", "engine_timeout", "preview_not_reliable", "garment_not_found"] as const;
  test.each(enginesFaults)("that fails with %s is no HTTP error: GET answers 200 and names the code", async (code) => {
    const { headers } = await api.caller("secret");
    const { body } = await post(headers);
    fault = new AppError(code);
    for (let tries = 0; tries < 3; tries += 1) {
      await api.service.run(body.job_id);
      api.clock.move(20_000);
    }
    const job = await get(headers, `/tryon/${body.job_id}`);
    expect(job).toMatchObject({ status: 200, body: { status: "failed", credits_used: 0, error: { code } } });
    expect(codeOf(await get(headers, `/tryon/${body.job_id}/base64`))).toBe("404 not_found");
  });

  test("has no result before its end, and is gone for the shopper who deleted it", async () => {
    const { headers } = await shopper();
    const { body } = await post(headers);
    const path = `/tryon/${body.job_id}`;
    const own = { ...headers, "x-job-token": body.job_token };
    expect(codeOf(await get(own, `${path}/base64`))).toBe("409 job_not_finished");
    await api.service.run(body.job_id);
    expect((await api.call(path, { method: "DELETE", headers: own })).status).toBe(204);
    expect(codeOf(await get(own, path))).toBe("410 gone");
  });

  test("that is deleted keeps its id, user, product, mode, times and credits, and nothing of pictures or people", async () => {
    const { headers } = await shopper();
    const fields = { product_id: "tee-1", product_url: `${shopOrigin}/tee?u=asha`, shopper_id: "asha" };
    const { body } = await post(headers, "", fields);
    await api.service.run(body.job_id);
    const own = { ...headers, "x-job-token": body.job_token };
    await api.call(`/tryon/${body.job_id}`, { method: "DELETE", headers: own });
    const row = await api.store.tryOnJobs.findById(body.job_id);
    expect(row).toMatchObject({
      product_id: "tee-1",
      mode: "top",
      credits_used: 1,
      created_at: expect.any(Date),
      completed_at: expect.any(Date),
    });
    const forgotten = Object.entries(row ?? {}).filter(([name]) =>
      /image|hash|shopper|consent|product_url|prompt_used|confidence|expires/.test(name),
    );
    expect(forgotten.length).toBeGreaterThan(12);
    expect(forgotten.filter(([, value]) => value !== null)).toEqual([]);
    expect(row?.warnings).toEqual([]);
    expect(await api.deps.objects.list(`jobs/${body.job_id}/`)).toEqual([]);
  });

  test("its event stream begins with the present state, carries the row's version, and ends with the terminal event", async () => {
    const { headers } = await api.caller("secret");
    const { body } = await post(headers);
    const answer = await api.call(`/tryon/${body.job_id}/events`, { headers });
    expect(answer.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader?.read())?.value ?? "";
    await api.service.run(body.job_id);
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) text += part.value;
    const events = text
      .trim()
      .split("\n\n")
      .map((event) => Object.fromEntries(event.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2))));
    expect(events[0]).toMatchObject({ event: "progress", id: "1" });
    expect(JSON.parse(events[0]?.data).status).toBe("queued");
    expect(events.at(-1)?.event).toBe("completed");
    const row = await api.store.tryOnJobs.findById(body.job_id);
    expect(events.at(-1)?.id).toBe(String(row?.version));
    const again = await (await api.call(`/tryon/${body.job_id}/events`, { headers })).text();
    expect(again.match(/^event: .*$/gm)).toEqual(["event: completed"]);
  });

  test("its stream says every 15 seconds that it is still there", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const { headers } = await api.caller("secret");
      const { body } = await post(headers);
      const answer = await api.call(`/tryon/${body.job_id}/events`, { headers });
      const reader = answer.body?.getReader();
      await reader?.read();
      await vi.advanceTimersByTimeAsync(15_000);
      const { value } = (await reader?.read()) ?? {};
      expect(new TextDecoder().decode(value)).toMatch(/^: /);
      await reader?.cancel();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("a result's address", () => {
  test("lives five minutes, and carries every header of a private picture", async () => {
    const { headers } = await api.caller("secret");
    const { body } = await post(headers);
    await api.service.run(body.job_id);
    const address = new URL((await get(headers, `/tryon/${body.job_id}`)).body.output_image_url);
    const path = `${address.pathname.replace("/api/v1", "")}${address.search}`;
    const picture = await api.call(path);
    expect(Object.fromEntries(picture.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("sandbox"),
      "cross-origin-resource-policy": "cross-origin",
      "access-control-allow-origin": "*",
    });
    expect(picture.headers.get("access-control-allow-credentials")).toBeNull();
    expect(codeOf(await api.json(path.replace(/until=\d+/, "until=9999999999")))).toBe("403 forbidden");
    api.clock.move(5 * 60_000 + 1_000);
    expect(codeOf(await api.json(path))).toBe("410 gone");
  });
});

test("history goes by page to row 10 000 and no further, and the total stops there", async () => {
  const { headers } = await api.caller("secret");
  await post(headers);
  const at = (query: string) => get(headers, `/tryon/history?${query}`);
  expect((await at("page=100&limit=100")).body).toMatchObject({ jobs: [], total: 1, next_cursor: null });
  for (const query of ["page=101&limit=100", "limit=101", "page=0", "status=lost"]) {
    expect(codeOf(await at(query))).toBe("400 invalid_request");
  }
  expect(codeOf(await get(headers, "/credits/transactions?page=101&limit=100"))).toBe("400 invalid_request");
});

test("an engine that is away and a store that is lost are 503 with Retry-After, and nothing is charged", async () => {
  const { headers, user } = await api.caller("secret");
  const before = await api.balance({ user });
  for (const code of ["engine_unavailable", "store_unavailable"] as const) {
    const failing = vi.spyOn(api.deps.objects, "put").mockRejectedValue(new AppError(code));
    const answer = await post(headers);
    failing.mockRestore();
    expect(codeOf(answer)).toBe(`503 ${code}`);
    expect([answer.headers.get("retry-after"), answer.body.error.retryable]).toEqual(["5", true]);
  }
  expect(await api.balance({ user })).toEqual(before);
});

test("no answer repeats what was sent", async () => {
  const { headers } = await api.caller("secret");
  const mark = "repeat-me-4711";
  const answers = [
    await post(headers, "", { mode: mark }),
    await post(headers, "", { top_image: mark }),
    await get(headers, `/tryon/${mark}`),
    await get(headers, `/${mark}`),
    await get({ "x-api-key": mark }, "/credits"),
    await get(headers, `/tryon/history?cursor=${mark}&status=${mark}`),
  ];
  expect(answers.every(({ status }) => status >= 400)).toBe(true);
  expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain(mark);
});
