import { afterEach, expect, test, vi } from "vitest";
import { createStubEngine } from "../../adapters/engines/stub/create-stub-engine.ts";
import { deferred } from "../../testing/deferred.ts";
import type { TryOnsForTest } from "../../testing/make-try-ons.ts";
import { makeTryOns } from "../../testing/make-try-ons.ts";
import { testTime } from "../../testing/rows.ts";
import { AppError } from "../errors.ts";
import type { Engine, EngineHooks } from "../ports.ts";
import { recoverExpiredLeases } from "./recover-jobs.ts";
import { defaultTryOnSettings } from "./settings.ts";

let kit: TryOnsForTest;
afterEach(() => kit.remove());

const stub = createStubEngine({ waitMs: 0 });
const patience = { timeout: 15_000 };
const estimate = 100;
const day = "2026-11-24";

/** An engine that pays per call; `call` is what happens between question and answer, and what the answer cost. */
const paying = (call: (hooks: EngineHooks) => Promise<number>) => {
  const calls = vi.fn(call);
  const engine: Engine = {
    ...stub,
    name: "paying",
    run: async (input, hooks) => {
      await hooks.paidCalls.begin(estimate);
      await hooks.paidCalls.end(await calls(hooks));
      return stub.run(input, hooks);
    },
  };
  return { engine, calls };
};
const lost = async () => {
  throw new Error("the socket was closed");
};
const row = (id: string) => kit.store.tryOnJobs.findById(id);
const spent = async () => (await kit.store.engineCosts.find("paying", day))?.spent_micro_usd ?? 0;

test("an answered call is booked at what it cost, on the job and on the day", async () => {
  kit = await makeTryOns({ engine: paying(async () => 42).engine });
  const { job } = await kit.request(await kit.seedCaller());
  await kit.service.run(job.id);
  expect(await row(job.id)).toMatchObject({
    status: "completed",
    cost_micro_usd: 42,
    outcome_unknown: false,
    sent_at: null,
    sent_estimate_micro_usd: null,
  });
  expect(await spent()).toBe(42);
});

test("the job is marked while its call is out", async () => {
  const held = deferred<number>();
  const { engine, calls } = paying(() => held.promise);
  kit = await makeTryOns({ engine });
  const { job } = await kit.request(await kit.seedCaller());
  const run = kit.service.run(job.id);
  await vi.waitFor(() => expect(calls).toHaveBeenCalled(), patience);
  expect(await row(job.id)).toMatchObject({ sent_at: testTime, sent_estimate_micro_usd: estimate });
  held.resolve(1);
  await run;
  expect(await row(job.id)).toMatchObject({ status: "completed", sent_at: null });
});

test("a call without an answer ends the job at once: outcome unknown, the estimate booked, the credits back", async () => {
  const { engine, calls } = paying(lost);
  kit = await makeTryOns({ engine });
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  const { job } = await kit.request(caller);
  await kit.service.run(job.id);
  expect(await row(job.id)).toMatchObject({
    status: "failed",
    error_code: "engine_failed",
    outcome_unknown: true,
    cost_micro_usd: estimate,
    credits_used: 0,
  });
  expect(await spent()).toBe(estimate);
  expect(await kit.balance(caller)).toEqual(before);
  expect(calls).toHaveBeenCalledTimes(1);
});

test("a worker that is lost while its call is out: no second call, the same end", async () => {
  const held = deferred<number>();
  const { engine, calls } = paying(() => held.promise);
  kit = await makeTryOns({ engine });
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  const { job } = await kit.request(caller);
  const late = kit.service.run(job.id);
  await vi.waitFor(() => expect(calls).toHaveBeenCalled(), patience);
  kit.clock.move(kit.deps.settings.leaseMs + 1);
  await recoverExpiredLeases(kit.deps);
  const unknown = { status: "failed", error_code: "engine_failed", outcome_unknown: true, cost_micro_usd: estimate };
  expect(await row(job.id)).toMatchObject(unknown);
  held.resolve(7);
  await late;
  await kit.service.run(job.id);
  expect(await row(job.id)).toMatchObject(unknown);
  expect(await spent()).toBe(estimate);
  expect(calls).toHaveBeenCalledTimes(1);
  expect(await kit.balance(caller)).toEqual(before);
});

test("a cancel while the call is out gives the credits back and books the estimate", async () => {
  const { engine, calls } = paying(
    ({ signal }) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  );
  kit = await makeTryOns({ engine, settings: { ...defaultTryOnSettings, renewLeaseMs: 20 } });
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  const { job } = await kit.request(caller);
  const run = kit.service.run(job.id);
  await vi.waitFor(() => expect(calls).toHaveBeenCalled(), patience);
  await kit.service.cancel(job);
  await run;
  expect(await row(job.id)).toMatchObject({ status: "cancelled", outcome_unknown: true, cost_micro_usd: estimate });
  expect(await kit.balance(caller)).toEqual(before);
});

