import { afterEach, beforeEach, expect, test } from "vitest";
import { createStubEngine } from "../../adapters/engines/stub/create-stub-engine.ts";
import type { TryOnsForTest } from "../../testing/make-try-ons.ts";
import { makeTryOns } from "../../testing/make-try-ons.ts";
import type { Caller } from "../caller.ts";

const dayMs = 86_400_000;
let kit: TryOnsForTest;
let merchant: Caller;

beforeEach(async () => {
  kit = await makeTryOns({ previewEngine: { ...createStubEngine({ waitMs: 0 }), name: "local" } });
  merchant = { ...(await kit.seedCaller("publishable")), keyMode: "preview", previewOf: "tee-1" };
});
afterEach(() => kit.remove());

const ask = (caller: Caller) => kit.request(caller, { top: { url: "https://shop.example/tee.jpg" } });

test("a merchant's own preview costs nothing, runs on the local engine and stays out of history and figures", async () => {
  const { job } = await ask(merchant);
  await kit.service.run(job.id);
  expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({
    key_mode: "preview",
    engine: "local",
    status: "completed",
    credits_used: 0,
  });
  expect(await kit.balance(merchant)).toEqual({ free: 0, paid: 100 });
  const live = { ...merchant, keyMode: "live" as const, previewOf: undefined };
  expect(await kit.service.list(live, { filter: {}, limit: 10 })).toMatchObject({ jobs: [], total: 0 });
  expect(await kit.service.list(merchant, { filter: {}, limit: 10 })).toMatchObject({ jobs: [{ id: job.id }] });
  expect(await kit.store.tryOnJobs.totalCreditsUsed(merchant.user.id)).toBe(0);
  const today = new Date(kit.clock.now().getTime() - dayMs);
  expect(await kit.store.tryOnJobs.countSince(merchant.user.id, today, "live")).toBe(0);
});

test("of 50 at once exactly 20 are previews, and the next day there are 20 again", async () => {
  const settle = () => Promise.allSettled(Array.from({ length: 50 }, () => ask(merchant)));
  const refusals = (outcomes: PromiseSettledResult<unknown>[]) =>
    outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
  expect(refusals(await settle())).toEqual(Array.from({ length: 30 }, () => "daily_generation_limit"));
  await expect(ask(merchant)).rejects.toMatchObject({ code: "daily_generation_limit", retryAfterS: 50_400 });
  // what shoppers do counts apart
  const shopper = { ...merchant, keyMode: "live" as const, previewOf: undefined };
  expect((await ask(shopper)).job.credits_used).toBe(1);
  kit.clock.move(dayMs);
  expect((await ask(merchant)).job.key_mode).toBe("preview");
});

test("a preview without credits works; of another product, or before the address is verified, it does not", async () => {
  const poor = { ...(await kit.seedCaller("publishable", { credits: 0 })), keyMode: "preview" as const };
  expect((await ask({ ...poor, previewOf: "tee-1" })).job.credits_used).toBe(0);
  await expect(ask({ ...poor, previewOf: "tee-2" })).rejects.toMatchObject({ code: "forbidden" });
  const fresh = await kit.seedCaller("publishable", { is_email_verified: false });
  await expect(ask({ ...fresh, keyMode: "preview" })).rejects.toMatchObject({ code: "email_not_verified" });
});

test("a preview is read with a live key and its token, not with a test key", async () => {
  const { job, jobToken } = await ask(merchant);
  const read = (keyMode: Caller["keyMode"]) => kit.service.find({ ...merchant, keyMode }, job.id, jobToken);
  expect((await read("live")).id).toBe(job.id);
  expect((await read("preview")).id).toBe(job.id);
  await expect(read("test")).rejects.toMatchObject({ code: "not_found" });
});
