import { afterEach, expect, test, vi } from "vitest";
import { deferred } from "../../testing/deferred.ts";
import { makeStore } from "../../testing/make-store.ts";
import { jobRow, testTime, userRow } from "../../testing/rows.ts";
import { createEmbeddedQueue } from "./create-embedded-queue.ts";

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const later = (ms: number) => new Date(testTime.getTime() + ms);
let kit: Awaited<ReturnType<typeof makeStore>>;
afterEach(() => kit.remove());

/** A queue on a fresh store; `ran` lists the accounts in the order in which their jobs were claimed. */
async function open(pollMs = 20) {
  kit = await makeStore();
  const { store } = kit;
  const clock = { now: () => later(60_000) };
  const queue = createEmbeddedQueue({ store, clock, runningPerAccount: 10, log: silent, pollMs });
  const ran: string[] = [];
  const handle = async (jobId: string) => {
    const job = await store.tryOnJobs.claim(jobId, "worker", clock.now(), later(90_000));
    if (!job) return;
    ran.push(job.user_id);
    await store.tryOnJobs.transition(jobId, ["processing"], { status: "completed" }, clock.now(), "worker");
  };
  const addAccount = async (id: string) => store.users.insert(userRow({ id }));
  return { store, queue, ran, handle, addAccount };
}

test("accounts take turns: one with few jobs does not wait behind one with many", async () => {
  const { store, queue, ran, handle, addAccount } = await open();
  await addAccount("busy");
  await addAccount("calm");
  for (let i = 0; i < 5; i += 1) await store.tryOnJobs.insert(jobRow("busy", { created_at: later(i) }));
  await store.tryOnJobs.insert(jobRow("calm", { created_at: later(100) }));
  queue.start(handle, 1);
  await vi.waitFor(() => expect(ran).toHaveLength(6));
  expect(ran.indexOf("calm")).toBeLessThan(2);
  await queue.stop(1_000);
});

test("an enqueued job starts at once, without waiting for the next look", async () => {
  const { store, queue, ran, handle, addAccount } = await open(60_000);
  await addAccount("one");
  queue.start(handle, 1);
  const job = jobRow("one");
  await store.tryOnJobs.insert(job);
  await queue.enqueue(job.id, testTime);
  await vi.waitFor(() => expect(ran).toEqual(["one"]));
  await queue.stop(1_000);
});

test("never more at once than allowed; stop takes nothing new and waits for what runs", async () => {
  const { store, queue, addAccount } = await open();
  await addAccount("one");
  for (let i = 0; i < 4; i += 1) await store.tryOnJobs.insert(jobRow("one", { created_at: later(i) }));
  const { promise, resolve } = deferred();
  const handle = vi.fn(() => promise);
  queue.start(handle, 2);
  await vi.waitFor(() => expect(handle).toHaveBeenCalledTimes(2));
  expect(await queue.stop(10)).toBe(false);
  resolve();
  expect(await queue.stop(1_000)).toBe(true);
  expect(handle).toHaveBeenCalledTimes(2);
});
