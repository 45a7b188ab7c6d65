import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { TryOnJob } from "../../../core/model.ts";
import type { Clock, Logger, Queue, Store } from "../../../core/ports.ts";
import { deferred } from "../../../testing/deferred.ts";
import { makeStore } from "../../../testing/make-store.ts";
import { recordCalls } from "../../../testing/record-calls.ts";
import { jobRow, userRow } from "../../../testing/rows.ts";

export interface QueueParts {
  store: Store;
  clock: Clock;
  runningPerAccount: number;
  log: Logger;
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const clock = { now: () => new Date() };
const runningPerAccount = 2;
const enough = { timeout: 10_000 };

/** The contract of the Queue port: every implementation passes exactly these. `make` is called for each test. */
export function describeQueue(
  name: string,
  make: (parts: QueueParts) => Promise<{ queue: Queue; remove: () => Promise<void> }>,
) {
  describe(`queue contract: ${name}`, () => {
    let store: Store;
    let queue: Queue;
    let removes: (() => Promise<void>)[];
    const called = new Set<string>();
    let uncalled: () => string[];
    beforeEach(async () => {
      const kit = await makeStore();
      store = kit.store;
      const made = await make({ store, clock, runningPerAccount, log: silent });
      const recorded = recordCalls(made.queue, called);
      queue = recorded.target;
      uncalled = recorded.record.uncalled;
      removes = [made.remove, kit.remove];
    });
    afterEach(async () => {
      await queue.stop(5_000);
      for (const remove of removes) await remove();
    });

    const addAccount = (id: string) => store.users.insert(userRow({ id }));
    /** A job accepted just now, as the platform does it: the row first, then the queue is told. */
    const accept = async (account: string, over: Partial<TryOnJob> = {}) => {
      const now = new Date();
      const job = jobRow(account, { created_at: now, run_after: now, ...over });
      await store.tryOnJobs.insert(job);
      await queue.enqueue(job.id, job.run_after);
      return job;
    };
    /** Runs jobs as a worker does, each for as long as `during` takes; tells whose jobs were begun. */
    const createWorker = (during: () => Promise<void> = async () => {}) => {
      const ran: string[] = [];
      const handle = async (jobId: string) => {
        const job = await store.tryOnJobs.claim(jobId, "worker", clock.now(), new Date(Date.now() + 30_000));
        if (!job) return;
        ran.push(job.user_id);
        await during();
        await store.tryOnJobs.transition(jobId, ["processing"], { status: "completed" }, clock.now(), "worker");
      };
      return { ran, handle };
    };

    test("an accepted job starts because the queue is told of it", async () => {
      await addAccount("one");
      const { ran, handle } = createWorker();
      queue.start(handle, 1);
      await accept("one");
      await vi.waitFor(() => expect(ran).toEqual(["one"]), enough);
    });

    test("a job for later waits for its time", async () => {
      await addAccount("one");
      let began = 0;
      const { ran, handle } = createWorker(async () => {
        began = Date.now();
      });
      queue.start(handle, 1);
      const runAfter = new Date(Date.now() + 700);
      await accept("one", { run_after: runAfter });
      await vi.waitFor(() => expect(ran).toEqual(["one"]), enough);
      expect(began).toBeGreaterThanOrEqual(runAfter.getTime());
    });

    test("accounts take turns: one with few jobs does not wait behind one with many", async () => {
      await addAccount("busy");
      await addAccount("calm");
      for (let i = 0; i < 5; i += 1) await accept("busy");
      await accept("calm");
      const { ran, handle } = createWorker();
      queue.start(handle, 1);
      await vi.waitFor(() => expect(ran).toHaveLength(6), enough);
      expect(ran.indexOf("calm")).toBeLessThan(2);
    });

    test("an account has no more jobs running than it may, and gets through all of them", async () => {
      await addAccount("one");
      let now = 0;
      let most = 0;
      const { ran, handle } = createWorker(async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 50));
        now -= 1;
      });
      for (let i = 0; i < 4; i += 1) await accept("one");
      queue.start(handle, 1);
      await vi.waitFor(() => expect(ran).toHaveLength(4), enough);
      expect(most).toBeLessThanOrEqual(runningPerAccount);
    });

    test("a job told twice runs once, and one put back runs again", async () => {
      await addAccount("one");
      let tries = 0;
      const handle = async (jobId: string) => {
        const job = await store.tryOnJobs.claim(jobId, "worker", clock.now(), new Date(Date.now() + 30_000));
        if (!job) return;
        tries += 1;
        const now = clock.now();
        const patch = { status: "queued" as const, run_after: now, lease_holder: null, lease_until: null };
        if (tries > 1) await store.tryOnJobs.transition(jobId, ["processing"], { status: "completed" }, now, "worker");
        else {
          await store.tryOnJobs.transition(jobId, ["processing"], patch, now, "worker");
          await queue.enqueue(jobId, now); // while its first ticket is still out
        }
      };
      const job = await accept("one");
      await queue.enqueue(job.id, job.run_after);
      queue.start(handle, 2);
      await vi.waitFor(async () => expect((await store.tryOnJobs.findById(job.id))?.status).toBe("completed"), enough);
      expect(tries).toBe(2);
    });

    test("a handler that fails costs the others nothing", async () => {
      await addAccount("one");
      const { ran, handle } = createWorker();
      let calls = 0;
      queue.start(async (jobId) => {
        calls += 1;
        if (calls === 1) throw new Error("broken");
        await handle(jobId);
      }, 1);
      await accept("one");
      await vi.waitFor(() => expect(calls).toBeGreaterThan(0), enough);
      await accept("one");
      await vi.waitFor(() => expect(ran.length).toBeGreaterThan(0), enough);
    });

    test("never more at once than allowed; stop takes nothing new and waits for what runs; the depth tells", async () => {
      for (const account of ["one", "two"]) await addAccount(account);
      const { promise, resolve } = deferred();
      const { ran, handle } = createWorker(() => promise);
      for (const account of ["one", "two", "one", "two"]) await accept(account);
      expect(await queue.depth()).toEqual({ waiting: 4, delayed: 0, active: 0 });
      queue.start(handle, 2);
      await vi.waitFor(() => expect(ran).toHaveLength(2), enough);
      await vi.waitFor(async () => expect(await queue.depth()).toMatchObject({ waiting: 2, active: 2 }), enough);
      expect(await queue.stop(10)).toBe(false);
      resolve();
      expect(await queue.stop(5_000)).toBe(true);
      expect(ran).toHaveLength(2);
    });

    test("every method of the port has been called", () => {
      expect(uncalled()).toEqual([]);
    });
  });
}
