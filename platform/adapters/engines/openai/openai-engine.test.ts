import sharp from "sharp";
import { afterEach, expect, test, vi } from "vitest";
import type { OpenAiTryOnsForTest } from "../../../testing/make-openai-try-ons.ts";
import { apiKey, makeOpenAiTryOns, modelRow, teeJpeg } from "../../../testing/make-openai-try-ons.ts";

let kit: OpenAiTryOnsForTest;
afterEach(() => kit.remove());

const estimateOf = async (id: string) => (await kit.store.tryOnJobs.findById(id))?.cost_micro_usd ?? 0;

test("a try-on goes out as the protocol asks and comes back in the photo's shape, marked as made by AI, at its cost", async () => {
  kit = await makeOpenAiTryOns();
  const { row } = await kit.runToEnd();
  expect(row).toMatchObject({ status: "completed", engine: "openai", preview: false, credits_used: 1 });
  const [call] = kit.standIn.calls;
  expect(kit.standIn.calls).toHaveLength(1);
  expect(call).toMatchObject({
    model: "gpt-image-2.6-flare",
    images: 2,
    prompt: row.prompt_used,
    retryCount: "0",
    safetyIdentifier: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const object = await kit.deps.objects.get(row.output_image ?? "");
  const photo = await sharp((await kit.deps.objects.get(row.person_image ?? ""))?.bytes).metadata();
  const result = await sharp(object?.bytes).metadata();
  expect(result.format).toBe("jpeg");
  expect(result.width / result.height).toBeCloseTo(photo.width / photo.height, 2);
  expect(result.height).toBeGreaterThanOrEqual(photo.height);
  expect(result.xmpAsString).toContain("compositeWithTrainedAlgorithmicMedia");
  // 2 pictures of 1024 tokens, the prompt, and medium quality of 1.5 squares, at $8, $5 and $30 a million
  const textTokens = Math.ceil((row.prompt_used ?? "").length / 4);
  expect(row.cost_micro_usd).toBe(2 * 1024 * 8 + textTokens * 5 + Math.round(1500 * 1.5) * 30);
  expect(await kit.spentToday()).toBe(row.cost_micro_usd);
});

test("a full outfit sends the person, the top and the bottom, and one call is paid", async () => {
  kit = await makeOpenAiTryOns();
  const { row } = await kit.runToEnd("full", ["top", "bottom"]);
  expect(row).toMatchObject({ status: "completed", credits_used: 2, prompt_version: 1 });
  expect(kit.standIn.calls).toMatchObject([{ images: 3 }]);
  expect(row.prompt_used).toContain("image 1 is the person; image 2 is the top to wear; image 3 is the bottom to wear");
});

/** Each way to end, as spec §4 has it. `paid`: what the vendor bills over all tries. */
test.each([
  { fault: "rate_limit", code: "engine_unavailable", tries: 3, paid: 0, waits: [5_000, 20_000] },
  { fault: "quota", code: "engine_unavailable", tries: 1, paid: 0, alert: "engine_circuit_open" },
  { fault: "wrong_key", code: "engine_unavailable", tries: 1, paid: 0, alert: "engine_circuit_open" },
  { fault: "no_access", code: "engine_unavailable", tries: 1, paid: 0, alert: "engine_circuit_open" },
  { fault: "moderation_input", code: "content_refused", tries: 1, paid: 0 },
  { fault: "moderation_output", code: "content_refused", tries: 1, paid: 0 },
  { fault: "bad_request", code: "engine_failed", tries: 1, paid: 0, alert: "engine_request_refused" },
  { fault: "redirect", code: "engine_failed", tries: 1, paid: 0, alert: "engine_request_refused" },
  { fault: "server_error", code: "engine_failed", tries: 3, paid: 0, waits: [5_000, 20_000] },
  { fault: "html_error", code: "engine_failed", tries: 3, paid: 0, waits: [5_000, 20_000] },
] as const)("$fault ends as $code after $tries tries, with the credits back and nothing booked", async (expected) => {
  kit = await makeOpenAiTryOns();
  const before = await kit.balance();
  kit.standIn.fail(expected.fault);
  const { row, waits, tries } = await kit.runToEnd();
  expect(row).toMatchObject({
    status: "failed",
    error_code: expected.code,
    outcome_unknown: false,
    cost_micro_usd: 0,
    credits_used: 0,
    sent_at: null,
  });
  expect(tries).toBe(expected.tries);
  expect(waits).toEqual("waits" in expected ? expected.waits : []);
  expect(kit.standIn.calls).toHaveLength(expected.tries);
  expect(kit.standIn.billed()).toBe(expected.paid);
  expect(await kit.spentToday()).toBe(0);
  expect(await kit.balance()).toEqual(before);
  expect(kit.alerts.map(({ kind }) => kind)).toEqual("alert" in expected ? [expected.alert] : []);
  expect(kit.logged()).not.toContain(apiKey);
});

test("the key's trace in a refusal does not reach the log", async () => {
  kit = await makeOpenAiTryOns();
  kit.standIn.fail("wrong_key");
  await kit.runToEnd();
  expect(kit.logged()).toContain("Incorrect API key provided: [key]");
});

test.each(["empty_data", "truncated_image", "html_success"] as const)(
  "%s is no success: three tries, each one call, each booked; then engine_failed with the credits back",
  async (fault) => {
    kit = await makeOpenAiTryOns();
    const before = await kit.balance();
    kit.standIn.fail(fault);
    const { row, tries } = await kit.runToEnd();
    expect(row).toMatchObject({ status: "failed", error_code: "engine_failed", outcome_unknown: false });
    expect(tries).toBe(3);
    expect(kit.standIn.calls).toHaveLength(3);
    expect(row.cost_micro_usd).toBeGreaterThan(0);
    expect((row.cost_micro_usd ?? 0) % 3).toBe(0);
    expect(await kit.spentToday()).toBe(row.cost_micro_usd);
    expect(await kit.balance()).toEqual(before);
  },
);

test("a fault that passes costs a try and no more: the second one completes", async () => {
  kit = await makeOpenAiTryOns();
  kit.standIn.fail("html_error", { times: 1 });
  const { row, tries } = await kit.runToEnd();
  expect(row).toMatchObject({ status: "completed", retry_count: 1 });
  expect(tries).toBe(2);
  expect(kit.standIn.billed()).toBe(1);
});

test("after a rate limit the job waits as long as it is told to, seconds or a date", async () => {
  kit = await makeOpenAiTryOns();
  kit.standIn.fail("rate_limit", { times: 1, retryAfter: "3" });
  kit.standIn.fail("rate_limit", { times: 1, retryAfter: new Date(kit.clock.now().getTime() + 13_000).toUTCString() });
  const { row, waits } = await kit.runToEnd();
  expect(waits).toEqual([3_000, 10_000]);
  expect(row).toMatchObject({ status: "completed", retry_count: 2 });
});

test.each(["hang", "slow_drip"] as const)(
  "%s: when time is up the job ends as engine_failed, outcome unknown, at the estimate, after one call",
  async (fault) => {
    kit = await makeOpenAiTryOns({ engine: { timeoutMs: 4_000 } });
    const before = await kit.balance();
    kit.standIn.fail(fault);
    const { row, tries } = await kit.runToEnd();
    expect(row).toMatchObject({
      status: "failed",
      error_code: "engine_failed",
      outcome_unknown: true,
      credits_used: 0,
    });
    expect(tries).toBe(1);
    expect(kit.standIn.calls).toHaveLength(1);
    expect(row.cost_micro_usd).toBeGreaterThan(2700 * 30);
    expect(await kit.spentToday()).toBe(row.cost_micro_usd);
    expect(await kit.balance()).toEqual(before);
  },
);

test.each(["cut", "cut_in_body"] as const)(
  "%s: a connection lost after the request was sent is never followed by a second call",
  async (fault) => {
    kit = await makeOpenAiTryOns();
    const before = await kit.balance();
    kit.standIn.fail(fault, { times: 1 });
    const { row, tries } = await kit.runToEnd();
    expect(row).toMatchObject({ status: "failed", error_code: "engine_failed", outcome_unknown: true });
    expect(tries).toBe(1);
    expect(kit.standIn.billed()).toBe(1);
    expect(await kit.spentToday()).toBe(row.cost_micro_usd);
    expect(await kit.balance()).toEqual(before);
  },
);

test("a vendor that cannot be reached has been sent nothing: tried again, then engine_unavailable, nothing booked", async () => {
  kit = await makeOpenAiTryOns();
  await kit.standIn.stop();
  const { row, tries } = await kit.runToEnd();
  expect(row).toMatchObject({
    status: "failed",
    error_code: "engine_unavailable",
    outcome_unknown: false,
    cost_micro_usd: 0,
  });
  expect(tries).toBe(3);
  expect(await kit.spentToday()).toBe(0);
});

test("a model that is gone gives way to the next one in the same try, and is told once", async () => {
  kit = await makeOpenAiTryOns();
  kit.standIn.fail("model_gone", { model: "gpt-image-2.6-flare" });
  const first = await kit.runToEnd();
  const second = await kit.runToEnd();
  expect([first.row.status, second.row.status]).toEqual(["completed", "completed"]);
  expect([first.tries, second.tries]).toEqual([1, 1]);
  expect(kit.standIn.calls.map(({ model }) => model)).toEqual([
    "gpt-image-2.6-flare",
    "gpt-image-2.5-flare-2026-09-08",
    "gpt-image-2.5-flare-2026-09-08",
  ]);
  expect(kit.standIn.billed()).toBe(2);
  expect(kit.alerts.map(({ kind, fields }) => [kind, fields.model])).toEqual([
    ["engine_model_gone", "gpt-image-2.6-flare"],
  ]);
});

test("a model past its configured end is not asked at all; with none left the job ends as engine_unavailable", async () => {
  const models = [modelRow("gpt-image-1.5", { end_of_life: "2026-11-24" }), modelRow("gpt-image-2.6-flare")];
  kit = await makeOpenAiTryOns({ engine: { models } });
  expect((await kit.runToEnd()).row.status).toBe("completed");
  expect(kit.standIn.calls.map(({ model }) => model)).toEqual(["gpt-image-2.6-flare"]);
  await kit.remove();
  kit = await makeOpenAiTryOns({ engine: { models: models.slice(0, 1) } });
  const { row, tries } = await kit.runToEnd();
  expect(row).toMatchObject({ status: "failed", error_code: "engine_unavailable" });
  expect(tries).toBe(1);
  expect(kit.standIn.calls).toEqual([]);
});

test("an open circuit sends nothing for 60 s, says so to /readyz, and then closes", async () => {
  kit = await makeOpenAiTryOns();
  kit.standIn.fail("quota", { times: 1 });
  await kit.runToEnd();
  await expect(kit.engine.ready()).rejects.toMatchObject({ code: "engine_unavailable" });
  kit.clock.move(59_000);
  const meanwhile = await kit.runToEnd();
  expect(meanwhile.row).toMatchObject({ status: "failed", error_code: "engine_unavailable", cost_micro_usd: null });
  expect(kit.standIn.calls).toHaveLength(1);
  kit.clock.move(1_001);
  expect((await kit.runToEnd()).row.status).toBe("completed");
  await kit.engine.ready();
  expect(kit.alerts.map(({ kind }) => kind)).toEqual(["engine_circuit_open"]);
});

test("with the day's cap reached nothing is sent, the credits are back, and the operator is told once", async () => {
  kit = await makeOpenAiTryOns({ capMicroUsd: 110_000 });
  const before = await kit.balance();
  const first = await kit.runToEnd();
  expect(first.row.status).toBe("completed");
  const refused = [await kit.runToEnd(), await kit.runToEnd()];
  for (const { row, tries } of refused) {
    expect(row).toMatchObject({ status: "failed", error_code: "engine_unavailable", credits_used: 0 });
    expect(tries).toBe(1);
  }
  expect(kit.standIn.calls).toHaveLength(1);
  expect(kit.alerts.map(({ kind }) => kind)).toEqual(["engine_cost_cap"]);
  expect((await kit.balance()).paid).toBe((before.paid ?? 0) - 1);
});

test("an answer that does not say what it cost is booked at the estimate", async () => {
  kit = await makeOpenAiTryOns({ engine: { timeoutMs: 4_000 } });
  kit.standIn.fail("no_usage", { times: 1 });
  const unsaid = await kit.runToEnd();
  expect(unsaid.row.status).toBe("completed");
  kit.standIn.fail("hang", { times: 1 });
  const unanswered = await kit.runToEnd();
  expect(await estimateOf(unsaid.row.id)).toBe(await estimateOf(unanswered.row.id));
});

test("a photo that the check refuses costs no credit and makes no job and no call", async () => {
  kit = await makeOpenAiTryOns({ checker: { checkPerson: async () => ["several_people_detected"] } });
  const before = await kit.balance();
  const { status, body } = await kit.post();
  expect([status, body.error.code]).toEqual([422, "several_people_detected"]);
  expect(await kit.balance()).toEqual(before);
  expect(kit.standIn.calls).toEqual([]);
});

test("a garment that must not be worn is not sent; a busy background is no fault for this engine", async () => {
  const codes = ["garment_shape_unsupported"];
  kit = await makeOpenAiTryOns({ checker: { checkGarment: async () => codes } });
  const { row } = await kit.runToEnd();
  expect(row).toMatchObject({ status: "failed", error_code: "garment_shape_unsupported", credits_used: 0 });
  expect(kit.standIn.calls).toEqual([]);
  codes[0] = "garment_background_not_plain";
  kit.clock.move(11 * 60_000);
  const form = new FormData();
  form.set("top_image", new Blob([teeJpeg], { type: "image/jpeg" }), "top.jpg");
  const checked = await kit.json("/tryon/check", { method: "POST", headers: kit.merchant.headers, body: form });
  expect(checked.body).toEqual({ ok: true, problems: [] });
  expect((await kit.runToEnd()).row.status).toBe("completed");
});

test("a cancel while the call is out: no result, credits back, the estimate stays booked", async () => {
  kit = await makeOpenAiTryOns();
  const before = await kit.balance();
  kit.standIn.hold();
  const { body } = await kit.post();
  const run = kit.service.run(body.job_id);
  await vi.waitFor(() => expect(kit.standIn.calls).toHaveLength(1), { timeout: 10_000 });
  const cancelled = await kit.json(`/tryon/${body.job_id}/cancel`, { method: "POST", headers: kit.merchant.headers });
  expect(cancelled.body).toMatchObject({ status: "cancelled" });
  kit.standIn.release();
  await run;
  const row = await kit.store.tryOnJobs.findById(body.job_id);
  expect(row).toMatchObject({ status: "cancelled", output_image: null, outcome_unknown: true });
  expect(await kit.spentToday()).toBe(row?.cost_micro_usd);
  expect(await kit.balance()).toEqual(before);
});

test("the daily look at the vendor's list tells of models that end soon and of ones that are gone", async () => {
  const models = ["gpt-image-2.6-flare", "gpt-image-1.5", "gpt-image-1"].map((id) => modelRow(id));
  kit = await makeOpenAiTryOns({ engine: { models } });
  await kit.engine.checkModels?.();
  expect(kit.alerts).toEqual([
    { kind: "engine_model_ending", fields: { model: "gpt-image-1.5", shutdown_date: "2026-12-01" } },
    { kind: "engine_model_gone", fields: expect.objectContaining({ model: "gpt-image-1" }) },
  ]);
});
