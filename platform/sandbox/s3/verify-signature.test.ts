import { expect, test } from "vitest";
import { S3Error } from "./s3-error.ts";
import { verifySignature } from "./verify-signature.ts";

const credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const signedAt = new Date("2013-05-24T00:00:00Z");
const presigned = (
  address: string,
  region: string,
  seconds: number,
  extra: Record<string, string>,
  signature: string,
) => {
  const url = new URL(address);
  const query = {
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD",
    "X-Amz-Credential": `${credentials.accessKeyId}/20130524/${region}/s3/aws4_request`,
    "X-Amz-Date": "20130524T000000Z",
    "X-Amz-Expires": String(seconds),
    "X-Amz-SignedHeaders": "host",
    ...extra,
    "X-Amz-Signature": signature,
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { url, header: (name: string) => (name === "host" ? url.host : undefined) };
};

const get = presigned(
  "https://examplebucket.s3.amazonaws.com/test.txt",
  "us-east-1",
  86_400,
  { "x-amz-checksum-mode": "ENABLED", "x-id": "GetObject" },
  "5951da90dccd671902b6fb5afb46b4b93dbb643d75f7fe038859e2e731a989ab",
);
const put = presigned(
  "http://127.0.0.1:9000/tryon/jobs/1/out.jpg",
  "ap-south-1",
  300,
  { "x-id": "PutObject" },
  "58a1a89b6ab9e569978903977375a250bc119dc3705f04311a0ed2cd2df2d00c",
);

test("the vectors of the contract are valid", () => {
  expect(verifySignature({ method: "GET", ...get }, credentials, "us-east-1", signedAt)).toBe("UNSIGNED-PAYLOAD");
  expect(verifySignature({ method: "PUT", ...put }, credentials, "ap-south-1", signedAt)).toBe("UNSIGNED-PAYLOAD");
});

const refusal = (act: () => unknown) => {
  try {
    act();
    return "accepted";
  } catch (error) {
    return error instanceof S3Error ? error.code : String(error);
  }
};
const verifyPut = (over: { method?: string; path?: string; secret?: string; region?: string; now?: Date }) => () => {
  const url = new URL(over.path ?? put.url.pathname, put.url);
  url.search = put.url.search;
  const given = { ...credentials, secretAccessKey: over.secret ?? credentials.secretAccessKey };
  const request = { method: over.method ?? "PUT", url, header: put.header };
  return verifySignature(request, given, over.region ?? "ap-south-1", over.now ?? signedAt);
};

test.each([
  ["another method", { method: "GET" }, "SignatureDoesNotMatch"],
  ["another object", { path: "/tryon/jobs/2/out.jpg" }, "SignatureDoesNotMatch"],
  ["another secret", { secret: "wrong" }, "SignatureDoesNotMatch"],
  ["another region", { region: "us-east-1" }, "AuthorizationHeaderMalformed"],
  ["a time past its end", { now: new Date(signedAt.getTime() + 301_000) }, "AccessDenied"],
  ["a time before it was signed", { now: new Date(signedAt.getTime() - 20 * 60_000) }, "RequestTimeTooSkewed"],
])("with %s the vector is refused", (_name, over, code) => {
  expect(refusal(verifyPut(over))).toBe(code);
});

test("a request without a signature, or of an unknown key, is refused", () => {
  const url = new URL("http://127.0.0.1:9000/tryon/x");
  expect(
    refusal(() => verifySignature({ method: "GET", url, header: () => undefined }, credentials, "r", signedAt)),
  ).toBe("AccessDenied");
  const stranger = { ...credentials, accessKeyId: "AKIASOMEBODYELSE" };
  expect(refusal(() => verifySignature({ method: "PUT", ...put }, stranger, "ap-south-1", signedAt))).toBe(
    "InvalidAccessKeyId",
  );
});
