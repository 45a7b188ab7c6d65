import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { createStubEngine } from "../../adapters/engines/stub/create-stub-engine.ts";
import { deferred } from "../../testing/deferred.ts";
import type { TryOnsForTest } from "../../testing/make-try-ons.ts";
import { makeTryOns } from "../../testing/make-try-ons.ts";
import type { Engine } from "../ports.ts";
import { recoverExpiredLeases } from "./recover-jobs.ts";
import { defaultTryOnSettings } from "./settings.ts";

let kit: TryOnsForTest;
afterEach(() => kit?.remove());

const stub = createStubEngine({ waitMs: 0 });

test("the lease is 30 s, renewed every 10 s, and a job has three tries", () => {
  expect(defaultTryOnSettings).toMatchObject({
    leaseMs: 30_000,
    renewLeaseMs: 10_000,
    maxTries: 3,
    retryDelaysMs: [5_000, 20_000],
    maxQueuedMs: 600_000,
  });
});

test("a worker at work renews its lease, so that nobody takes a long job from it", async () => {
  const { promise, resolve } = deferred();
  const run = vi.fn<Engine["run"]>(async (input, hooks) => {
    await promise;
    return stub.run(input, hooks);
  });
  const settings = { ...defaultTryOnSettings, renewLeaseMs: 20 };
  kit = await makeTryOns({ engine: { ...stub, run }, settings });
  const { job } = await kit.request(await kit.seedCaller());
  const running = kit.service.run(job.id);
  await vi.waitFor(() => expect(run).toHaveBeenCalled(), { timeout: 10_000 });
  for (let seconds = 0; seconds < 90; seconds += 20) {
    kit.clock.move(20_000);
    const until = kit.clock.now().getTime() + settings.leaseMs;
    await vi.waitFor(async () => {
      const row = await kit.store.tryOnJobs.findById(job.id);
      expect(row?.lease_until?.getTime()).toBe(until);
    }, 10_000);
    expect(await recoverExpiredLeases(kit.deps)).toBe(0);
  }
  resolve();
  await running;
  expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({ status: "completed", retry_count: 0 });
});

test("an engine that does not end in its time is stopped; after three tries the job fails as engine_timeout, paid back", async () => {
  const stopped: boolean[] = [];
  const run: Engine["run"] = async (_input, { signal }) => {
    await wait(60_000, undefined, { signal }).catch(() => stopped.push(signal.aborted));
    throw new Error("stopped");
  };
  kit = await makeTryOns({ engine: { ...stub, timeoutMs: 20, run } });
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  const { job } = await kit.request(caller);
  for (let tries = 0; tries < 3; tries += 1) {
    await kit.service.run(job.id);
    kit.clock.move(20_000);
  }
  expect(stopped).toEqual([true, true, true]);
  expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({ status: "failed", error_code: "engine_timeout" });
  expect(await kit.balance(caller)).toEqual(before);
});
