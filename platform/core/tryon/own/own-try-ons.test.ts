import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMemoryRateLimiter } from "../../../adapters/limits/create-memory-rate-limiter.ts";
import { secret } from "../../../testing/make-auth.ts";
import type { TryOnsForTest } from "../../../testing/make-try-ons.ts";
import { bytesOf, makeTryOns } from "../../../testing/make-try-ons.ts";
import { settingsRow } from "../../../testing/rows.ts";
import { defaultLimits, namedLimits } from "../../access/limits.ts";
import type { Caller } from "../../caller.ts";
import { createKeyRing } from "../../crypto/key-ring.ts";
import { createResultUrls } from "../../crypto/sign-result-url.ts";
import { consentVersionFor } from "../consent-version.ts";
import type { OwnTryOns } from "./create-own-try-ons.ts";
import { createOwnTryOns } from "./create-own-try-ons.ts";

let kit: TryOnsForTest;
let own: OwnTryOns;
let caller: Caller;
const merchant = () => ({ user: caller.user, ip: caller.ip });
const input = {
  person: bytesOf("me"),
  top: bytesOf("a tee"),
  bottom: null,
  mode: "top" as const,
  productId: "tee-1",
  productUrl: null,
  shopperId: null,
  consentVersion: null,
};

beforeEach(async () => {
  kit = await makeTryOns();
  own = createOwnTryOns({
    ...kit.deps,
    tryOns: kit.service,
    limiter: createMemoryRateLimiter(),
    limits: namedLimits({ ...defaultLimits, ownChecksPerHour: 4 }),
    ring: createKeyRing([secret]),
    resultUrls: createResultUrls({ keys: [secret], publicUrl: "https://platform.example" }),
    shrinker: { shrink: async () => ({ bytes: new TextEncoder().encode("small"), contentType: "image/webp" }) },
  });
  caller = await kit.seedCaller("secret");
});
afterEach(() => kit.remove());

const start = () => own.start(merchant(), input, randomUUID());
const run = (jobId: string) => kit.service.run(jobId);
const see = (jobId: string) => own.see(caller.user.id, jobId);

/** A shopper's job on this account, ended. */
async function shopperJob(consentVersion = "2026-11") {
  const shopper = { ...(await kit.seedCaller("publishable")), user: caller.user };
  const key = shopper.apiKey;
  if (!key) throw new Error("no key");
  const made = { ...key, id: randomUUID(), user_id: caller.user.id, key_hash: randomUUID() };
  await kit.store.apiKeys.insert(made);
  await kit.store.settings.upsert(settingsRow(caller.user.id, { allow_garment_bytes: true }));
  const { job } = await kit.request({ ...shopper, apiKey: made }, { shopperId: "s-1", consentVersion });
  await run(job.id);
  return job.id;
}

test("the merchant's own try-on costs what any costs, and every picture of it may be looked at", async () => {
  const jobId = await start();
  await run(jobId);
  expect(await kit.balance(caller)).toEqual({ free: 0, paid: 99 });
  const seen = await see(jobId);
  expect(seen).toMatchObject({ source: "dashboard", isResultPrivate: false, canRetry: true, fault: null });
  expect(seen.pictures).toEqual(["person", "top", "output"]);
  expect(Buffer.from((await own.picture(caller.user.id, jobId, "person")).bytes).toString()).toBe("me");
  expect(await own.smallResult(seen)).toMatchObject({ contentType: "image/webp" });
  expect(await own.resultUrl(caller.user.id, jobId)).toMatch(/^https:\/\/platform\.example\/.*signature=/);
});

test("the same form sent twice makes one job", async () => {
  const formId = randomUUID();
  const ids = await Promise.all([own.start(merchant(), input, formId), own.start(merchant(), input, formId)]);
  expect(ids[0]).toBe(ids[1]);
  expect(await kit.balance(caller)).toEqual({ free: 0, paid: 99 });
  const other = own.start(merchant(), { ...input, productId: "other" }, formId);
  await expect(other).rejects.toMatchObject({ code: "idempotency_conflict" });
});

test("a shopper's photo is never shown, nor their result unless both the merchant and the text they agreed to say so", async () => {
  const former = await shopperJob();
  const seen = await see(former);
  expect(seen.source).toBe("widget");
  expect(seen.pictures).toEqual(["top"]);
  expect(seen.isResultPrivate).toBe(true);
  const refused = { code: "not_found" };
  await expect(own.picture(caller.user.id, former, "person")).rejects.toMatchObject(refused);
  await expect(own.picture(caller.user.id, former, "output")).rejects.toMatchObject(refused);
  await expect(own.resultUrl(caller.user.id, former)).rejects.toMatchObject(refused);
  expect(await own.smallResult(seen)).toBeNull();

  const shown = settingsRow(caller.user.id, { show_shopper_results: true, allow_garment_bytes: true });
  const informed = await shopperJob(consentVersionFor("2026-11", shown));
  // agreed to a text that said results are shown, but the merchant has it switched off
  expect((await see(informed)).pictures).toEqual(["top"]);
  await kit.store.settings.upsert(shown);
  expect((await see(informed)).pictures).toEqual(["top", "output"]);
  expect((await see(former)).pictures).toEqual(["top"]);
});

