import type { S3Client } from "@aws-sdk/client-s3";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { AppError } from "../../../core/errors.ts";
import type { ObjectStore } from "../../../core/ports.ts";
import { assertObjectKey } from "../assert-object-key.ts";
import type { S3Settings } from "./create-s3-client.ts";
import { createS3Client } from "./create-s3-client.ts";
import { within } from "./within.ts";

/** for one call, its retries included */
const callMs = 8_000;
const pingMs = 3_000;
const pageSize = 1_000;

/** What went wrong, for the log: S3's own code, never a header or a key. */
const reasonOf = (error: unknown) =>
  error instanceof Error ? `${error.name}: ${error.message || "no details"}` : String(error);

async function guarded<T>(ms: number, act: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await within(ms, act);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("store_unavailable", { cause: error, log: `S3: ${reasonOf(error)}` });
  }
}

async function read(client: S3Client, Bucket: string, Key: string, abortSignal: AbortSignal) {
  try {
    const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket, Key }), { abortSignal });
    if (!Body) throw new Error("an object without a body");
    const bytes = await Body.transformToByteArray();
    return { bytes, contentType: ContentType ?? "application/octet-stream" };
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}

/** Objects in an S3 bucket, read and written by the platform alone: no address of the bucket is ever handed out. */
export function createS3ObjectStore(settings: S3Settings): ObjectStore & { close(): void } {
  const { bucket: Bucket, prefix } = settings;
  const client = createS3Client(settings);
  const nameOf = (key: string) => {
    assertObjectKey(key);
    return `${prefix}${key}`;
  };
  return {
    put: (key, bytes, contentType) =>
      guarded(callMs, async (abortSignal) => {
        const object = { Bucket, Key: nameOf(key), Body: bytes, ContentType: contentType };
        await client.send(new PutObjectCommand(object), { abortSignal });
      }),
    get: (key) => guarded(callMs, (abortSignal) => read(client, Bucket, nameOf(key), abortSignal)),
    delete: (key) =>
      guarded(callMs, async (abortSignal) => {
        await client.send(new DeleteObjectCommand({ Bucket, Key: nameOf(key) }), { abortSignal });
      }),
    list: (under, after) =>
      guarded(callMs, async (abortSignal) => {
        const StartAfter = after === undefined ? undefined : `${prefix}${after}`;
        const page = { Bucket, Prefix: `${prefix}${under}`, StartAfter, MaxKeys: pageSize };
        const { Contents = [] } = await client.send(new ListObjectsV2Command(page), { abortSignal });
        return Contents.flatMap(({ Key, LastModified }) =>
          Key ? [{ key: Key.slice(prefix.length), modifiedAt: LastModified ?? new Date(0) }] : [],
        );
      }),
    ping: () =>
      guarded(pingMs, async (abortSignal) => {
        await client.send(new HeadBucketCommand({ Bucket }), { abortSignal });
      }),
    close: () => client.destroy(),
  };
}