test("a shutdown while the call is out does not hand the job to the next worker", async () => {
  const { engine, calls } = paying(
    ({ signal }) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  );
  kit = await makeTryOns({ engine });
  const { job } = await kit.request(await kit.seedCaller());
  const shutdown = new AbortController();
  const run = kit.service.run(job.id, shutdown.signal);
  await vi.waitFor(() => expect(calls).toHaveBeenCalled(), patience);
  shutdown.abort();
  await run;
  expect(await row(job.id)).toMatchObject({ status: "failed", error_code: "engine_failed", outcome_unknown: true });
});

test("a job that lost its lease before the call left makes no call", async () => {
  const reached = deferred();
  const go = deferred();
  const { engine, calls } = paying(async () => 1);
  const slow: Engine = {
    ...engine,
    run: async (input, hooks) => {
      reached.resolve();
      await go.promise;
      return engine.run(input, hooks);
    },
  };
  kit = await makeTryOns({ engine: slow });
  const { job } = await kit.request(await kit.seedCaller());
  const late = kit.service.run(job.id);
  await reached.promise;
  kit.clock.move(kit.deps.settings.leaseMs + 1);
  await recoverExpiredLeases(kit.deps);
  go.resolve();
  await late;
  expect(calls).not.toHaveBeenCalled();
  expect(await spent()).toBe(0);
  expect(await row(job.id)).toMatchObject({ status: "queued", retry_count: 1, sent_at: null });
});

test("answered tries add up, and each is a call of its own", async () => {
  const { engine, calls } = paying(async () => 30);
  const spoilt: Engine = {
    ...engine,
    run: async (input, hooks) => {
      await engine.run(input, hooks);
      throw new AppError("engine_failed");
    },
  };
  kit = await makeTryOns({ engine: spoilt });
  const { job } = await kit.request(await kit.seedCaller());
  for (let i = 0; i < 3; i += 1) {
    await kit.service.run(job.id);
    kit.clock.move(20_000);
  }
  expect(await row(job.id)).toMatchObject({ status: "failed", error_code: "engine_failed", cost_micro_usd: 90 });
  expect(await row(job.id)).toMatchObject({ outcome_unknown: false });
  expect(calls).toHaveBeenCalledTimes(3);
  expect(await spent()).toBe(90);
});

test("the day's cap stops the calls that would pass it: engine_unavailable at once, credits back, told once; the next day goes on", async () => {
  const { engine, calls } = paying(async () => estimate);
  kit = await makeTryOns({ engine, settings: { ...defaultTryOnSettings, engineCostCapMicroUsd: 3 * estimate } });
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  const jobs = await Promise.all(Array.from({ length: 6 }, () => kit.request(caller)));
  await Promise.all(jobs.map(({ job }) => kit.service.run(job.id)));
  const ends = await Promise.all(jobs.map(({ job }) => row(job.id)));
  expect(ends.filter((job) => job?.status === "completed")).toHaveLength(3);
  const refused = ends.filter((job) => job?.status === "failed");
  expect(refused.map((job) => [job?.error_code, job?.retry_count])).toEqual(Array(3).fill(["engine_unavailable", 0]));
  expect(calls).toHaveBeenCalledTimes(3);
  expect(await spent()).toBe(3 * estimate);
  const paid = before.paid ?? 0;
  expect((await kit.balance(caller)).paid).toBe(paid - 3);
  expect(kit.alerts).toEqual([{ kind: "engine_cost_cap", fields: expect.objectContaining({ day }) }]);
  kit.clock.move(24 * 3_600_000);
  const { job } = await kit.request(caller);
  await kit.service.run(job.id);
  expect(await row(job.id)).toMatchObject({ status: "completed" });
});

test("a test key's job runs on the engine that costs nothing", async () => {
  const { engine, calls } = paying(async () => 1);
  kit = await makeTryOns({ engine, testEngine: stub });
  const caller = await kit.seedCaller();
  const { job } = await kit.request({ ...caller, keyMode: "test" });
  await kit.service.run(job.id);
  expect(await row(job.id)).toMatchObject({ status: "completed", engine: "stub", cost_micro_usd: null });
  expect(calls).not.toHaveBeenCalled();
});

test("a fault that asks for patience is tried again after it, not after our own back-off", async () => {
  const engine: Engine = {
    ...stub,
    run: async () => {
      throw new AppError("engine_unavailable", { retryAfterS: 7 });
    },
  };
  kit = await makeTryOns({ engine });
  const { job } = await kit.request(await kit.seedCaller());
  await kit.service.run(job.id);
  const queued = await row(job.id);
  expect(queued).toMatchObject({ status: "queued", retry_count: 1 });
  expect((queued?.run_after.getTime() ?? 0) - testTime.getTime()).toBe(7_000);
});

test("a fault that asks for more patience than the queue has fails the job at once", async () => {
  const engine: Engine = {
    ...stub,
    run: async () => {
      throw new AppError("engine_unavailable", { retryAfterS: 3_600 });
    },
  };
  kit = await makeTryOns({ engine });
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  const { job } = await kit.request(caller);
  await kit.service.run(job.id);
  expect(await row(job.id)).toMatchObject({ status: "failed", error_code: "engine_unavailable" });
  expect(await kit.balance(caller)).toEqual(before);
});