test("the photo of a shopper stays hidden when the result's retention has taken the job's other marks", async () => {
  const jobId = await shopperJob();
  await kit.store.tryOnJobs.patch(jobId, { job_token_hash: null, shopper_id: null }, kit.clock.now());
  expect((await see(jobId)).pictures).toEqual(["top"]);
});

test("of a job by secret key the result is shown, the photo is not", async () => {
  const { job } = await kit.request(caller);
  await run(job.id);
  expect(await see(job.id)).toMatchObject({ source: "api", pictures: ["top", "output"] });
});

test("a retry is a new job of the same pictures, charged as new", async () => {
  const jobId = await start();
  const retry = (formId = randomUUID()) => own.retry(merchant(), jobId, formId);
  await expect(retry()).rejects.toMatchObject({ code: "conflict" });
  await run(jobId);
  const again = await retry();
  expect(again).not.toBe(jobId);
  expect(await kit.balance(caller)).toEqual({ free: 0, paid: 98 });
  expect(await kit.store.tryOnJobs.findById(again)).toMatchObject({
    status: "queued",
    product_id: "tee-1",
    mode: "top",
  });
  await run(again);
  expect((await see(again)).pictures).toEqual(["person", "top", "output"]);
});

test("a test job is asked for again as a test job, free", async () => {
  const { job } = await kit.request({ ...caller, keyMode: "test" });
  await run(job.id);
  const again = await own.retry(merchant(), job.id, randomUUID());
  expect(await kit.store.tryOnJobs.findById(again)).toMatchObject({ key_mode: "test", credits_used: 0 });
  expect(await kit.balance(caller)).toEqual({ free: 0, paid: 100 });
});

test("there is no retry when the pictures are gone, nor of a shopper's job, nor of another account's", async () => {
  const jobId = await start();
  await run(jobId);
  const job = await own.find(caller.user.id, jobId);
  await kit.deps.objects.delete(job.top_image ?? "");
  await expect(own.retry(merchant(), jobId, randomUUID())).rejects.toMatchObject({ code: "gone" });
  await own.remove(caller.user.id, jobId);
  expect(await see(jobId)).toMatchObject({ canRetry: false, pictures: [] });
  await expect(own.retry(merchant(), jobId, randomUUID())).rejects.toMatchObject({ code: "gone" });
  const shoppers = await shopperJob();
  expect((await see(shoppers)).canRetry).toBe(false);
  await expect(own.retry(merchant(), shoppers, randomUUID())).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await kit.seedCaller("secret");
  await expect(own.see(stranger.user.id, jobId)).rejects.toMatchObject({ code: "not_found" });
  const foreign = own.retry({ user: stranger.user, ip: "::1" }, jobId, randomUUID());
  await expect(foreign).rejects.toMatchObject({ code: "not_found" });
});

test("a failed job tells why in public words, with its credits back", async () => {
  const jobId = await start();
  await kit.store.tryOnJobs.transition(
    jobId,
    ["queued"],
    { status: "failed", error_code: "garment_not_found" },
    kit.clock.now(),
  );
  expect((await see(jobId)).fault).toMatchObject({
    code: "garment_not_found",
    message: "No garment was found in the product picture.",
    hint: "Use a picture of the garment alone.",
    retryable: false,
  });
});

test("the history names sources, is held to its time, and goes on by its cursor", async () => {
  const first = await start();
  kit.clock.move(86_400_000);
  const second = await start();
  const list = (query: Partial<Parameters<OwnTryOns["list"]>[2]>) =>
    own.list(merchant(), "live", { filter: {}, limit: 20, ...query });
  expect((await list({})).jobs.map(({ job, source }) => [job.id, source])).toEqual([
    [second, "dashboard"],
    [first, "dashboard"],
  ]);
  const from = kit.clock.now();
  expect((await list({ filter: { from } })).jobs.map(({ job }) => job.id)).toEqual([second]);
  expect((await list({ filter: { to: from } })).jobs.map(({ job }) => job.id)).toEqual([first]);
  const { nextCursor } = await list({ limit: 1 });
  expect((await list({ limit: 1, cursor: nextCursor ?? "" })).jobs.map(({ job }) => job.id)).toEqual([first]);
});

test("photo checks of the pages count on the account", async () => {
  const check = (name: string) => own.check(merchant(), { person: bytesOf(name), mode: "top" });
  for (const name of ["a", "b", "c", "d"]) expect((await check(name)).ok).toBe(true);
  await expect(check("e")).rejects.toMatchObject({ code: "rate_limited" });
});
