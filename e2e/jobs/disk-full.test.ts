import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createJobClient } from "./job-client.ts";
import type { Platform } from "./start-platform.ts";
import { startPlatform } from "./start-platform.ts";

let platform: Platform;
let disk: string;
let isMounted = false;
beforeEach(() => {
  disk = mkdtempSync(path.join(tmpdir(), "trailroom-disk-"));
  // 16 MB; not everybody may mount one
  isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", disk]).status === 0;
});
afterEach(async () => {
  await platform.stop();
  // lazily: the database is closed a moment later than it says
  if (isMounted) spawnSync("umount", ["-l", disk]);
  rmSync(disk, { recursive: true, force: true });
});

/** Writes until there is no room for a single byte. */
function fillDisk() {
  const file = openSync(path.join(disk, "filler"), "w");
  for (const size of [1_000_000, 4_096, 1]) {
    try {
      for (;;) writeSync(file, Buffer.alloc(size));
    } catch (error) {
      expect(error).toMatchObject({ code: "ENOSPC" });
    }
  }
  closeSync(file);
}

/** The disk runs full, or, where none could be mounted, the pictures' folder cannot be written. Returns what mends it. */
function loseStorage() {
  if (isMounted) {
    fillDisk();
    return () => rmSync(path.join(disk, "filler"));
  }
  const objects = path.join(disk, "data", "objects");
  rmSync(objects, { recursive: true, force: true });
  writeFileSync(objects, "");
  return () => rmSync(objects);
}

test("a full disk answers 503 store_unavailable and charges nothing; when there is room again all goes on", async () => {
  const folder = path.join(disk, "data");
  mkdirSync(folder);
  platform = await startPlatform({ STUB_ENGINE_MS: "50", LOG_LEVEL: "silent" }, 20, undefined, folder);
  const client = createJobClient(platform);
  const { child } = await platform.start();
  const { job_id } = await client.accepted();
  await client.until(job_id, (job) => job.status === "completed");
  const { store, merchant, url } = platform;
  const balance = async () => {
    const user = await store.users.findById(merchant.user.id);
    return { free: user?.daily_free_credits, paid: user?.credits };
  };
  const before = await balance();

  const mend = loseStorage();
  const refused = await Promise.all([client.post(), client.post({ "idempotency-key": "full" }), client.post()]);
  for (const answer of refused) {
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ error: { code: "store_unavailable", retryable: true } });
  }
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(child.exitCode).toBeNull();

  mend();
  expect(await balance()).toEqual(before);
  expect(await store.creditTransactions.sums(merchant.user.id)).toEqual(before);
  expect(await store.tryOnJobs.count(merchant.user.id, {}, 10)).toBe(1);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const again = await client.post({ "idempotency-key": "full" });
  expect(again.status).toBe(202);
  await client.until(((await again.json()) as { job_id: string }).job_id, (job) => job.status === "completed");
});
