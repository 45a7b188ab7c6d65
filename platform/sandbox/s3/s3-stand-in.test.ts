import {
  GetBucketLifecycleConfigurationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createS3Client } from "../../adapters/objects/s3/create-s3-client.ts";
import type { S3ForTest } from "../../testing/start-s3.ts";
import { startS3 } from "../../testing/start-s3.ts";

let s3: S3ForTest;
let client: S3Client;
beforeAll(async () => {
  s3 = await startS3();
  client = createS3Client(s3.settings);
});
afterAll(async () => {
  client.destroy();
  await s3.stop();
});
const Bucket = "trailroom-pictures";
const failing = (promise: Promise<unknown>) => promise.then(() => "none").catch((error: Error) => error.name);

test("a range of an object is 206 with its place, and one past its end is 416", async () => {
  await client.send(new PutObjectCommand({ Bucket, Key: "a b/ü.txt", Body: "0123456789" }));
  const read = async (Range: string) => {
    const { Body, ContentRange } = await client.send(new GetObjectCommand({ Bucket, Key: "a b/ü.txt", Range }));
    return [await Body?.transformToString(), ContentRange];
  };
  expect(await read("bytes=2-4")).toEqual(["234", "bytes 2-4/10"]);
  expect(await read("bytes=7-")).toEqual(["789", "bytes 7-9/10"]);
  expect(await read("bytes=-3")).toEqual(["789", "bytes 7-9/10"]);
  expect(await failing(read("bytes=10-"))).toBe("InvalidRange");
});

test("a miss is NoSuchKey on GET and NotFound without a body on HEAD", async () => {
  expect(await failing(client.send(new GetObjectCommand({ Bucket, Key: "nowhere" })))).toBe("NoSuchKey");
  expect(await failing(client.send(new HeadObjectCommand({ Bucket, Key: "nowhere" })))).toBe("NotFound");
});

test("a checksum that comes with an object is held, whichever it is", async () => {
  const put = (extra: object) => client.send(new PutObjectCommand({ Bucket, Key: "sum.txt", Body: "hello", ...extra }));
  await put({ ChecksumCRC32: "NhCmhg==" });
  await put({ ChecksumSHA256: "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=" });
  await put({ ContentMD5: "XUFAKrxLKna5cZ2REBfFkg==" });
  expect(await failing(put({ ChecksumCRC32: "AAAAAA==" }))).toBe("BadDigest");
  expect(await failing(put({ ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" }))).toBe("BadDigest");
});

test("a client that adds checksums by default is held to them too", async () => {
  const { endpoint, region, accessKeyId, secretAccessKey } = s3.settings;
  const eager = new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true });
  await eager.send(new PutObjectCommand({ Bucket, Key: "eager.txt", Body: "hello" }));
  eager.destroy();
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: "eager.txt" }));
  expect(await Body?.transformToString()).toBe("hello");
});

test("listing goes on where its token says, in the order of the names' bytes", async () => {
  for (const name of ["b", "a", "ä", "z", "Z"]) {
    await client.send(new PutObjectCommand({ Bucket, Key: `list/${name}`, Body: "1" }));
  }
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = new ListObjectsV2Command({ Bucket, Prefix: "list/", MaxKeys: 2, ContinuationToken });
    const { Contents = [], NextContinuationToken } = await client.send(page);
    keys.push(...Contents.map(({ Key }) => Key?.slice(5) ?? ""));
    ContinuationToken = NextContinuationToken;
  } while (ContinuationToken);
  expect(keys).toEqual(["Z", "a", "b", "z", "ä"]);
});

test("lifecycle rules are given back as they were put", async () => {
  expect(await failing(client.send(new GetBucketLifecycleConfigurationCommand({ Bucket })))).toBe(
    "NoSuchLifecycleConfiguration",
  );
  const rule = { ID: "one", Status: "Enabled" as const, Filter: { Prefix: "photos/" }, Expiration: { Days: 1 } };
  const LifecycleConfiguration = { Rules: [rule] };
  await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
  const { Rules } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  expect(Rules).toEqual([rule]);
});
