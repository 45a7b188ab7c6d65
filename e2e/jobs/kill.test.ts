import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { createJobClient } from "./job-client.ts";
import type { Platform } from "./start-platform.ts";
import { startPlatform } from "./start-platform.ts";

const startsAgainWithinMs = 40_000;

let platform: Platform;
afterEach(() => platform.stop());

test("a job whose server is killed in its middle starts again within 40 s, completes once and costs once", async () => {
  const holdFile = path.join(import.meta.dirname, `.hold-${process.pid}`);
  writeFileSync(holdFile, "");
  try {
    platform = await startPlatform({ STUB_ENGINE_MS: "200", STUB_ENGINE_HOLD_FILE: holdFile });
    const client = createJobClient(platform);
    const first = await platform.start();
    const { job_id } = await client.accepted();
    await client.until(job_id, (job) => job.stage === "fit");

    first.child.kill("SIGKILL");
    const killedAt = Date.now();
    await first.exited;
    rmSync(holdFile);
    await platform.start();
    await client.until(job_id, (job) => job.status === "completed", startsAgainWithinMs + 5_000);

    const { store, merchant, folder } = platform;
    const job = await store.tryOnJobs.findById(job_id);
    expect(job?.retry_count).toBe(1);
    expect((job?.started_at?.getTime() ?? 0) - killedAt).toBeLessThan(startsAgainWithinMs);
    const objects = readdirSync(path.join(folder, "objects", "jobs", merchant.user.id, job_id));
    expect(objects.filter((name) => name.startsWith("result"))).toHaveLength(1);
    const usage = await store.creditTransactions.list(merchant.user.id, { type: "usage" }, { offset: 0, limit: 10 });
    expect(usage).toHaveLength(1);
  } finally {
    rmSync(holdFile, { force: true });
  }
});
