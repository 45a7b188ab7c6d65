import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { S3Error } from "./s3-error.ts";

const digest = (algorithm: string, encoding: "hex" | "base64") => (body: Uint8Array) =>
  createHash(algorithm).update(body).digest(encoding);

const crc32Base64 = (body: Uint8Array) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString("base64");
};

const checksums: Record<string, (body: Uint8Array) => string> = {
  "content-md5": digest("md5", "base64"),
  "x-amz-checksum-crc32": crc32Base64,
  "x-amz-checksum-sha1": digest("sha1", "base64"),
  "x-amz-checksum-sha256": digest("sha256", "base64"),
};

/** Holds a body to the hash that its signature vouches for and to every checksum that came with it. */
export function checkPayload(
  body: Uint8Array,
  payloadHash: string,
  header: (name: string) => string | undefined,
  isChecksumRequired: boolean,
) {
  if (payloadHash.startsWith("STREAMING-")) throw new S3Error("NotImplemented", "chunked uploads are not spoken here");
  if (payloadHash !== "UNSIGNED-PAYLOAD" && payloadHash !== digest("sha256", "hex")(body)) {
    throw new S3Error("XAmzContentSHA256Mismatch");
  }
  let given = 0;
  for (const [name, compute] of Object.entries(checksums)) {
    const checksum = header(name);
    if (checksum === undefined) continue;
    given += 1;
    if (checksum !== compute(body)) throw new S3Error("BadDigest");
  }
  if (isChecksumRequired && given === 0) throw new S3Error("InvalidRequest", "Missing required header: Content-MD5");
}
