import { afterAll, beforeAll, expect, test } from "vitest";
import type { Store } from "../core/ports.ts";
import { makeStore } from "../testing/make-store.ts";
import type { Services } from "./build-services.ts";
import { createHealthRoutes } from "./health.ts";

let store: Store;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ store, remove } = await makeStore());
});
afterAll(() => remove());

test("with the store lost /readyz is 503 and says so, /healthz stays green", async () => {
  const up = async () => {};
  const services = { store, objects: { ping: up }, engine: { ready: up }, roles: new Set(["web"]) };
  const app = createHealthRoutes(services as unknown as Services, "test");
  const status = async (path: string) => (await app.request(path)).status;
  expect(await status("/readyz")).toBe(200);
  await store.close();
  const answer = await app.request("/readyz");
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ ok: false, lost: ["store"], degraded: [] });
  expect(await status("/healthz")).toBe(200);
});
