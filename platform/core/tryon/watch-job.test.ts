import { afterEach, expect, test } from "vitest";
import { createMemoryEventBus } from "../../adapters/events/create-memory-event-bus.ts";
import type { TryOnsForTest } from "../../testing/make-try-ons.ts";
import { makeTryOns } from "../../testing/make-try-ons.ts";
import { waitForJob } from "./watch-job.ts";

let kit: TryOnsForTest;
afterEach(() => kit.remove());

test("a watcher sees the present state first and the terminal one last, then the stream ends and nobody listens", async () => {
  kit = await makeTryOns();
  const { job } = await kit.request(await kit.seedCaller());
  const seen: string[] = [];
  for await (const row of kit.service.watch(job.id, new AbortController().signal)) {
    seen.push(row.status);
    if (row.status === "queued") void kit.service.run(job.id);
  }
  expect([seen[0], seen.at(-1)]).toEqual(["queued", "completed"]);
  expect(kit.deps.events.listenerCount()).toBe(0);
});

test("1000 watchers that come and go leave no listener behind", async () => {
  kit = await makeTryOns();
  const { job } = await kit.request(await kit.seedCaller());
  const watch = async () => {
    const gone = new AbortController();
    for await (const _row of kit.service.watch(job.id, gone.signal)) gone.abort();
  };
  await Promise.all(Array.from({ length: 1000 }, watch));
  expect(kit.deps.events.listenerCount()).toBe(0);
});

test("a change made by another process is seen without an event", async () => {
  kit = await makeTryOns();
  const { job } = await kit.request(await kit.seedCaller());
  const waiting = kit.service.waitFor(job, 5_000, new AbortController().signal);
  await kit.store.tryOnJobs.transition(job.id, ["queued"], { status: "cancelled" }, kit.clock.now());
  expect((await waiting).status).toBe("cancelled");
});

test("where the changes of other processes are heard the row is looked at less often, but still", async () => {
  const bus = createMemoryEventBus();
  kit = await makeTryOns({ events: { ...bus, hearsOthers: () => true } });
  const { job } = await kit.request(await kit.seedCaller());
  let looks = 0;
  const tryOnJobs = {
    ...kit.store.tryOnJobs,
    findById: (id: string) => {
      looks += 1;
      return kit.store.tryOnJobs.findById(id);
    },
  };
  const deps = { ...kit.deps, store: { ...kit.store, tryOnJobs } };
  await waitForJob(deps, job, 3_500, new AbortController().signal);
  expect(looks).toBe(1);
  const waiting = waitForJob(deps, job, 10_000, new AbortController().signal);
  await kit.store.tryOnJobs.transition(job.id, ["queued"], { status: "cancelled" }, kit.clock.now());
  expect((await waiting).status).toBe("cancelled");
});

test("when the wait is over the job is given as it is", async () => {
  kit = await makeTryOns();
  const { job } = await kit.request(await kit.seedCaller());
  expect((await kit.service.waitFor(job, 20, new AbortController().signal)).status).toBe("queued");
});

test("a removed job keeps its product and credits and loses its pictures and its shopper", async () => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller("publishable");
  const { job } = await kit.request(caller, { top: { url: "https://shop.example/a.jpg" }, shopperId: "s1" });
  await kit.service.run(job.id);
  const done = await kit.service.findById(job.id);
  await kit.service.remove(done);
  const left = { status: "completed", product_id: "tee-1", credits_used: 1 };
  const gone = { person_image: null, top_image: null, output_image: null, shopper_id: null, job_token_hash: null };
  expect(await kit.service.findById(job.id)).toMatchObject({ ...left, ...gone });
  expect(await kit.objectsOf(job.id)).toEqual([]);
});

test("removing a running job cancels it first and gives its credits back", async () => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  const { job } = await kit.request(caller);
  await kit.service.remove(job);
  expect((await kit.service.findById(job.id)).status).toBe("cancelled");
  expect(await kit.balance(caller)).toEqual(before);
});
