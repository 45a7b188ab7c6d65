import { afterEach, expect, test } from "vitest";
import { createJobClient } from "./job-client.ts";
import type { Platform } from "./start-platform.ts";
import { startPlatform } from "./start-platform.ts";

let platform: Platform;
afterEach(() => platform.stop());

test("50 parallel requests on 7 paid and 3 free credits: exactly 10 are accepted, the rest answer 402, the ledger is the balance", async () => {
  platform = await startPlatform({ STUB_ENGINE_MS: "50" }, 7);
  const client = createJobClient(platform);
  await platform.start();

  const answers = await Promise.all(Array.from({ length: 50 }, () => client.post()));

  const statuses = answers.map((answer) => answer.status);
  expect(statuses.filter((status) => status === 202)).toHaveLength(10);
  expect(statuses.filter((status) => status === 402)).toHaveLength(40);
  const { store, merchant } = platform;
  const user = await store.users.findById(merchant.user.id);
  expect([user?.daily_free_credits, user?.credits]).toEqual([0, 0]);
  expect(await store.creditTransactions.sums(merchant.user.id)).toEqual({ free: 0, paid: 0 });
});

test("the same request 20 times in parallel with one Idempotency-Key makes one job", async () => {
  platform = await startPlatform({ STUB_ENGINE_MS: "50" });
  const client = createJobClient(platform);
  await platform.start();

  const answers = await Promise.all(Array.from({ length: 20 }, () => client.post({ "Idempotency-Key": "order-1" })));

  const jobs = await Promise.all(answers.map((answer) => answer.json() as Promise<{ job_id: string }>));
  expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(202));
  expect(new Set(jobs.map((job) => job.job_id)).size).toBe(1);
  expect((await platform.store.users.findById(platform.merchant.user.id))?.daily_free_credits).toBe(2);
});
