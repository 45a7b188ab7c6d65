import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { S3Error } from "./s3-error.ts";

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** What AWS Signature Version 4 covers of a request. */
export interface SignedRequest {
  method: string;
  url: URL;
  header: (name: string) => string | undefined;
}

interface Signature {
  accessKeyId: string;
  scope: string[];
  signedHeaders: string[];
  signature: string;
  amzDate: string;
  payloadHash: string;
}

const skewMs = 15 * 60_000;
const unsigned = "UNSIGNED-PAYLOAD";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function readHeaderSignature({ header }: SignedRequest): Signature | null {
  const form = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, credential = "", signedHeaders = "", signature = ""] = form.exec(header("authorization") ?? "") ?? [];
  if (!signature) return null;
  const [accessKeyId = "", ...scope] = credential.split("/");
  return {
    accessKeyId,
    scope,
    signedHeaders: signedHeaders.split(";"),
    signature,
    amzDate: header("x-amz-date") ?? "",
    payloadHash: header("x-amz-content-sha256") ?? "",
  };
}

function readQuerySignature({ url }: SignedRequest): Signature | null {
  const query = url.searchParams;
  const signature = query.get("X-Amz-Signature");
  if (!signature) return null;
  const [accessKeyId = "", ...scope] = (query.get("X-Amz-Credential") ?? "").split("/");
  return {
    accessKeyId,
    scope,
    signedHeaders: (query.get("X-Amz-SignedHeaders") ?? "").split(";"),
    signature,
    amzDate: query.get("X-Amz-Date") ?? "",
    payloadHash: unsigned,
  };
}

const timeOf = (amzDate: string) =>
  Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));

/** Throws when the request is older than its signature allows. */
function assertInTime({ url }: SignedRequest, { amzDate }: Signature, now: Date) {
  const age = now.getTime() - timeOf(amzDate);
  const expires = url.searchParams.get("X-Amz-Expires");
  if (expires !== null && age > Number(expires) * 1_000) throw new S3Error("AccessDenied", "Request has expired");
  if (Number.isNaN(age) || age < -skewMs || (expires === null && age > skewMs))
    throw new S3Error("RequestTimeTooSkewed");
}

/** The signature that these credentials give this request. */
function sign(request: SignedRequest, secretAccessKey: string, parts: Omit<Signature, "signature">): string {
  const { method, url, header } = request;
  const path = url.pathname.split("/").map((part) => encode(decodeURIComponent(part)));
  const query = [...url.searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort();
  const headers = parts.signedHeaders.map((name) => `${name}:${(header(name) ?? "").trim().replace(/ +/g, " ")}\n`);
  const canonical = [
    method,
    path.join("/"),
    query.join("&"),
    headers.join(""),
    parts.signedHeaders.join(";"),
    parts.payloadHash,
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", parts.amzDate, parts.scope.join("/"), sha256(canonical)].join("\n");
  const key = parts.scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  return hmac(key, toSign).toString("hex");
}

/** Checks a request's signature, in its header or its query, as S3 does; gives the payload hash that it vouches for. */
export function verifySignature(
  request: SignedRequest,
  { accessKeyId, secretAccessKey }: Credentials,
  region: string,
  now: Date,
): string {
  const given = readQuerySignature(request) ?? readHeaderSignature(request);
  if (!given) throw new S3Error("AccessDenied");
  if (given.accessKeyId !== accessKeyId) throw new S3Error("InvalidAccessKeyId");
  const [, givenRegion, service, end] = given.scope;
  if (givenRegion !== region)
    throw new S3Error("AuthorizationHeaderMalformed", `the region is wrong; expecting '${region}'`);
  if (service !== "s3" || end !== "aws4_request") throw new S3Error("AuthorizationHeaderMalformed");
  if (!given.signedHeaders.includes("host")) throw new S3Error("AccessDenied", "host must be signed");
  const right = Buffer.from(sign(request, secretAccessKey, given));
  const signature = Buffer.from(given.signature);
  if (right.length !== signature.length || !timingSafeEqual(right, signature))
    throw new S3Error("SignatureDoesNotMatch");
  assertInTime(request, given, now);
  return given.payloadHash;
}
