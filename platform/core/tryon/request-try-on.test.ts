import { afterEach, expect, test, vi } from "vitest";
import { createDiskObjectStore } from "../../adapters/objects/disk/create-disk-object-store.ts";
import { deferred } from "../../testing/deferred.ts";
import type { TryOnsForTest } from "../../testing/make-try-ons.ts";
import { bytesOf, makeTryOns } from "../../testing/make-try-ons.ts";
import { settingsRow } from "../../testing/rows.ts";
import { AppError } from "../errors.ts";
import { defaultTryOnSettings } from "./settings.ts";

let kit: TryOnsForTest;
afterEach(() => kit.remove());

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error: AppError) => error.code,
  );

test("an accepted job is stored, paid for and queued", async () => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller("secret", { credits: 5 });
  const { job, jobToken } = await kit.request(caller);
  expect(jobToken).toBeNull();
  expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({ status: "queued", credits_used: 1 });
  expect(kit.enqueued.map((entry) => entry.jobId)).toEqual([job.id]);
  expect(await kit.balance(caller)).toMatchObject({ paid: 5 - job.charged_paid });
});

test("a full disk answers store_unavailable: no job, nothing charged", async () => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  const full = vi.fn(async () => {
    throw new AppError("store_unavailable", { log: "ENOSPC: no space left on device" });
  });
  const objects = { ...createDiskObjectStore({ folder: kit.folder }), put: full };
  kit.deps.objects = objects;
  expect(await code(kit.request(caller))).toBe("store_unavailable");
  expect(full).toHaveBeenCalled();
  expect(await kit.balance(caller)).toEqual(before);
  expect(await kit.store.tryOnJobs.count(caller.user.id, {}, 10)).toBe(0);
});

test("an account that is suspended, unverified or out of credits is told so before any picture is read", async () => {
  const prepare = vi.fn();
  kit = await makeTryOns({ preparer: { prepare } });
  const suspended = await kit.seedCaller("secret", { is_suspended: true });
  const unverified = await kit.seedCaller("secret", { is_email_verified: false });
  const poor = await kit.seedCaller("secret", { credits: 0 });
  expect(await code(kit.request(suspended))).toBe("account_suspended");
  expect(await code(kit.request(unverified))).toBe("email_not_verified");
  expect(await code(kit.request(poor))).toBe("insufficient_credits");
  expect(prepare).not.toHaveBeenCalled();
});

test("a photo that the check refuses costs nothing, and the verdict is remembered for ten minutes", async () => {
  const checkPerson = vi.fn(async () => ["no_person_detected"]);
  kit = await makeTryOns({ checker: { checkPerson, checkGarment: async () => [] } });
  const caller = await kit.seedCaller();
  const before = await kit.balance(caller);
  expect(await code(kit.request(caller))).toBe("no_person_detected");
  expect(await code(kit.request(caller))).toBe("no_person_detected");
  expect(checkPerson).toHaveBeenCalledTimes(1);
  kit.clock.move(10 * 60_000 + 1);
  await code(kit.request(caller));
  expect(checkPerson).toHaveBeenCalledTimes(2);
  expect(await kit.balance(caller)).toEqual(before);
});

test("identical photo checks in flight share one run", async () => {
  const { promise, resolve } = deferred<string[]>();
  const checkPerson = vi.fn(() => promise);
  kit = await makeTryOns({ checker: { checkPerson, checkGarment: async () => [] } });
  const caller = await kit.seedCaller();
  const requests = [kit.request(caller), kit.request(caller), kit.request(caller)];
  await vi.waitFor(() => expect(checkPerson).toHaveBeenCalled());
  resolve([]);
  expect(new Set((await Promise.all(requests)).map(({ job }) => job.id)).size).toBe(3);
  expect(checkPerson).toHaveBeenCalledTimes(1);
});

