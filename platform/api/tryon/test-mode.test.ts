// Test mode: what a developer can build against without spending anything.
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestEngine } from "../../adapters/engines/test/create-test-engine.ts";
import { errorTable } from "../../core/errors.ts";
import { jobCodes, requestCodes } from "../../core/tryon/test-mode.ts";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi } from "../../testing/make-api.ts";

let api: ApiForTest;
let photo: Buffer;
const checked: string[] = [];
beforeAll(async () => {
  const checker = {
    checkPerson: async () => {
      checked.push("person");
      return ["no_person_detected"];
    },
    checkGarment: async () => ["garment_not_found"],
  };
  api = await makeApi({ deps: { testEngine: createTestEngine(), checker } });
  const background = { create: { width: 400, height: 600, channels: 3 as const, background: "#89a" } };
  photo = await sharp(background).jpeg().toBuffer();
});
afterAll(() => api.remove());

type Headers = Record<string, string>;
function form(fields: Record<string, string>, picture = "person_image") {
  const body = new FormData();
  body.set(picture, new File([new Uint8Array(photo)], "p.jpg"));
  if (picture === "person_image") body.set("top_image", new File([new Uint8Array(photo)], "t.jpg"));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return body;
}
const ask = (headers: Headers, productId: string) =>
  api.json("/tryon", { method: "POST", headers, body: form({ mode: "top", product_id: productId }) });
const testKey = (user = {}) => api.caller("secret", user, { mode: "test" });
const runAll = async (jobId: string) => api.service.run(jobId);

test("a test key makes the same picture of the same input, looks at no photo, and costs nothing: without credits, unverified", async () => {
  const { headers, user } = await testKey({ credits: 0, is_email_verified: false });
  const pictures: string[] = [];
  for (let index = 0; index < 2; index += 1) {
    const { status, body } = await ask(headers, "tee-1");
    expect([status, body.credits_used]).toEqual([202, 0]);
    await runAll(body.job_id);
    const read = await api.json(`/tryon/${body.job_id}`, { headers });
    expect(read.body).toMatchObject({ status: "completed", credits_used: 0, preview: true });
    pictures.push((await api.json(`/tryon/${body.job_id}/base64`, { headers })).body.image_base64);
  }
  expect(pictures[0]).toBe(pictures[1]);
  const made = await sharp(Buffer.from(pictures[0] ?? "", "base64")).metadata();
  expect([made.width, made.height]).toEqual([400, 600]);
  expect(checked).toEqual([]);
  expect(await api.store.creditTransactions.count(user.id, {}, 10)).toBe(0);
  expect(await api.store.tryOnJobs.countSince(user.id, new Date(0), "live")).toBe(0);
});

test("every code of POST /tryon and of a job is forced by its magic product id, as an answer or as the job's error", async () => {
  const { headers } = await testKey();
  const codes = [...new Set([...requestCodes, ...jobCodes])];
  const seen: Record<string, string> = {};
  for (const code of codes) {
    const { status, body } = await ask(headers, `test_${code}`);
    if (status !== 202) {
      seen[code] = body.error.code;
      expect(status).toBe(errorTable[code].status);
      continue;
    }
    await runAll(body.job_id);
    const read = await api.json(`/tryon/${body.job_id}`, { headers });
    expect(read.body).toMatchObject({ status: "failed", credits_used: 0 });
    seen[code] = read.body.error.code;
  }
  expect(seen).toEqual(Object.fromEntries(codes.map((code) => [code, code])));
  expect((await ask(headers, "test_no_person")).body.error.code).toBe("no_person_detected");
});

test("a slow job takes as long as its name says, and can be cancelled meanwhile", async () => {
  const { headers } = await testKey();
  const slow = (await ask(headers, "test_slow_1s")).body;
  const startedAt = performance.now();
  await runAll(slow.job_id);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1000);
  expect((await api.json(`/tryon/${slow.job_id}`, { headers })).body.status).toBe("completed");
});

test("the check of test mode finds nothing, or what is asked for", async () => {
  const { headers } = await testKey();
  const check = (fields: Record<string, string>, picture?: string) =>
    api.json("/tryon/check", { method: "POST", headers, body: form(fields, picture) });
  const single = (fields: Record<string, string>) => {
    const body = new FormData();
    body.set("person_image", new File([new Uint8Array(photo)], "p.jpg"));
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return api.json("/tryon/check", { method: "POST", headers, body });
  };
  expect((await single({})).body).toEqual({ ok: true, problems: [] });
  expect((await single({ product_id: "test_person_cropped" })).body.problems[0].code).toBe("person_cropped");
  const garment = await check({ product_id: "test_garment_not_found" }, "top_image");
  expect([garment.status, garment.body.error.code]).toEqual([422, "garment_not_found"]);
});

test("a magic product id means nothing to a live key", async () => {
  const { headers } = await api.caller("secret");
  const answer = await ask(headers, "test_engine_failed");
  // the live check looks at the photo, which shows nobody
  expect(answer.body.error.code).toBe("no_person_detected");
});

test("test jobs stay apart in the history; their owner sees either kind, signed in", async () => {
  const { headers, user } = await testKey();
  const { body } = await ask(headers, "apart");
  const { accessToken } = await api.services.auth.startApiSession(
    { user, mfaAt: null },
    { ip: "192.0.2.1", userAgent: "t" },
  );
  const session = { authorization: `Bearer ${accessToken}` };
  const ids = async (query: string) =>
    (await api.json(`/tryon/history${query}`, { headers: session })).body.jobs.map(
      (job: { job_id: string }) => job.job_id,
    );
  expect(await ids("")).toEqual([]);
  expect(await ids("?key_mode=test")).toEqual([body.job_id]);
  expect((await api.json(`/tryon/${body.job_id}`, { headers: session })).status).toBe(200);
});
