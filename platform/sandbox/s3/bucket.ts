import { createHash } from "node:crypto";
import { S3Error } from "./s3-error.ts";
import { contentsOf, documentOf, element, escapeXml } from "./xml.ts";

interface StoredObject {
  bytes: Uint8Array;
  contentType: string;
  etag: string;
  modifiedAt: Date;
}

const xmlns = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const mostKeys = 1_000;

/** S3 orders names by their UTF-8 bytes. */
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The bytes that a Range header asks for; null for all of them. Throws InvalidRange. */
export function rangeOf(header: string | undefined, size: number): { start: number; end: number } | null {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (!from && !to) return null;
  const start = from ? Number(from) : Math.max(0, size - Number(to));
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1;
  if (start >= size || start > end) throw new S3Error("InvalidRange");
  return { start, end };
}

/** One page of ListObjectsV2. */
function listPage(name: string, objects: Map<string, StoredObject>, query: URLSearchParams) {
  const prefix = query.get("prefix") ?? "";
  const token = query.get("continuation-token");
  const after = token ? Buffer.from(token, "base64").toString() : (query.get("start-after") ?? "");
  const limit = Math.min(Number(query.get("max-keys") ?? mostKeys), mostKeys);
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(prefix) && (after === "" || byBytes(key, after) > 0))
    .sort(byBytes);
  const page = keys.slice(0, limit);
  const isTruncated = keys.length > page.length;
  const contents = page.map((key) => {
    const { bytes, etag, modifiedAt } = objects.get(key) as StoredObject;
    const parts = [
      element("Key", escapeXml(key)),
      element("LastModified", modifiedAt.toISOString()),
      element("ETag", escapeXml(etag)),
      element("Size", String(bytes.length)),
      element("StorageClass", "STANDARD"),
    ];
    return element("Contents", parts.join(""));
  });
  const last = page.at(-1);
  const head = [
    element("Name", name),
    element("Prefix", escapeXml(prefix)),
    element("KeyCount", String(page.length)),
    element("MaxKeys", String(limit)),
    element("IsTruncated", String(isTruncated)),
    isTruncated && last ? element("NextContinuationToken", Buffer.from(last).toString("base64")) : "",
  ];
  return documentOf(`<ListBucketResult ${xmlns}>${head.join("")}${contents.join("")}</ListBucketResult>`);
}

/** One bucket in memory: objects, listing by pages, lifecycle rules as they were put. */
export function createBucket(name: string) {
  const objects = new Map<string, StoredObject>();
  let lifecycle: string | null = null;

  return {
    name,
    objects,
    list: (query: URLSearchParams) => listPage(name, objects, query),
    put: (key: string, bytes: Uint8Array, contentType: string) => {
      const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
      objects.set(key, { bytes, contentType, etag, modifiedAt: new Date() });
      return etag;
    },
    get: (key: string) => {
      const found = objects.get(key);
      if (!found) throw new S3Error("NoSuchKey", "The specified key does not exist.");
      return found;
    },
    putLifecycle: (xml: string) => {
      const rules = contentsOf(xml, "Rule");
      const isWhole = (rule: string) =>
        contentsOf(rule, "Status").length === 1 && /<(Expiration|Transition|AbortIncomplete)/.test(rule);
      if (rules.length === 0 || !rules.every(isWhole)) throw new S3Error("MalformedXML");
      lifecycle = xml;
    },
    getLifecycle: () => {
      if (lifecycle === null) throw new S3Error("NoSuchLifecycleConfiguration");
      return lifecycle;
    },
  };
}
