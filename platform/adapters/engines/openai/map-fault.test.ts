import { APIConnectionError, APIError } from "openai";
import { expect, test } from "vitest";
import { testTime } from "../../../testing/rows.ts";
import { mapFault } from "./map-fault.ts";

const answer = (status: number, error: object | undefined, headers: Record<string, string> = {}) =>
  mapFault(APIError.generate(status, error && { error }, "text", new Headers(headers)), testTime);
const socketFault = (fields: object) =>
  mapFault(
    new APIConnectionError({ cause: new TypeError("fetch failed", { cause: Object.assign(new Error("x"), fields) }) }),
    testTime,
  );
const limited = (headers: Record<string, string>) => {
  const fault = answer(429, { code: "rate_limit_exceeded", type: "requests", message: "slow down" }, headers);
  return fault.kind === "answered" ? [fault.error.code, fault.error.retryAfterS] : fault.kind;
};

test.each([
  [{ "retry-after": "20" }, 20],
  [{ "retry-after-ms": "1500", "retry-after": "20" }, 1.5],
  [{ "retry-after": new Date(testTime.getTime() + 9_000).toUTCString() }, 9],
  [{ "retry-after": "soon" }, undefined],
  [{ "retry-after": "-5" }, undefined],
  [{ "retry-after": new Date(testTime.getTime() - 9_000).toUTCString() }, undefined],
  [{}, undefined],
])("a rate limit with %j waits %s s", (headers, seconds) => {
  expect(limited(headers as Record<string, string>)).toEqual(["engine_unavailable", seconds]);
});

test.each([
  [{ code: "ECONNREFUSED", syscall: "connect" }],
  [{ code: "ENOTFOUND", syscall: "getaddrinfo" }],
  [{ code: "EHOSTUNREACH", syscall: "connect" }],
  [{ code: "UND_ERR_CONNECT_TIMEOUT" }],
  [{ code: "CERT_HAS_EXPIRED" }],
  [{ code: "ERR_TLS_CERT_ALTNAME_INVALID" }],
])("%j never left: nothing to book, tried again", (fields) => {
  expect(socketFault(fields)).toMatchObject({
    kind: "answered",
    error: { code: "engine_unavailable", isFinal: false },
  });
});

test.each([
  [{ code: "ECONNRESET", syscall: "read" }],
  [{ code: "EPIPE", syscall: "write" }],
  [{ code: "ETIMEDOUT", syscall: "read" }],
  [{ code: "UND_ERR_SOCKET" }],
  [{ code: "UND_ERR_HEADERS_TIMEOUT" }],
  [{}],
])("%j may have been carried out: unanswered", (fields) => {
  expect(socketFault(fields).kind).toBe("unanswered");
});

test("whatever is not known counts as unanswered, so that nothing is paid twice", () => {
  expect(mapFault(new TypeError("terminated"), testTime).kind).toBe("unanswered");
  expect(mapFault("text", testTime).kind).toBe("unanswered");
});

test("an account without money is shut out, by whatever status it is told", () => {
  expect(answer(429, { code: "insufficient_quota", type: "insufficient_quota", message: "m" }).kind).toBe("shut_out");
  expect(answer(400, { code: "billing_hard_limit_reached", message: "m" }).kind).toBe("shut_out");
});

test("a model that is gone is one, also when the vendor calls it a bad request", () => {
  expect(answer(404, { code: "model_not_found", message: "m" }).kind).toBe("model_gone");
  expect(answer(404, undefined).kind).toBe("model_gone");
  expect(answer(400, { code: "invalid_value", param: "model", message: "m" }).kind).toBe("model_gone");
});

test.each([
  [408, false, false],
  [409, false, false],
  [413, true, true],
  [422, true, true],
  [500, false, false],
  [503, false, false],
  [520, false, false],
])("%d: final %s, told to the operator %s", (status, isFinal, alerts) => {
  expect(answer(status, undefined)).toMatchObject({
    kind: "answered",
    alerts,
    error: { code: "engine_failed", isFinal },
  });
});
