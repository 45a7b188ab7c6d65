import { afterAll, beforeAll, expect, test } from "vitest";
import { createJobClient } from "./job-client.ts";
import type { Platform } from "./start-platform.ts";
import { startPlatform } from "./start-platform.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform({ STUB_ENGINE_MS: "400" });
  await platform.start();
});
afterAll(() => platform.stop());

test("a posted try-on is accepted, paid for, run, and its picture can be fetched", async () => {
  const client = createJobClient(platform);
  const accepted = await client.accepted();
  expect(accepted).toMatchObject({ status: "queued", credits_used: 1 });
  const done = await client.until(accepted.job_id, (job) => job.status !== "queued" && job.status !== "processing");
  expect(done).toMatchObject({ status: "completed", stage: "done", progress: 100, error: null });
  const picture = await fetch(done.output_image_url ?? "");
  expect(picture.headers.get("content-type")).toBe("image/jpeg");
  const user = await platform.store.users.findById(platform.merchant.user.id);
  const sums = await platform.store.creditTransactions.sums(platform.merchant.user.id);
  expect({ free: user?.daily_free_credits, paid: user?.credits }).toEqual(sums);
});
