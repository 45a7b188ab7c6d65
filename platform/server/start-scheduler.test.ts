import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { jobRow, userRow } from "../testing/rows.ts";
import type { Services } from "./build-services.ts";
import { buildServices } from "./build-services.ts";
import { readConfig } from "./config.ts";
import { startScheduler } from "./start-scheduler.ts";

const folder = mkdtempSync(path.join(tmpdir(), "trailroom-scheduler-"));
const secret = "k1:Zp3vQ9sT1xLw8Rb5Yc2Nf7Hj4Kd6Gm0AqUeXo";
const config = readConfig({
  NODE_ENV: "test",
  ENGINE: "stub",
  PUBLIC_URL: "http://127.0.0.1:8001",
  DATA_DIR: folder,
  JWT_SECRET: secret,
  ENCRYPTION_KEYS: secret,
  METRICS_TOKEN: "a-metrics-token-of-24-characters",
  LOG_LEVEL: "silent",
});
let services: Services;
beforeAll(async () => {
  services = await buildServices(config, new Set(["scheduler"]));
});
afterAll(async () => {
  await services.close();
  rmSync(folder, { recursive: true, force: true });
});

const ago = (ms: number) => new Date(Date.now() - ms);
const hour = 3_600_000;

/** An object's file of two hours ago. */
function oldFile(key: string) {
  const file = path.join(folder, "objects", key);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "a picture");
  utimesSync(file, ago(2 * hour), ago(2 * hour));
}

test("a start sweeps old pictures and orphans, renews credits, requeues lost jobs and fails stale ones, at once", async () => {
  const { store, objects } = services;
  const user = userRow({ credits: 0 });
  await store.users.insert(user);
  const newJob = async (over: Parameters<typeof jobRow>[1]) => {
    const job = jobRow(user.id, over);
    await store.tryOnJobs.insert(job);
    return job;
  };
  const old = await newJob({ status: "completed" });
  const photo = `jobs/${old.id}/person.jpg`;
  await store.tryOnJobs.patch(old.id, { person_image: photo, photo_expires_at: ago(1) }, new Date());
  const orphan = "jobs/0198c5f2-7e1a-7c3d-9a4b-3f2e1d0c9b8a/person.jpg";
  for (const key of [photo, orphan]) oldFile(key);
  const lost = await newJob({
    status: "processing",
    lease_holder: "dead",
    lease_until: ago(1),
    created_at: new Date(),
  });
  const stale = await newJob({ created_at: ago(11 * 60_000) });

  const scheduler = startScheduler(services);
  try {
    await vi.waitFor(
      async () => {
        expect(await objects.get(photo)).toBeNull();
        expect(await objects.get(orphan)).toBeNull();
        expect(await store.tryOnJobs.findById(lost.id)).toMatchObject({ status: "queued", retry_count: 1 });
        expect(await store.tryOnJobs.findById(stale.id)).toMatchObject({ error_code: "engine_unavailable" });
        expect((await store.users.findById(user.id))?.daily_free_credits).toBe(3);
      },
      { timeout: 5_000 },
    );
  } finally {
    await scheduler.stop();
  }
});

test("a scheduler that stops leaves its chores to the next at once; one that runs keeps them", async () => {
  const { store } = services;
  const holds = (holder: string) =>
    store.leases.acquire("chore:retention", holder, new Date(), new Date(Date.now() + 1));
  const scheduler = startScheduler(services);
  await vi.waitFor(async () => expect(await holds("another")).toBe(false));
  await scheduler.stop();
  expect(await holds("another")).toBe(true);
});
