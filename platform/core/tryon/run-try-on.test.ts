import { afterEach, expect, test, vi } from "vitest";
import { createStubEngine } from "../../adapters/engines/stub/create-stub-engine.ts";
import { deferred } from "../../testing/deferred.ts";
import type { TryOnsForTest } from "../../testing/make-try-ons.ts";
import { makeTryOns } from "../../testing/make-try-ons.ts";
import type { ErrorCode } from "../errors.ts";
import { AppError } from "../errors.ts";
import type { Engine } from "../ports.ts";
import { failStaleJobs, recoverExpiredLeases } from "./recover-jobs.ts";

let kit: TryOnsForTest;
afterEach(() => kit.remove());

const stub = createStubEngine({ waitMs: 0 });
const failing = (code: ErrorCode): Engine => ({
  ...stub,
  run: async () => {
    throw new AppError(code);
  },
});

/** An engine that waits at its work until released. */
function heldEngine() {
  const { promise, resolve } = deferred();
  const run = vi.fn<Engine["run"]>(async (input, hooks) => {
    hooks.onStage("fit", 0.5);
    await promise;
    return stub.run(input, { ...hooks, signal: new AbortController().signal });
  });
  return { engine: { ...stub, run }, run, release: resolve };
}

const results = async (jobId: string) => (await kit.objectsOf(jobId)).filter((key) => key.includes("/result-"));

test("a job that runs ends completed, with its picture, its prompt and its time on the row", async () => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller();
  const { job } = await kit.request(caller);
  await kit.service.run(job.id);
  const done = await kit.store.tryOnJobs.findById(job.id);
  expect(done).toMatchObject({
    status: "completed",
    stage: "done",
    progress: 100,
    lease_holder: null,
    credits_used: 1,
  });
  expect(done?.prompt_used).toContain("replace only the top");
  expect(await results(job.id)).toEqual([done?.output_image]);
});

test("an engine fault is tried again after 5 and 20 s; after the third try the job fails with its credits back", async () => {
  kit = await makeTryOns({ engine: failing("engine_failed") });
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  const { job } = await kit.request(caller);
  const waits: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    await kit.service.run(job.id);
    const row = await kit.store.tryOnJobs.findById(job.id);
    if (row?.status !== "queued") continue;
    waits.push(row.run_after.getTime() - kit.clock.now().getTime());
    kit.clock.move(waits.at(-1) ?? 0);
  }
  expect(waits).toEqual([5_000, 20_000]);
  const failed = await kit.store.tryOnJobs.findById(job.id);
  expect(failed).toMatchObject({ status: "failed", error_code: "engine_failed", credits_used: 0 });
  expect(await kit.balance(caller)).toEqual(before);
});

test.each(["preview_not_reliable", "garment_not_found", "content_refused"] as const)(
  "%s is an answer: the job fails at once and its credits come back",
  async (code) => {
    kit = await makeTryOns({ engine: failing(code) });
    const caller = await kit.seedCaller();
    const before = await kit.balance(caller);
    const { job } = await kit.request(caller);
    await kit.service.run(job.id);
    expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({ status: "failed", error_code: code });
    expect(await kit.balance(caller)).toEqual(before);
  },
);

test("a result that comes after a cancel is thrown away with its object, and the credits are back once", async () => {
  const held = heldEngine();
  kit = await makeTryOns({ engine: held.engine });
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  const { job } = await kit.request(caller);
  const run = kit.service.run(job.id);
  await vi.waitFor(() => expect(held.run).toHaveBeenCalled());
  await kit.service.cancel(job);
  held.release();
  await run;
  expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({ status: "cancelled", output_image: null });
  expect(await results(job.id)).toEqual([]);
  expect(await kit.balance(caller)).toEqual(before);
});

test("a worker whose lease ran out writes nothing; the job runs again, counts a try, and has one result", async () => {
  const held = heldEngine();
  kit = await makeTryOns({ engine: held.engine });
  const caller = await kit.seedCaller();
  const { job } = await kit.request(caller);
  const late = kit.service.run(job.id);
  await vi.waitFor(() => expect(held.run).toHaveBeenCalled());
  kit.clock.move(kit.deps.settings.leaseMs + 1);
  await recoverExpiredLeases(kit.deps);
  expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({ status: "queued", retry_count: 1 });
  held.release();
  await late;
  expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({ status: "queued", retry_count: 1 });
  await kit.service.run(job.id);
  expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({ status: "completed", retry_count: 1 });
  expect(await results(job.id)).toHaveLength(1);
});

test("a job whose worker dies three times fails with its credits back", async () => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  const { job } = await kit.request(caller);
  for (let i = 0; i < 3; i += 1) {
    const now = kit.clock.now();
    await kit.store.tryOnJobs.claim(job.id, `dead-${i}`, now, new Date(now.getTime() + 30_000));
    kit.clock.move(30_001);
    await recoverExpiredLeases(kit.deps);
  }
  expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({ status: "failed", error_code: "engine_failed" });
  expect(await kit.balance(caller)).toEqual(before);
});

test("a job that nobody takes for ten minutes fails as engine_unavailable with its credits back", async () => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  const { job } = await kit.request(caller);
  kit.clock.move(10 * 60_000 + 1);
  await failStaleJobs(kit.deps);
  expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({
    status: "failed",
    error_code: "engine_unavailable",
  });
  expect(await kit.balance(caller)).toEqual(before);
});

test("two workers at one job: one of them runs it", async () => {
  const held = heldEngine();
  kit = await makeTryOns({ engine: held.engine });
  const { job } = await kit.request(await kit.seedCaller());
  held.release();
  await Promise.all([kit.service.run(job.id), kit.service.run(job.id)]);
  expect(held.run).toHaveBeenCalledTimes(1);
});
