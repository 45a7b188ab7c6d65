import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeStore } from "../../testing/make-store.ts";
import { jobRow, testTime, userRow } from "../../testing/rows.ts";
import { defaultFreeAllowance } from "../credits/allowance.ts";
import type { TryOnJob, User } from "../model.ts";
import type { Store } from "../ports.ts";
import { createOverviewService } from "./create-overview-service.ts";
import { median, successRate, summariseDays } from "./summarise-days.ts";

const daysAgo = (days: number) => new Date(testTime.getTime() - days * 86_400_000);

describe("the dashboard's overview", () => {
  let store: Store;
  let remove = async () => {};
  beforeAll(async () => {
    ({ store, remove } = await makeStore());
  });
  afterAll(() => remove());

  const overviewOf = (user: User, mode: "live" | "test" = "live") =>
    createOverviewService({ store, clock: { now: () => testTime }, allowance: defaultFreeAllowance }).get(user, mode);
  const newUser = async (over: Partial<User> = {}) => {
    const user = userRow({ last_free_credit_reset: testTime, ...over });
    await store.users.insert(user);
    return user;
  };
  const add = (user: User, over: Partial<TryOnJob>) => store.tryOnJobs.insert(jobRow(user.id, over));

  test("an account without a job has 30 empty days, no rate and no time", async () => {
    const user = await newUser({ credits: 7, daily_free_credits: 2 });
    const overview = await overviewOf(user);
    expect(overview.credits).toEqual({
      free: 2,
      paid: 7,
      used: 0,
      allowance: 3,
      renewsAt: new Date("2026-11-25T00:00:00.000Z"),
    });
    expect(overview.days).toHaveLength(30);
    expect(overview.days.at(0)?.day).toBe("2026-10-26");
    expect(overview.days.at(-1)?.day).toBe("2026-11-24");
    expect(overview.today).toEqual({ queued: 0, processing: 0, completed: 0, failed: 0, cancelled: 0 });
    expect([overview.successRate, overview.medianMs]).toEqual([null, null]);
  });

  test("it tells of the live jobs of 30 days: test keys and the merchant's own previews are in none of it", async () => {
    const user = await newUser();
    const done = (processing_time_ms: number, over: Partial<TryOnJob> = {}) =>
      add(user, { status: "completed", processing_time_ms, ...over });
    await done(2000);
    await done(4000, { created_at: daysAgo(29) });
    await done(9000, { created_at: daysAgo(3) });
    await add(user, { status: "failed", credits_used: 0 });
    await add(user, { status: "cancelled", credits_used: 0 });
    await add(user, { status: "processing" });
    for (const key_mode of ["test", "preview"] as const) await done(1, { key_mode, credits_used: 0 });
    await done(1, { created_at: daysAgo(30) });
    const overview = await overviewOf(user);
    expect(overview.today).toEqual({ queued: 0, processing: 1, completed: 1, failed: 1, cancelled: 1 });
    expect(overview.days.map(({ jobs }) => jobs.completed).filter(Boolean)).toEqual([1, 1, 1]);
    expect(overview.days.at(0)).toMatchObject({ credits: 1, jobs: { completed: 1 } });
    expect([overview.successRate, overview.medianMs]).toEqual([0.75, 4000]);
    const test = await overviewOf(user, "test");
    expect(test.today.completed).toBe(1);
    expect([test.successRate, test.medianMs]).toEqual([1, 1]);
  });
});

test("a row of a day outside the span is left out, a day without a job is there", () => {
  const row = { status: "completed" as const, jobs: 2, credits: 2 };
  const days = summariseDays(
    [
      { ...row, day: "2026-03-01" },
      { ...row, day: "2026-02-27" },
    ],
    new Date("2026-02-28T00:00:00.000Z"),
    2,
  );
  expect(days.map(({ day, jobs }) => [day, jobs.completed])).toEqual([
    ["2026-02-28", 0],
    ["2026-03-01", 2],
  ]);
});

test("what was cancelled or still runs says nothing of success", () => {
  const from = new Date("2026-03-01T00:00:00.000Z");
  const of = (status: "cancelled" | "queued" | "failed") =>
    successRate(summariseDays([{ day: "2026-03-01", status, jobs: 3, credits: 0 }], from, 1));
  expect([of("cancelled"), of("queued"), of("failed")]).toEqual([null, null, 0]);
});

test("the median is the middle, the lower middle of an even number, nothing of nothing", () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([5]), median([])]).toEqual([2, 2, 5, null]);
});
