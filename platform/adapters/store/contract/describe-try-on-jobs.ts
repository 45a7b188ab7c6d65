import { v7 as uuidv7 } from "uuid";
import { describe, expect, test } from "vitest";
import type { TryOnJob } from "../../../core/model.ts";
import type { Store } from "../../../core/ports.ts";
import { jobRow, testTime } from "../../../testing/rows.ts";
import type { StoreKit } from "./store-kit.ts";
import { fifty, later } from "./store-kit.ts";

/** The contract of the Store port: try-on jobs. */
export function describeTryOnJobs(kit: StoreKit) {
  describe("try-on jobs", () => {
    test("a job is read back exactly, and by its owner alone", async () => {
      const job = await kit.newJob(uuidv7(), { warnings: ["a"], confidence: 0.5, photo_expires_at: later(1) });
      expect(await kit.store.tryOnJobs.findById(job.id)).toEqual(job);
      expect(await kit.store.tryOnJobs.findOwned(job.user_id, job.id)).toEqual(job);
      expect(await kit.store.tryOnJobs.findOwned(uuidv7(), job.id)).toBeNull();
    });

    test("look-ups at the same moment by owner and stranger stay apart", async () => {
      const [mine, theirs] = [await kit.newJob(uuidv7()), await kit.newJob(uuidv7())];
      const found = await Promise.all(
        fifty.flatMap(() => [
          kit.store.tryOnJobs.findOwned(mine.user_id, mine.id),
          kit.store.tryOnJobs.findOwned(theirs.user_id, mine.id),
          kit.store.tryOnJobs.findOwned(mine.user_id, theirs.id),
          kit.store.tryOnJobs.findOwned(theirs.user_id, theirs.id),
        ]),
      );
      const expected = [mine.id, undefined, undefined, theirs.id];
      expect(found.map((job) => job?.id)).toEqual(fifty.flatMap(() => expected));
    });

    test("of 50 workers exactly one claims a job, and none before its time", async () => {
      const job = await kit.newJob(uuidv7(), { run_after: later(10) });
      expect(await kit.store.tryOnJobs.claim(job.id, "early", testTime, later(30))).toBeNull();
      const claims = await Promise.all(
        fifty.map((index) => kit.store.tryOnJobs.claim(job.id, `worker-${index}`, later(20), later(50))),
      );
      const won = claims.filter(Boolean);
      expect(won).toHaveLength(1);
      expect(won[0]).toMatchObject({
        status: "processing",
        version: 2,
        started_at: later(20),
        lease_until: later(50),
      });
    });

    test("a lease is renewed by its holder alone", async () => {
      const job = await kit.newJob(uuidv7());
      await kit.store.tryOnJobs.claim(job.id, "a", testTime, later(30));
      expect(await kit.store.tryOnJobs.renewLease(job.id, "b", later(5), later(60))).toBeNull();
      expect(await kit.store.tryOnJobs.renewLease(job.id, "a", later(5), later(60))).toMatchObject({
        lease_until: later(60),
        version: 2,
      });
      const expired = async (now: Date) => (await kit.store.tryOnJobs.listExpiredLeases(now, 100)).map(({ id }) => id);
      expect(await expired(later(59))).not.toContain(job.id);
      expect(await expired(later(61))).toContain(job.id);
    });

    test("a job whose lease ran out is queued again once, one try on, and not before", async () => {
      const job = await kit.newJob(uuidv7());
      expect(await kit.store.tryOnJobs.requeueExpired(job.id, later(60))).toBeNull();
      await kit.store.tryOnJobs.claim(job.id, "a", testTime, later(30));
      await kit.store.tryOnJobs.renewLease(job.id, "a", later(20), later(50));
      expect(await kit.store.tryOnJobs.requeueExpired(job.id, later(50))).toBeNull();
      const back = await Promise.all(fifty.map(() => kit.store.tryOnJobs.requeueExpired(job.id, later(51))));
      expect(back.filter(Boolean)).toHaveLength(1);
      expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject({
        status: "queued",
        stage: "queued",
        progress: 0,
        retry_count: 1,
        lease_holder: null,
        lease_until: null,
        run_after: later(51),
      });
    });

    test("a job with a call out that may be billed is never queued again, however they race", async () => {
      const job = await kit.newJob(uuidv7());
      await kit.store.tryOnJobs.claim(job.id, "a", testTime, later(30));
      const mark = { sent_at: later(31), sent_estimate_micro_usd: 90_000 };
      const [marked, requeued] = await Promise.all([
        kit.store.tryOnJobs.transition(job.id, ["processing"], mark, later(31), "a"),
        kit.store.tryOnJobs.requeueExpired(job.id, later(31)),
      ]);
      expect([marked, requeued].filter(Boolean)).toHaveLength(1);
      if (!marked) return;
      expect(marked).toMatchObject(mark);
      expect(await kit.store.tryOnJobs.requeueExpired(job.id, later(99))).toBeNull();
    });

    test("of 50 endings of one job exactly one happens", async () => {
      const job = await kit.newJob(uuidv7());
      await kit.store.tryOnJobs.claim(job.id, "a", testTime, later(30));
      const wrong = await kit.store.tryOnJobs.transition(
        job.id,
        ["processing"],
        { status: "completed" },
        later(1),
        "b",
      );
      expect(wrong).toBeNull();
      const ends = await Promise.all(
        fifty.map((index) =>
          kit.store.tryOnJobs.transition(
            job.id,
            ["queued", "processing"],
            { status: index % 2 ? "cancelled" : "completed" },
            later(2),
          ),
        ),
      );
      expect(ends.filter(Boolean)).toHaveLength(1);
    });

    test("a patch raises the version whatever the status", async () => {
      const job = await kit.newJob(uuidv7(), { status: "completed" });
      expect(await kit.store.tryOnJobs.patch(job.id, { person_image: null }, later(1))).toMatchObject({ version: 2 });
      expect(await kit.store.tryOnJobs.patch(uuidv7(), {}, later(1))).toBeNull();
    });

    test("accounts take turns, and one at its limit is left out", async () => {
      const [busy, calm] = [uuidv7(), uuidv7()];
      const old = new Date("2020-01-01T00:00:00Z");
      const mine: TryOnJob[] = [];
      for (const minute of [0, 1, 2]) {
        const created_at = new Date(old.getTime() + minute * 60_000);
        mine.push(await kit.newJob(busy, { created_at, run_after: old }));
      }
      const other = await kit.newJob(calm, { created_at: new Date("2020-01-02T00:00:00Z"), run_after: old });
      const claimable = await kit.store.tryOnJobs.listClaimable(new Date("2020-02-01T00:00:00Z"), 10, 10);
      expect(claimable).toEqual([mine[0]?.id, other.id, mine[1]?.id, mine[2]?.id]);
      await kit.store.tryOnJobs.claim(mine[0]?.id ?? "", "w", testTime, later(30));
      expect(await kit.store.tryOnJobs.listClaimable(new Date("2020-02-01T00:00:00Z"), 10, 1)).toEqual([other.id]);
      const stale = await kit.store.tryOnJobs.listStaleQueued(new Date("2020-01-01T12:00:00Z"), 10);
      expect(stale.map((job) => job.id)).toEqual([mine[1]?.id, mine[2]?.id]);
    });

    test("history goes on strictly after its cursor, also through equal times", async () => {
      const userId = uuidv7();
      const jobs: TryOnJob[] = [];
      for (const index of [0, 1, 2, 3, 4, 5]) {
        const created_at = later(Math.floor(index / 2) * 1000);
        jobs.push(
          await kit.newJob(userId, { created_at, mode: index % 2 ? "full" : "top", product_id: `p${index % 3}` }),
        );
      }
      const newest = [...jobs].sort(
        (a, b) => b.created_at.getTime() - a.created_at.getTime() || (a.id < b.id ? 1 : -1),
      );
      const ids = async (filter: object, page: Parameters<Store["tryOnJobs"]["list"]>[2]) =>
        (await kit.store.tryOnJobs.list(userId, filter, page)).map((job) => job.id);
      const seen: string[] = [];
      let after: { createdAt: Date; id: string } | undefined;
      for (let page = 0; page < 3; page += 1) {
        const rows = await kit.store.tryOnJobs.list(userId, {}, { limit: 2, after });
        seen.push(...rows.map((job) => job.id));
        const last = rows.at(-1);
        after = last && { createdAt: last.created_at, id: last.id };
      }
      expect(seen).toEqual(newest.map((job) => job.id));
      expect(await ids({}, { limit: 10, offset: 4 })).toEqual(newest.slice(4).map((job) => job.id));
      expect(await ids({ mode: "full", productId: "p1" }, { limit: 10 })).toEqual(
        newest.filter((job) => job.mode === "full" && job.product_id === "p1").map((job) => job.id),
      );
      expect(await kit.store.tryOnJobs.count(userId, { status: "queued" }, 4)).toBe(4);
      expect(await kit.store.tryOnJobs.count(userId, { keyMode: "test" }, 4)).toBe(0);
    });

    test("an account's running, queued, daily and spent figures are its own", async () => {
      const userId = uuidv7();
      await kit.newJob(userId, { status: "processing", credits_used: 2 });
      await kit.newJob(userId, { key_mode: "test", credits_used: 0 });
      await kit.newJob(userId, { key_mode: "preview", credits_used: 0, status: "failed" });
      await kit.newJob(userId, { created_at: later(-86_400_000), status: "completed" });
      expect(await kit.store.tryOnJobs.countActive(userId)).toEqual({ queued: 1, processing: 1 });
      expect(await kit.store.tryOnJobs.countSince(userId, later(-1000), "live")).toBe(1);
      expect(await kit.store.tryOnJobs.countSince(userId, later(-1000), "preview")).toBe(1);
      expect(await kit.store.tryOnJobs.countSince(userId, later(1000), "preview")).toBe(0);
      expect(await kit.store.tryOnJobs.count(userId, { keyMode: "live" }, 10)).toBe(2);
      expect(await kit.store.tryOnJobs.list(userId, { keyMode: "preview" }, { limit: 10 })).toMatchObject([
        { key_mode: "preview", status: "failed" },
      ]);
      expect(await kit.store.tryOnJobs.totalCreditsUsed(userId)).toBe(3);
      expect(await kit.store.tryOnJobs.totalCreditsUsed(uuidv7())).toBe(0);
      expect((await kit.store.tryOnJobs.countByStatus()).processing).toBeGreaterThan(0);
    });

    test("images that are due to go are listed until they are gone", async () => {
      const due = await kit.newJob(uuidv7(), { status: "completed", photo_expires_at: later(1000) });
      const listed = async (now: Date) => (await kit.store.tryOnJobs.listExpiredImages(now, 1000)).map(({ id }) => id);
      expect(await listed(later(999))).not.toContain(due.id);
      expect(await listed(later(1000))).toContain(due.id);
      await kit.store.tryOnJobs.patch(due.id, { photo_expires_at: null }, later(1000));
      expect(await listed(later(1000))).not.toContain(due.id);
    });

    test("a list is held to its time, also after a cursor", async () => {
      const userId = uuidv7();
      const jobs: TryOnJob[] = [];
      for (const second of [0, 1, 2, 3, 4]) {
        jobs.push(await kit.newJob(userId, { created_at: later(second * 1000) }));
      }
      const [zero, one, two, three] = jobs;
      const filter = { keyMode: "live" as const, from: later(1000), to: later(4000) };
      const ids = async (over: object) =>
        (await kit.store.tryOnJobs.list(userId, filter, { limit: 10, ...over })).map(({ id }) => id);
      expect(await ids({})).toEqual([three?.id, two?.id, one?.id]);
      expect(await ids({ after: { createdAt: two?.created_at, id: two?.id } })).toEqual([one?.id]);
      expect(await ids({ after: { createdAt: zero?.created_at, id: zero?.id } })).toEqual([]);
      expect(await kit.store.tryOnJobs.count(userId, filter, 10)).toBe(3);
    });

    test("jobs are counted by day and status, of one account and key mode, within their time alone", async () => {
      const userId = uuidv7();
      const day = 86_400_000;
      const done = { status: "completed" as const };
      await kit.newJob(userId, { ...done, credits_used: 1 });
      await kit.newJob(userId, { ...done, credits_used: 2 });
      await kit.newJob(userId, { status: "failed", credits_used: 0 });
      await kit.newJob(userId, { ...done, created_at: later(-day) });
      await kit.newJob(userId, { ...done, created_at: later(-2 * day) });
      await kit.newJob(userId, { ...done, created_at: later(day) });
      await kit.newJob(userId, { ...done, key_mode: "test" });
      await kit.newJob(uuidv7(), done);
      const rows = await kit.store.tryOnJobs.countByDay(userId, "live", later(-day), later(day));
      const [today, yesterday] = [testTime, later(-day)].map((time) => time.toISOString().slice(0, 10));
      expect(rows).toHaveLength(3);
      expect(rows).toEqual(
        expect.arrayContaining([
          { day: today, status: "completed", jobs: 2, credits: 3 },
          { day: today, status: "failed", jobs: 1, credits: 0 },
          { day: yesterday, status: "completed", jobs: 1, credits: 1 },
        ]),
      );
      expect(await kit.store.tryOnJobs.countByDay(uuidv7(), "live", later(-day), later(day))).toEqual([]);
    });

    test("a day is counted in UTC, to its last millisecond", async () => {
      const userId = uuidv7();
      const from = new Date("2026-03-01T00:00:00.000Z");
      const to = new Date("2026-03-02T00:00:00.000Z");
      await kit.newJob(userId, { created_at: from });
      await kit.newJob(userId, { created_at: new Date(to.getTime() - 1) });
      await kit.newJob(userId, { created_at: to });
      const rows = await kit.store.tryOnJobs.countByDay(userId, "live", from, to);
      expect(rows).toEqual([{ day: "2026-03-01", status: "queued", jobs: 2, credits: 2 }]);
    });

    test("the times of completed jobs come newest first, others are left out", async () => {
      const userId = uuidv7();
      const took = (processing_time_ms: number | null, second: number, over: Partial<TryOnJob> = {}) =>
        kit.newJob(userId, { status: "completed", processing_time_ms, created_at: later(second * 1000), ...over });
      await took(300, 1);
      await took(100, 2);
      await took(null, 3);
      await took(200, 4);
      await took(9, 5, { status: "failed" });
      await took(9, 6, { key_mode: "test" });
      await took(9, -1);
      expect(await kit.store.tryOnJobs.listTimes(userId, "live", testTime, 10)).toEqual([200, 100, 300]);
      expect(await kit.store.tryOnJobs.listTimes(userId, "live", testTime, 2)).toEqual([200, 100]);
    });

    test("a job tells which key asked for it, to its own account alone", async () => {
      const [userId, keyId] = [uuidv7(), uuidv7()];
      expect(await kit.store.tryOnJobs.hasAnyOf(userId, [keyId])).toBe(false);
      await kit.newJob(userId, { api_key_id: keyId });
      expect(await kit.store.tryOnJobs.hasAnyOf(userId, [uuidv7(), keyId])).toBe(true);
      expect(await kit.store.tryOnJobs.hasAnyOf(userId, [uuidv7()])).toBe(false);
      expect(await kit.store.tryOnJobs.hasAnyOf(userId, [])).toBe(false);
      expect(await kit.store.tryOnJobs.hasAnyOf(uuidv7(), [keyId])).toBe(false);
    });

    test("an object belongs to a job as long as the row names it", async () => {
      const job = jobRow(uuidv7());
      const key = `photos/${job.user_id}/${job.id}/person.jpg`;
      await kit.store.tryOnJobs.insert({ ...job, person_image: key });
      expect(await kit.store.tryOnJobs.refersToObject(key)).toBe(true);
      expect(await kit.store.tryOnJobs.refersToObject(`photos/${job.user_id}/${job.id}/other.jpg`)).toBe(false);
      expect(await kit.store.tryOnJobs.refersToObject("jobs/nobody/nothing/person.jpg")).toBe(false);
    });
  });

  test("all pictures of one account can be made due at once", async () => {
    const [mine, other] = [await kit.newUser(), await kit.newUser()];
    const job = await kit.newJob(mine.id, { photo_expires_at: later(9_000_000), expires_at: null });
    const foreign = await kit.newJob(other.id, { photo_expires_at: later(9_000_000) });
    expect(await kit.store.tryOnJobs.expireAll(mine.id, later(5))).toBe(1);
    const due = { photo_expires_at: later(5), expires_at: later(5) };
    expect(await kit.store.tryOnJobs.findById(job.id)).toMatchObject(due);
    expect(await kit.store.tryOnJobs.findById(foreign.id)).toEqual(foreign);
  });
}
