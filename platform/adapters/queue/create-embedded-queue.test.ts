import { expect, test, vi } from "vitest";
import { makeStore } from "../../testing/make-store.ts";
import { jobRow, userRow } from "../../testing/rows.ts";
import { describeQueue } from "./contract/describe-queue.ts";
import { createEmbeddedQueue } from "./create-embedded-queue.ts";

// so long that no test passes by looking
const pollMs = 60_000;
describeQueue("embedded", async (parts) => ({
  queue: createEmbeddedQueue({ ...parts, pollMs }),
  remove: async () => {},
}));

test("a job that nobody told the queue of is found by looking", async () => {
  const { store, remove } = await makeStore();
  const clock = { now: () => new Date() };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const queue = createEmbeddedQueue({ store, clock, runningPerAccount: 10, log, pollMs: 20 });
  const handled: string[] = [];
  await store.users.insert(userRow({ id: "one" }));
  queue.start(async (jobId) => {
    handled.push(jobId);
    await store.tryOnJobs.transition(jobId, ["queued"], { status: "cancelled" }, clock.now());
  }, 1);
  const job = jobRow("one");
  await store.tryOnJobs.insert(job);
  await vi.waitFor(() => expect(handled).toContain(job.id));
  await queue.stop(1_000);
  await remove();
});
