import { afterAll, beforeAll, expect, test } from "vitest";
import { makeStore } from "../../testing/make-store.ts";
import { jobRow, keyRow, testTime, userRow } from "../../testing/rows.ts";
import type { Store } from "../ports.ts";
import { listSteps } from "./list-steps.ts";

let store: Store;
let remove = async () => {};
beforeAll(async () => {
  ({ store, remove } = await makeStore());
});
afterAll(() => remove());

test("each step ticks itself when it has happened, and not before", async () => {
  const user = userRow({ is_email_verified: false });
  await store.users.insert(user);
  const done = async () =>
    (await listSteps(store, (await store.users.findById(user.id)) ?? user, testTime)).flatMap((step) =>
      step.isDone ? [step.id] : [],
    );
  expect(await done()).toEqual([]);
  await store.users.update(user.id, { is_email_verified: true });
  expect(await done()).toEqual(["verify_email"]);
  // a secret key is no button's, and its jobs are no widget's
  const secret = keyRow(user.id);
  await store.apiKeys.insert(secret);
  await store.tryOnJobs.insert(jobRow(user.id, { api_key_id: secret.id }));
  expect(await done()).toEqual(["verify_email"]);
  const key = keyRow(user.id, { kind: "publishable" });
  await store.apiKeys.insert(key);
  expect(await done()).toEqual(["verify_email", "make_key"]);
  await store.apiKeys.update(user.id, key.id, { allowed_origins: ["https://shop.example"] }, testTime);
  expect(await done()).toEqual(["verify_email", "make_key", "name_shop"]);
  await store.tryOnJobs.insert(jobRow(user.id, { api_key_id: key.id }));
  expect(await done()).toEqual(["verify_email", "make_key", "name_shop", "first_try_on"]);
  await store.apiKeys.update(user.id, key.id, { is_active: false }, testTime);
  expect(await done()).toEqual(["verify_email", "first_try_on"]);
});
