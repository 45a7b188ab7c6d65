import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import type { JobAnswer } from "./job-client.ts";
import { createJobClient } from "./job-client.ts";
import type { Platform } from "./start-platform.ts";
import { startPlatform } from "./start-platform.ts";

const holdFile = path.join(import.meta.dirname, `.progress-hold-${process.pid}`);
let platform: Platform;
afterEach(async () => {
  rmSync(holdFile, { force: true });
  await platform.stop();
});

test("progress stands still while the engine does, and never goes back", async () => {
  writeFileSync(holdFile, "");
  platform = await startPlatform({ STUB_ENGINE_MS: "1000", STUB_ENGINE_HOLD_FILE: holdFile });
  const client = createJobClient(platform);
  await platform.start();
  const { job_id } = await client.accepted();
  const stream = await fetch(`${platform.url}/api/v1/tryon/${job_id}/events`, { headers: client.headers });
  const held = await client.until(job_id, (job) => job.stage === "fit");
  const looks = await Promise.all([100, 300, 600].map(() => client.get(job_id)));
  expect(looks.map((look) => look.progress)).toEqual([held.progress, held.progress, held.progress]);

  rmSync(holdFile);
  const events = (await stream.text()).split("\n").filter((line) => line.startsWith("data:"));
  const progress = events.map((line) => (JSON.parse(line.slice(5)) as JobAnswer).progress);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(progress.at(-1)).toBe(100);
});
