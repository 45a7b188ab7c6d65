// Made from the OpenAPI document: every endpoint × (no credential, wrong kind of credential, test key on live data, foreign id).
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "../core/api-keys/create-api-key.ts";
import type { OpenApiDocument } from "../testing/check-answer.ts";
import type { ApiForTest } from "../testing/make-api.ts";
import { makeApi, shopOrigin } from "../testing/make-api.ts";
import { jobRow } from "../testing/rows.ts";

type Headers = Record<string, string>;
type Kind = "session" | "secret" | "publishable";
const schemes: Record<string, Kind> = { session: "session", secretKey: "secret", publishableKey: "publishable" };

/** Open to everybody on purpose; whatever else asks for no credential is a mistake. */
const open =
  /^\/(auth\/(register|login|mfa|refresh|google|google\/callback|verify-email|verify-email\/resend|forgot-password|reset-password)|results\/\{jobId\})$/;

const document: OpenApiDocument = await (async () => {
  const api = await makeApi();
  const { body } = await api.json("/openapi.json");
  await api.remove();
  return body;
})();
const endpoints = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => {
    const kinds = [
      ...new Set((operation.security ?? []).flatMap((one) => Object.keys(one).flatMap((name) => schemes[name] ?? []))),
    ];
    const example = operation.requestBody?.content["application/json"]?.example;
    return { name: `${method.toUpperCase()} ${path}`, path, method: method.toUpperCase(), kinds, example };
  }),
);
const guarded = endpoints.filter(({ path }) => !open.test(path));
const withId = guarded.filter(({ path }) => path.includes("{"));

let api: ApiForTest;
/** what belongs to one tenant: credentials of each kind, and an id of each sort */
let mine: Tenant;
let other: Tenant;
interface Tenant {
  userId: string;
  headers: Record<Kind, Headers>;
  test: Record<"secret" | "publishable", Headers>;
  ids: Record<string, string>;
}

async function makeTenant(): Promise<Tenant> {
  const { user, headers } = await api.caller("session");
  const key = async (kind: "secret" | "publishable", mode: "live" | "test") => {
    const made = await createApiKey(api.store, {
      userId: user.id,
      kind,
      mode,
      name: "matrix",
      allowedOrigins: [shopOrigin],
      now: api.clock.now(),
    });
    const own: Headers =
      kind === "secret" ? { "x-api-key": made.secret } : { "x-publishable-key": made.secret, origin: shopOrigin };
    return { id: made.apiKey.id, headers: own };
  };
  const [secret, publishable, testSecret, testPublishable] = [
    await key("secret", "live"),
    await key("publishable", "live"),
    await key("secret", "test"),
    await key("publishable", "test"),
  ];
  const job = jobRow(user.id, { status: "completed", job_token_hash: null });
  await api.store.tryOnJobs.insert(job);
  const [session] = await api.store.sessions.listLive(user.id, api.clock.now());
  return {
    userId: user.id,
    headers: {
      session: headers,
      secret: secret.headers,
      publishable: { ...publishable.headers, "x-job-token": "x".repeat(43) },
    },
    test: { secret: testSecret.headers, publishable: { ...testPublishable.headers, "x-job-token": "x".repeat(43) } },
    ids: { jobId: job.id, keyId: secret.id, sessionId: session?.id ?? "" },
  };
}

beforeAll(async () => {
  api = await makeApi();
  [mine, other] = [await makeTenant(), await makeTenant()];
});
afterAll(() => api.remove());

const fill = (path: string, ids: Record<string, string>) =>
  path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const id = ids[name];
    if (!id) throw new Error(`the matrix has no ${name}: give makeTenant one`);
    return id;
  });
async function call(
  { method, path, example }: (typeof endpoints)[number],
  headers: Headers,
  ids: Record<string, string>,
) {
  const hasBody = example !== undefined;
  const answer = await api.call(fill(path, ids), {
    method,
    headers: { ...headers, ...(hasBody ? { "content-type": "application/json" } : {}) },
    ...(hasBody ? { body: JSON.stringify(example) } : {}),
  });
  const text = await answer.text();
  const code = answer.status >= 400 ? JSON.parse(text).error.code : "ok";
  return `${answer.status} ${code}`;
}

test("the document names what the matrix stands on", () => {
  expect(guarded.length).toBeGreaterThan(25);
  expect(withId.length).toBeGreaterThan(7);
});

describe.each(guarded.map((endpoint) => [endpoint.name, endpoint] as const))("%s", (_name, endpoint) => {
  test("asks for a credential", async () => {
    expect(endpoint.kinds).not.toEqual([]);
    expect(await call(endpoint, {}, mine.ids)).toBe("401 unauthenticated");
  });

  test("refuses every kind of credential that it does not name, and made-up ones", async () => {
    for (const kind of ["session", "secret", "publishable"] as const) {
      if (!endpoint.kinds.includes(kind))
        expect(await call(endpoint, mine.headers[kind], mine.ids)).toBe("403 key_not_permitted");
    }
    expect(await call(endpoint, { "x-api-key": `sk_live_${"0".repeat(32)}` }, mine.ids)).toBe("401 invalid_api_key");
    expect(await call(endpoint, { authorization: "Bearer made.up.token" }, mine.ids)).toBe("401 unauthenticated");
    expect(await call(endpoint, { cookie: "__Host-session=anything" }, mine.ids)).toBe("401 unauthenticated");
  });
});

describe.each(withId.map((endpoint) => [endpoint.name, endpoint] as const))("%s", (_name, endpoint) => {
  test("finds nothing under another tenant's id", async () => {
    for (const kind of endpoint.kinds)
      expect(await call(endpoint, other.headers[kind], mine.ids)).toBe("404 not_found");
  });

  test("finds nothing of live data with a test key", async () => {
    for (const kind of endpoint.kinds) {
      if (kind !== "session") expect(await call(endpoint, mine.test[kind], mine.ids)).toBe("404 not_found");
    }
  });
});

test("after all that the other tenant's things are as they were", async () => {
  expect((await api.store.tryOnJobs.findById(mine.ids.jobId ?? ""))?.status).toBe("completed");
  expect((await api.store.apiKeys.findById(mine.userId, mine.ids.keyId ?? ""))?.is_active).toBe(true);
  expect((await api.store.sessions.findById(mine.ids.sessionId ?? ""))?.revoked_at).toBeNull();
});

test("a test key's history has no live job, and a live key's no test job", async () => {
  await api.store.tryOnJobs.insert(jobRow(mine.userId, { key_mode: "test", product_id: "in-test-mode" }));
  const products = async (headers: Headers) =>
    (await api.json("/tryon/history", { headers })).body.jobs.map(
      (job: { product_id: string | null }) => job.product_id,
    );
  expect(await products(mine.test.secret)).toEqual(["in-test-mode"]);
  expect(await products(mine.headers.secret)).not.toContain("in-test-mode");
});
