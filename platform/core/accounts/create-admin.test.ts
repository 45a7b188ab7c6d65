import { afterAll, beforeAll, expect, test } from "vitest";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi } from "../../testing/make-api.ts";
import { testClient } from "../../testing/make-auth.ts";
import { matchTotp } from "../auth/mfa/totp.ts";
import { createAdmin } from "./create-admin.ts";

let api: ApiForTest;
beforeAll(async () => {
  api = await makeApi();
});
afterAll(() => api.remove());

const make = (email: string) => createAdmin(api.authDeps, email, api.clock.now());

test("a new admin signs in by the password and a recovery code that were told", async () => {
  const { password, secret, recoveryCodes, user } = await make("boss@trailroom.example");
  expect(user.role).toBe("admin");
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(matchTotp(secret, "000000", api.clock.now())).toBeNull();
  const { auth } = api.services;
  const first = await auth.login({ email: "boss@trailroom.example", password: password ?? "" }, testClient);
  if (!("mfaToken" in first)) throw new Error("no second factor was asked for");
  const done = await auth.finishMfa({ mfaToken: first.mfaToken, code: recoveryCodes[0] ?? "" }, testClient);
  expect(done.mfaAt).toEqual(api.clock.now());
});

test("an account that exists keeps its password, gets a new second factor and loses its sessions", async () => {
  const { user, headers } = await api.caller("session");
  await api.store.users.update(user.id, { password_hash: "kept" });
  const made = await make(user.email);
  expect(made.password).toBeNull();
  expect(await api.store.users.findById(user.id)).toMatchObject({ role: "admin", password_hash: "kept" });
  expect((await api.json("/auth/me", { headers })).status).toBe(401);
});

test("what is no address makes no admin", async () => {
  await expect(make("boss")).rejects.toMatchObject({ code: "invalid_request" });
});
