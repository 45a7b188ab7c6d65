import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import type { TryOnsForTest } from "../../testing/make-try-ons.ts";
import { makeTryOns } from "../../testing/make-try-ons.ts";
import { settingsRow } from "../../testing/rows.ts";
import { sweepExpiredImages } from "./sweep-expired-images.ts";

const hour = 3_600_000;
let kit: TryOnsForTest;
afterEach(() => kit.remove());

const names = async (jobId: string) =>
  (await kit.objectsOf(jobId)).map((key) => path.basename(key).replace(/-\d+|\.\w+/g, ""));

test("a shopper's photo and result go 24 h after the job ended, and with them what the row says of a person", async () => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller("publishable");
  const input = { top: { url: "https://shop.example/tee.jpg" }, shopperId: "shopper-1", consentVersion: "2026-11" };
  const { job } = await kit.request(caller, input);
  await kit.service.run(job.id);
  kit.clock.move(24 * hour - 1);
  await sweepExpiredImages(kit.deps);
  expect(await names(job.id)).toEqual(["person", "result", "top"]);
  kit.clock.move(1);
  await sweepExpiredImages(kit.deps);
  expect(await names(job.id)).toEqual([]);
  const gone = { person_image: null, output_image: null, person_hash: null, shopper_id: null, job_token_hash: null };
  expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({ ...gone, product_id: "tee-1", credits_used: 1 });
});

test("the merchant's own result stays 30 days, its photo one", async () => {
  kit = await makeTryOns();
  const { job } = await kit.request(await kit.seedCaller("secret"));
  await kit.service.run(job.id);
  kit.clock.move(25 * hour);
  await sweepExpiredImages(kit.deps);
  expect(await names(job.id)).toEqual(["result"]);
  kit.clock.move(30 * 24 * hour);
  await sweepExpiredImages(kit.deps);
  expect(await names(job.id)).toEqual([]);
});

test("a retention of 0 hours takes the photo at the next sweep", async () => {
  kit = await makeTryOns();
  const caller = await kit.seedCaller();
  const { job } = await kit.request(caller);
  await kit.store.settings.upsert(settingsRow(caller.user.id, { photo_retention_hours: 0 }));
  await kit.service.run(job.id);
  await sweepExpiredImages(kit.deps);
  expect(await names(job.id)).toEqual(["result"]);
});

test("an object that no job names goes once it is an hour old; a job's own stay", async () => {
  kit = await makeTryOns();
  const { job } = await kit.request(await kit.seedCaller());
  const orphans = ["photos", "jobs"].map((kind) => `${kind}/somebody/0198c5f2-7e1a-7c3d-9a4b-3f2e1d0c9b8a/person.jpg`);
  for (const orphan of orphans) await kit.deps.objects.put(orphan, new Uint8Array(1), "image/jpeg");
  const written = new Date(kit.clock.now().getTime() - hour + 1_000);
  for (const key of [...orphans, ...(await kit.objectsOf(job.id))]) {
    utimesSync(path.join(kit.folder, "objects", key), written, written);
  }
  expect(await sweepExpiredImages(kit.deps)).toMatchObject({ orphans: 0 });
  kit.clock.move(2_000);
  expect(await sweepExpiredImages(kit.deps)).toMatchObject({ orphans: 2 });
  for (const orphan of orphans) expect(await kit.deps.objects.get(orphan)).toBeNull();
  expect(await names(job.id)).toEqual(["person", "top"]);
});

test("what a write left behind that was cut off goes like any orphan, and does not stop the sweep", async () => {
  kit = await makeTryOns();
  const folder = path.join(kit.folder, "objects", "jobs", "0198c5f2-7e1a-7c3d-9a4b-3f2e1d0c9b8a");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "person.jpg.0f8fad5b-d9cb-469f-a165-70867728950e.tmp"), "half a picture");
  writeFileSync(path.join(folder, "top.jpg"), "a picture");
  kit.clock.move(Date.now() + 2 * hour - kit.clock.now().getTime());
  expect(await sweepExpiredImages(kit.deps)).toMatchObject({ orphans: 2 });
  expect(existsSync(folder)).toBe(false);
});
