import { GetBucketLifecycleConfigurationCommand, PutBucketLifecycleConfigurationCommand } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { S3ForTest } from "../../../testing/start-s3.ts";
import { startS3 } from "../../../testing/start-s3.ts";
import { describeObjectStore } from "../contract/describe-object-store.ts";
import { checkS3 } from "./check-s3.ts";
import { createS3Client } from "./create-s3-client.ts";
import { createS3ObjectStore } from "./create-s3-object-store.ts";
import { keepPhotoExpiry } from "./keep-photo-expiry.ts";

describeObjectStore("s3", async () => {
  const s3 = await startS3();
  const objects = createS3ObjectStore(s3.settings);
  return {
    objects,
    remove: async () => {
      objects.close();
      await s3.stop();
    },
  };
});

let s3: S3ForTest;
beforeEach(async () => {
  s3 = await startS3();
});
afterEach(() => s3.stop());

const lost = { code: "store_unavailable" };
const key = "jobs/a/b/top.png";

test("a prefix keeps the platform's objects apart from all else in the bucket", async () => {
  const objects = createS3ObjectStore({ ...s3.settings, prefix: "shop/" });
  s3.bucket.put("elsewhere/report.pdf", new Uint8Array(1), "application/pdf");
  await objects.put(key, new Uint8Array(2), "image/png");
  expect([...s3.bucket.objects.keys()]).toEqual(["elsewhere/report.pdf", `shop/${key}`]);
  expect((await objects.list("")).map((one) => one.key)).toEqual([key]);
  expect((await objects.get(key))?.bytes).toHaveLength(2);
  objects.close();
});

test.each(["denied", "down"] as const)(
  "a store that answers %s is store_unavailable, whatever was asked",
  async (fault) => {
    const objects = createS3ObjectStore(s3.settings);
    s3.setFault(fault);
    await expect(objects.put(key, new Uint8Array(1), "image/png")).rejects.toMatchObject(lost);
    await expect(objects.get(key)).rejects.toMatchObject(lost);
    await expect(objects.delete(key)).rejects.toMatchObject(lost);
    await expect(objects.list("jobs/")).rejects.toMatchObject(lost);
    await expect(objects.ping()).rejects.toMatchObject(lost);
    s3.setFault(null);
    await objects.ping();
    objects.close();
  },
);

test("a store that never answers is given up in bounded time, and one that is gone at once", async () => {
  const objects = createS3ObjectStore(s3.settings);
  s3.setFault("hang");
  const started = performance.now();
  await Promise.all([
    expect(objects.ping()).rejects.toMatchObject(lost),
    expect(objects.get(key)).rejects.toMatchObject(lost),
  ]);
  expect(performance.now() - started).toBeLessThan(10_000);
  await s3.stop();
  await expect(objects.put(key, new Uint8Array(1), "image/png")).rejects.toMatchObject(lost);
  s3.setFault(null);
  await s3.restart();
  await objects.put(key, new Uint8Array(1), "image/png");
  objects.close();
});

const lifecycleOf = async () => {
  const client = createS3Client(s3.settings);
  const { Rules = [] } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: s3.settings.bucket }));
  client.destroy();
  return Rules;
};
const photoRule = {
  ID: "trailroom-photos",
  Status: "Enabled",
  Filter: { Prefix: "photos/" },
  Expiration: { Days: 1 },
};

test("the bucket itself is told to delete photos after a day, once, and the operator's own rules stay", async () => {
  const client = createS3Client(s3.settings);
  const own = { ID: "logs", Status: "Enabled" as const, Filter: { Prefix: "logs/" }, Expiration: { Days: 90 } };
  const LifecycleConfiguration = { Rules: [own] };
  await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket: s3.settings.bucket, LifecycleConfiguration }));
  client.destroy();
  await keepPhotoExpiry(s3.settings);
  expect(await lifecycleOf()).toEqual([own, photoRule]);
  s3.calls.length = 0;
  await keepPhotoExpiry(s3.settings);
  expect(s3.calls).toEqual(["GET /trailroom-pictures/"]);
});

test("a store that knows no lifecycle rules says so", async () => {
  s3.setFault("no-lifecycle");
  await expect(keepPhotoExpiry(s3.settings)).rejects.toMatchObject({ name: "NotImplemented" });
});

test.each([
  ["a bucket that is not there", { bucket: "nowhere" }, /S3_BUCKET: there is no such bucket/],
  ["an unknown key id", { accessKeyId: "AKIASOMEBODY" }, /S3_ACCESS_KEY_ID/],
  ["a wrong secret", { secretAccessKey: "hush-hush" }, /S3_SECRET_ACCESS_KEY/],
  ["a wrong region", { region: "eu-west-9" }, /S3_REGION/],
  ["nobody at the address", { endpoint: "http://127.0.0.1:9" }, /S3_ENDPOINT: .*ECONNREFUSED/],
])("%s is told by the setting at fault, in good time", async (_name, over, reason) => {
  const started = performance.now();
  const told = await checkS3({ ...s3.settings, ...over }).catch((error: Error) => error.message);
  expect(told).toMatch(reason);
  expect(told).not.toMatch(/hush-hush/);
  expect(performance.now() - started).toBeLessThan(8_000);
});

test("a bucket that can be used leaves nothing behind when it is checked", async () => {
  await checkS3(s3.settings);
  expect(s3.bucket.objects.size).toBe(0);
});
