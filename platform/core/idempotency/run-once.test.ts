import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { deferred } from "../../testing/deferred.ts";
import { makeStore } from "../../testing/make-store.ts";
import { makeClock } from "../../testing/make-try-ons.ts";
import { createKeyRing } from "../crypto/key-ring.ts";
import type { Store } from "../ports.ts";
import type { Keep, StoredAnswer } from "./run-once.ts";
import { runOnce } from "./run-once.ts";

const ring = createKeyRing([{ kid: "a", secret: "0123456789abcdefghijklmnopqrstuv" }]);
let store: Store;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ store, remove } = await makeStore());
});
afterAll(() => remove());

const token = "the-job-token-of-one-shopper";
const answerOf = (status: number, body = token): { answer: StoredAnswer; jobId: string } => ({
  answer: { status, headers: { "X-Credits-Charged": "1" }, body },
  jobId: "job",
});

/** A scope of its own with a clock to move; `send` is one request. */
function open() {
  const clock = makeClock();
  const scope = uuidv7();
  const send = (
    act: (keep: Keep) => Promise<ReturnType<typeof answerOf>>,
    over: { inputHash?: string; scope?: string } = {},
  ) => runOnce({ store, clock, ring }, { scope, key: "k", inputHash: "one", ...over }, act);
  return { clock, scope, send };
}

test("a repeat gets the first answer, headers and token included; another scope its own", async () => {
  const { send } = open();
  const act = vi.fn(async () => answerOf(202));
  const first = await send(act);
  const again = await send(act);
  expect([first.replayed, again.replayed]).toEqual([false, true]);
  expect(again.answer).toEqual(first.answer);
  expect(act).toHaveBeenCalledTimes(1);
  expect((await send(act, { scope: uuidv7() })).replayed).toBe(false);
});

test("the stored answer cannot be read without the key ring, and is gone after 24 hours", async () => {
  const { send, scope, clock } = open();
  await send(async () => answerOf(202));
  const row = await store.idempotency.find(scope, "k");
  expect(row).toMatchObject({ state: "done", job_id: "job" });
  expect(row?.answer).not.toContain(token);
  expect(JSON.parse(ring.decrypt(row?.answer ?? "")).body).toBe(token);
  clock.move(24 * 3_600_000);
  expect((await send(async () => answerOf(202, "new"))).replayed).toBe(false);
  clock.move(24 * 3_600_000);
  await store.idempotency.deleteExpired(clock.now(), 1_000);
  expect(await store.idempotency.find(scope, "k")).toBeNull();
});

test("another input under the same key is a conflict, while the first runs and after it", async () => {
  const { send } = open();
  const { promise, resolve } = deferred();
  const first = send(async () => {
    await promise;
    return answerOf(202);
  });
  await expect(send(async () => answerOf(202), { inputHash: "two" })).rejects.toMatchObject({
    code: "idempotency_conflict",
  });
  resolve();
  await first;
  await expect(send(async () => answerOf(202), { inputHash: "two" })).rejects.toMatchObject({
    code: "idempotency_conflict",
  });
});

test("a second request waits for the first and gets its answer", async () => {
  const { send } = open();
  const { promise, resolve } = deferred();
  const act = vi.fn(async () => {
    await promise;
    return answerOf(202);
  });
  const both = [send(act), send(act)];
  await vi.waitFor(() => expect(act).toHaveBeenCalled(), { timeout: 10_000 });
  resolve();
  expect((await Promise.all(both)).map(({ replayed }) => replayed).sort()).toEqual([false, true]);
  expect(act).toHaveBeenCalledTimes(1);
});

test("after ten seconds of waiting it is told that the first still runs", async () => {
  const { send } = open();
  const { promise, resolve } = deferred();
  const first = send(async () => {
    await promise;
    return answerOf(202);
  });
  const began = performance.now();
  await expect(send(async () => answerOf(202))).rejects.toMatchObject({
    code: "idempotency_in_progress",
    retryAfterS: 1,
  });
  expect(performance.now() - began).toBeGreaterThan(9_900);
  expect(performance.now() - began).toBeLessThan(12_000);
  resolve();
  await first;
});

test("a record in progress for 60 s is taken over, and its first holder keeps nothing", async () => {
  const { send, clock, scope } = open();
  const { promise, resolve } = deferred();
  const act = vi.fn(async () => {
    await promise;
    return answerOf(202, "late");
  });
  const lost = send(act);
  await vi.waitFor(() => expect(act).toHaveBeenCalled(), { timeout: 10_000 });
  clock.move(60_000);
  expect((await send(async () => answerOf(202, "second"))).answer.body).toBe("second");
  resolve();
  await lost;
  const kept = await store.idempotency.find(scope, "k");
  expect(JSON.parse(ring.decrypt(kept?.answer ?? "")).body).toBe("second");
});

test("an answer that was kept with what was done is the repeat's, though its process died right after", async () => {
  const { send, clock } = open();
  const act = vi.fn(async (keep: Keep) => {
    await store.transaction((tx) => keep(tx, answerOf(202, "done")));
    // as if killed: neither kept once more nor freed
    return new Promise<never>(() => {});
  });
  void send(act);
  await vi.waitFor(async () => expect((await send(act)).answer.body).toBe("done"), { timeout: 10_000 });
  clock.move(60_000);
  expect(await send(act)).toMatchObject({ replayed: true, answer: { body: "done" } });
  expect(act).toHaveBeenCalledTimes(1);
});

test("who lost the key to another meanwhile can do nothing in its name any more", async () => {
  const { send, clock } = open();
  const { promise, resolve } = deferred();
  const slow = vi.fn(async (keep: Keep) => {
    await promise;
    await store.transaction((tx) => keep(tx, answerOf(202, "late")));
    return answerOf(202, "late");
  });
  const lost = send(slow);
  await vi.waitFor(() => expect(slow).toHaveBeenCalled(), { timeout: 10_000 });
  clock.move(60_000);
  expect((await send(async () => answerOf(202, "second"))).answer.body).toBe("second");
  resolve();
  await expect(lost).rejects.toMatchObject({ code: "idempotency_in_progress" });
  expect((await send(async () => answerOf(202))).answer.body).toBe("second");
});

test("only 2xx answers are kept: an error or another status frees the key", async () => {
  const { send } = open();
  await expect(
    send(async () => {
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect((await send(async () => answerOf(302))).replayed).toBe(false);
  expect((await send(async () => answerOf(202))).replayed).toBe(false);
  expect((await send(async () => answerOf(202))).replayed).toBe(true);
});