test("a garment that /tryon/check refused is refused at POST too", async () => {
  const checkGarment = async () => ["garment_background_not_plain"];
  kit = await makeTryOns({ checker: { checkPerson: async () => [], checkGarment } });
  const caller = await kit.seedCaller();
  const check = await kit.service.check(caller, { top: bytesOf("a tee") }, async () => {});
  expect(check.problems.map((problem) => problem.code)).toEqual(["garment_background_not_plain"]);
  expect(await code(kit.request(caller))).toBe("garment_background_not_plain");
  expect(await code(kit.request(caller, { top: bytesOf("another tee") }))).toBe("accepted");
});

test("a key's daily budget is a fifth of the balance at its first job; using it up sends one mail and then the key rests", async () => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller("publishable", { credits: 60 });
  const shopper = { top: { url: "https://shop.example/tee.jpg" }, consentVersion: "2026-11", shopperId: "s1" };
  const answers: string[] = [];
  for (let i = 0; i < 15; i += 1) answers.push(await code(kit.request(caller, shopper)));
  const accepted = answers.filter((answer) => answer === "accepted").length;
  expect(accepted).toBe(12); // a fifth of 60
  expect(answers.slice(accepted)).toEqual(Array(15 - accepted).fill("budget_reached"));
  const mails = await kit.store.outbox.listPending(kit.clock.now(), 100);
  expect(mails.filter((mail) => mail.type === "key_budget_reached")).toHaveLength(1);
});

test("a key's monthly budget bounds its days together; a raised one counts at once, and a new month begins anew", async () => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller("publishable", { credits: 500 });
  const shopper = { top: { url: "https://shop.example/tee.jpg" }, consentVersion: "2026-11", shopperId: "s1" };
  const set = (monthly_key_budget: number | null) =>
    kit.store.settings.upsert(settingsRow(caller.user.id, { monthly_key_budget }));
  const request = async (count: number) => {
    const answers: string[] = [];
    for (let i = 0; i < count; i += 1) answers.push(await code(kit.request(caller, shopper)));
    return answers.filter((answer) => answer === "accepted").length;
  };
  await set(5);
  expect(await request(3)).toBe(3);
  kit.clock.move(86_400_000);
  expect(await request(4)).toBe(2);
  expect(await code(kit.request(caller, shopper))).toBe("budget_reached");
  const mails = await kit.store.outbox.listPending(kit.clock.now(), 100);
  expect(mails.filter((mail) => mail.type === "key_month_reached")).toMatchObject([{ payload: { budget: 5 } }]);
  await set(6);
  expect(await request(2)).toBe(1);
  kit.clock.move(31 * 86_400_000);
  expect(await request(1)).toBe(1);
});

test("with a publishable key garments come from the key's hosts only, and as bytes only where the merchant allows it", async () => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller("publishable");
  expect(await code(kit.request(caller))).toBe("key_not_permitted");
  expect(await code(kit.request(caller, { top: { url: "https://elsewhere.example/a.jpg" } }))).toBe(
    "key_not_permitted",
  );
  const { jobToken } = await kit.request(caller, { top: { url: "https://shop.example/a.jpg" } });
  expect(jobToken).toHaveLength(43);
});

test("parallel requests never pass the daily limit of generations", async () => {
  const settings = { ...defaultTryOnSettings, dailyGenerations: { free: 4, paid: 4, admin: null } };
  kit = await makeTryOns({ settings });
  const caller = await kit.seedCaller();
  const answers = await Promise.all(Array.from({ length: 10 }, () => code(kit.request(caller))));
  expect(answers.filter((answer) => answer === "accepted")).toHaveLength(4);
  expect(answers.filter((answer) => answer === "daily_generation_limit")).toHaveLength(6);
});

test.each([
  ["top", { top: null }],
  ["top", { bottom: bytesOf("trousers") }],
  ["full", { bottom: null }],
] as const)("mode %s with the wrong garments is an invalid request", async (mode, input) => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller();
  expect(await code(kit.request(caller, { mode, ...input }))).toBe("invalid_request");
});
