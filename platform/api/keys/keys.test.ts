import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf } from "../../testing/code-of.ts";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi } from "../../testing/make-api.ts";

let api: ApiForTest;
beforeAll(async () => {
  api = await makeApi();
});
afterAll(() => api.remove());

type Headers = Record<string, string>;
const send = (method: string, path: string, headers: Headers, body?: unknown) =>
  api.json(path, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
const credits = (key: string) => api.json("/credits", { headers: { "x-api-key": key } });

test("a secret key is shown once and works, a publishable one stays visible; both are listed", async () => {
  const { headers, user } = await api.caller("session");
  const secret = (await send("POST", "/api-keys/generate", headers, { name: "Server" })).body;
  expect(secret).toMatchObject({ kind: "secret", mode: "live", public_value: null, is_active: true });
  expect((await credits(secret.api_key)).status).toBe(200);
  const asked = { name: "Shop", kind: "publishable", mode: "test", allowed_origins: ["https://*.shop.example"] };
  const publishable = (await send("POST", "/api-keys/generate", headers, asked)).body;
  expect(publishable.public_value).toBe(publishable.api_key);
  expect(publishable.api_key).toMatch(/^pk_test_/);
  const { body } = await api.json("/api-keys", { headers });
  expect(body.api_keys.map((key: { name: string }) => key.name)).toEqual(["test", "Server", "Shop"]);
  expect(JSON.stringify(body)).not.toContain(secret.api_key);
  const told = await api.store.outbox.listPending(api.clock.now(), 100);
  const mine = told.filter((one) => one.user_id === user.id).map((one) => one.type);
  expect(mine.filter((type) => type === "key_created")).toHaveLength(2);
  expect(mine.filter((type) => type === "api_key.created")).toHaveLength(2);
});

test.each([
  ["https://*.co.uk"],
  ["https://*.github.io"],
  ["https://shop.example/"],
  ["shop.example"],
  ["https://*.*.shop.example"],
  ["null"],
])("%s cannot be an origin of a key", async (origin) => {
  const { headers } = await api.caller("session");
  const made = await send("POST", "/api-keys/generate", headers, { name: "Shop", allowed_origins: [origin] });
  expect(codeOf(made)).toBe("400 invalid_request");
  expect(JSON.stringify(made.body)).not.toContain(`"${origin}"`);
});

test("name, origins, hosts and budget can be changed; kind, mode and the key itself cannot", async () => {
  const { headers } = await api.caller("session");
  const made = (await send("POST", "/api-keys/generate", headers, { name: "Shop", kind: "publishable" })).body;
  const patch = {
    name: "New",
    allowed_origins: ["https://a.example"],
    garment_hosts: ["cdn.a.example"],
    daily_budget: 7,
  };
  const changed = await send("PATCH", `/api-keys/${made.key_id}`, headers, { ...patch, mode: "test", kind: "secret" });
  expect(changed.body).toMatchObject({ ...patch, mode: "live", kind: "publishable" });
  expect((await api.services.store.apiKeys.findById((await userOf(headers)).id, made.key_id))?.daily_budget).toBe(7);
});

const userOf = async (headers: Headers) => (await api.json("/auth/me", { headers })).body.user;

test("a revoked key ends with the very next request", async () => {
  const { headers } = await api.caller("session");
  const made = (await send("POST", "/api-keys/generate", headers, { name: "Server" })).body;
  expect((await credits(made.api_key)).status).toBe(200);
  expect((await api.call(`/api-keys/${made.key_id}`, { method: "DELETE", headers })).status).toBe(204);
  expect(codeOf(await credits(made.api_key))).toBe("401 invalid_api_key");
  expect(codeOf(await send("DELETE", `/api-keys/${made.key_id}`, headers))).toBe("404 not_found");
});

test("a regenerated key's forerunner works for 24 hours more, or ends at once on request", async () => {
  const kit = await makeApi();
  try {
    const { headers, user } = await kit.caller("session");
    const post = (path: string, body: unknown) =>
      kit.json(path, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const read = async (key: string) => (await kit.json("/credits", { headers: { "x-api-key": key } })).status;
    const first = (await post("/api-keys/generate", { name: "Server" })).body;
    const second = (await post(`/api-keys/${first.key_id}/regenerate`, {})).body;
    expect(second.name).toBe("Server");
    expect(second.key_id).not.toBe(first.key_id);
    const third = (await post(`/api-keys/${second.key_id}/regenerate`, { grace_hours: 0 })).body;
    expect([await read(first.api_key), await read(second.api_key), await read(third.api_key)]).toEqual([200, 401, 200]);
    kit.clock.move(24 * 3_600_000);
    expect([await read(first.api_key), await read(third.api_key)]).toEqual([401, 200]);
    const events = await kit.store.authEvents.listByUser(user.id, 100);
    expect(events.filter(({ kind }) => kind === "api_key_created")).toHaveLength(3);
  } finally {
    await kit.remove();
  }
});

test("a suspended account reads its keys and makes none; an account has at most 50", async () => {
  const suspended = await api.caller("session", { is_suspended: true });
  expect((await api.json("/api-keys", { headers: suspended.headers })).status).toBe(200);
  const made = await send("POST", "/api-keys/generate", suspended.headers, { name: "Server" });
  expect(codeOf(made)).toBe("403 account_suspended");
  const many = await api.caller("session");
  const answers = [];
  for (let index = 0; index < 50; index += 1) {
    answers.push((await send("POST", "/api-keys/generate", many.headers, { name: `Key ${index}` })).status);
  }
  expect(answers.slice(-2)).toEqual([201, 409]);
});
