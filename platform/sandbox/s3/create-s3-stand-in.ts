// Speaks the part of S3's protocol that a single-bucket client needs, in memory, with faults that can be switched on. Never part of what ships.
import type { Context } from "hono";
import { Hono } from "hono";
import { createBucket, rangeOf } from "./bucket.ts";
import { checkPayload } from "./check-payload.ts";
import { S3Error } from "./s3-error.ts";
import type { Credentials } from "./verify-signature.ts";
import { verifySignature } from "./verify-signature.ts";
import { documentOf, element, escapeXml } from "./xml.ts";

export interface S3StandInOptions extends Credentials {
  bucket: string;
  region: string;
}

/** `hang` never answers, `down` is 503 SlowDown, `denied` is 403, `no-lifecycle` lacks that one call. */
export type S3Fault = "hang" | "down" | "denied" | "no-lifecycle";

type Bucket = ReturnType<typeof createBucket>;

const failure = (error: S3Error, withBody: boolean) => {
  const body = documentOf(
    element("Error", `${element("Code", error.code)}${element("Message", escapeXml(error.message))}`),
  );
  const headers = { "Content-Type": "application/xml" };
  return new Response(withBody ? body : null, { status: error.status, headers });
};

const xml = (text: string) => new Response(text, { headers: { "Content-Type": "application/xml" } });

/** The answer to a call on the bucket itself. */
function onBucket(bucket: Bucket, method: string, query: URLSearchParams, body: Uint8Array) {
  if (query.has("lifecycle")) {
    if (method === "GET") return xml(bucket.getLifecycle());
    if (method === "PUT") {
      bucket.putLifecycle(Buffer.from(body).toString());
      return new Response(null);
    }
  }
  if (method === "HEAD") return new Response(null);
  if (method === "GET" && query.get("list-type") === "2") return xml(bucket.list(query));
  throw new S3Error("NotImplemented");
}

/** The answer to a call on one object. */
function onObject(bucket: Bucket, key: string, c: Context, body: Uint8Array) {
  const { method } = c.req;
  if (method === "PUT") {
    const etag = bucket.put(key, body, c.req.header("content-type") ?? "binary/octet-stream");
    return new Response(null, { headers: { ETag: etag } });
  }
  if (method === "DELETE") {
    bucket.objects.delete(key);
    return new Response(null, { status: 204 });
  }
  if (method !== "GET" && method !== "HEAD") throw new S3Error("MethodNotAllowed");
  const { bytes, contentType, etag, modifiedAt } = bucket.get(key);
  const range = rangeOf(c.req.header("range"), bytes.length);
  const part = range ? bytes.subarray(range.start, range.end + 1) : bytes;
  const headers = new Headers({
    ETag: etag,
    "Content-Type": contentType,
    "Content-Length": String(part.length),
    "Last-Modified": modifiedAt.toUTCString(),
    "Accept-Ranges": "bytes",
  });
  if (range) headers.set("Content-Range", `bytes ${range.start}-${range.end}/${bytes.length}`);
  return new Response(method === "HEAD" ? null : new Uint8Array(part), { status: range ? 206 : 200, headers });
}

/** An S3 of one bucket. `setFault` switches one fault on, or all off; `calls` are the methods and paths seen. */
export function createS3StandIn(options: S3StandInOptions) {
  const bucket = createBucket(options.bucket);
  const calls: string[] = [];
  let fault: S3Fault | null = null;
  const app = new Hono();

  const answer = async (c: Context) => {
    const url = new URL(c.req.url);
    calls.push(`${c.req.method} ${url.pathname}`);
    if (fault === "hang") await new Promise(() => {});
    if (fault === "down") throw new S3Error("SlowDown");
    if (fault === "denied") throw new S3Error("AccessDenied");
    const header = (name: string) => c.req.header(name);
    const payloadHash = verifySignature({ method: c.req.method, url, header }, options, options.region, new Date());
    const body = new Uint8Array(await c.req.arrayBuffer());
    const isLifecycle = url.searchParams.has("lifecycle");
    if (isLifecycle && fault === "no-lifecycle") throw new S3Error("NotImplemented");
    checkPayload(body, payloadHash, header, isLifecycle && c.req.method === "PUT");
    const [, name = "", ...rest] = decodeURIComponent(url.pathname).split("/");
    if (name !== bucket.name) throw new S3Error("NoSuchBucket", "The specified bucket does not exist");
    const key = rest.join("/");
    return key ? onObject(bucket, key, c, body) : onBucket(bucket, c.req.method, url.searchParams, body);
  };
  app.all("*", answer);
  app.onError((error, c) => {
    const known = error instanceof S3Error ? error : new S3Error("InternalError");
    return failure(known, c.req.method !== "HEAD");
  });
  return {
    app,
    bucket,
    calls,
    setFault: (next: S3Fault | null) => {
      fault = next;
    },
  };
}
