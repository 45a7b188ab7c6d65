import { afterAll, beforeAll, expect, test } from "vitest";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi } from "../../testing/make-api.ts";
import { testClient } from "../../testing/make-auth.ts";
import { suspendAccount } from "./suspend-account.ts";

let api: ApiForTest;
beforeAll(async () => {
  api = await makeApi();
});
afterAll(() => api.remove());

test("a suspended account loses its sessions, is told once, signs in and reads again, and creates nothing", async () => {
  const { user, headers } = await api.caller("session");
  for (let times = 0; times < 2; times += 1) await suspendAccount(api, { userId: user.id, reason: "Too many bounces" });
  expect((await api.json("/auth/me", { headers })).body.error.code).toBe("session_expired");
  const told = await api.store.outbox.listPending(api.clock.now(), 100);
  expect(told.filter((one) => one.user_id === user.id).map(({ type }) => type)).toEqual([
    "account_suspended",
    "account.suspended",
  ]);
  const { accessToken } = await api.services.auth.startApiSession({ user, mfaAt: null }, testClient);
  const again = { authorization: `Bearer ${accessToken}` };
  expect((await api.json("/users/me", { headers: again })).body.is_suspended).toBe(true);
  const made = await api.json("/api-keys/generate", {
    method: "POST",
    headers: { ...again, "content-type": "application/json" },
    body: JSON.stringify({ name: "Server" }),
  });
  expect(made.body.error.code).toBe("account_suspended");
});

test("an account that is not there cannot be suspended", async () => {
  await expect(suspendAccount(api, { userId: "nobody", reason: "x" })).rejects.toMatchObject({ code: "not_found" });
});
