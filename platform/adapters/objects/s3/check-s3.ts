import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import type { S3Settings } from "./create-s3-client.ts";
import { createS3Client } from "./create-s3-client.ts";
import { within } from "./within.ts";

const checkMs = 6_000;

/** Which setting is at fault, by S3's own code. */
const culprits: Record<string, string> = {
  NoSuchBucket: "S3_BUCKET: there is no such bucket",
  InvalidAccessKeyId: "S3_ACCESS_KEY_ID is not known there",
  SignatureDoesNotMatch: "S3_SECRET_ACCESS_KEY does not fit the key id",
  AccessDenied: "S3_ACCESS_KEY_ID may not write, read, list and delete in S3_BUCKET",
  AuthorizationHeaderMalformed: "S3_REGION is not the bucket's",
  PermanentRedirect: "S3_ENDPOINT or S3_REGION is not the bucket's",
};

function describe(error: unknown) {
  const { name = "", code = "", message = "" } = error as { name?: string; code?: string; message?: string };
  return culprits[name] ?? `S3_ENDPOINT: the store cannot be used: ${code || name} ${message}`.trim();
}

/** Writes, reads, lists and deletes one small object; throws within 6 s, saying which setting is at fault. */
export async function checkS3(settings: S3Settings): Promise<void> {
  const client = createS3Client(settings);
  const Bucket = settings.bucket;
  const object = { Bucket, Key: `${settings.prefix}boot-check/${crypto.randomUUID()}` };
  try {
    await within(checkMs, async (abortSignal) => {
      const options = { abortSignal };
      await client.send(new PutObjectCommand({ ...object, Body: "ok" }), options);
      const { Body } = await client.send(new GetObjectCommand(object), options);
      if ((await Body?.transformToString()) !== "ok") throw new Error("it does not give back what was written");
      await client.send(new ListObjectsV2Command({ Bucket, Prefix: object.Key, MaxKeys: 1 }), options);
      await client.send(new DeleteObjectCommand(object), options);
    });
  } catch (error) {
    throw new Error(describe(error));
  } finally {
    client.destroy();
  }
}
