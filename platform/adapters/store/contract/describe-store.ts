import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IdempotencyRecord, TryOnJob } from "../../../core/model.ts";
import type { Store } from "../../../core/ports.ts";
import { jobRow, keyRow, testTime, userRow } from "../../../testing/rows.ts";

const later = (ms: number) => new Date(testTime.getTime() + ms);
const fifty = Array.from({ length: 50 }, (_, index) => index);

/** The contract of the Store port: every implementation passes exactly these. */
export function describeStore(name: string, make: () => Promise<{ store: Store; remove: () => Promise<void> }>) {
  describe(`store contract: ${name}`, () => {
    let store: Store;
    let remove: () => Promise<void>;
    beforeAll(async () => {
      ({ store, remove } = await make());
    });
    afterAll(() => remove());

    const newUser = async (over = {}) => {
      const user = userRow(over);
      await store.users.insert(user);
      return user;
    };
    const newJob = async (userId: string, over: Partial<TryOnJob> = {}) => {
      const job = jobRow(userId, over);
      await store.tryOnJobs.insert(job);
      return job;
    };

    describe("users", () => {
      test("a user is read back exactly as it was written", async () => {
        const user = await newUser({ first_name: "Asha", last_login: testTime });
        expect(await store.users.findById(user.id)).toEqual(user);
        expect(await store.users.findByEmail(user.email_normalised)).toEqual(user);
        expect(await store.users.findById("nobody")).toBeNull();
      });

      test("of 50 transactions that read the user for update each sees what the one before it did", async () => {
        const user = await newUser({ company: "0" });
        await Promise.all(
          fifty.map(() =>
            store.transaction(async (tx) => {
              const seen = await tx.users.findForUpdate(user.id);
              const jobs = await tx.tryOnJobs.countActive(user.id);
              expect(String(jobs.queued)).toBe(seen?.company);
              await tx.tryOnJobs.insert(jobRow(user.id));
              await tx.users.update(user.id, { company: String(jobs.queued + 1) });
            }),
          ),
        );
        expect(await store.users.findForUpdate(user.id)).toEqual({ ...user, company: "50" });
        expect(await store.users.findForUpdate(uuidv7())).toBeNull();
      });

      test("an update touches only the named fields", async () => {
        const user = await newUser();
        await store.users.update(user.id, { is_suspended: true, updated_at: later(1) });
        expect(await store.users.findById(user.id)).toEqual({ ...user, is_suspended: true, updated_at: later(1) });
      });

      test("credits are taken only in the split that free-first demands", async () => {
        const { id } = await newUser({ credits: 5, daily_free_credits: 1 });
        expect(await store.users.takeCredits(id, { free: 2, paid: 0, total: 2 }, testTime)).toBeNull();
        expect(await store.users.takeCredits(id, { free: 0, paid: 2, total: 2 }, testTime)).toBeNull();
        expect(await store.users.takeCredits(id, { free: 1, paid: 1, total: 2 }, testTime)).toEqual({
          free: 0,
          paid: 4,
        });
        expect(await store.users.takeCredits(id, { free: 0, paid: 5, total: 5 }, testTime)).toBeNull();
      });

      test("50 clients cannot take more than there is", async () => {
        const { id } = await newUser({ credits: 7 });
        const taken = await Promise.all(
          fifty.map(() => store.users.takeCredits(id, { free: 0, paid: 1, total: 1 }, testTime)),
        );
        expect(taken.filter(Boolean)).toHaveLength(7);
        expect((await store.users.findById(id))?.credits).toBe(0);
      });

      test("credits are added, the free bucket never past its cap, the paid one never below 0", async () => {
        const { id } = await newUser({ credits: 2, daily_free_credits: 2 });
        expect(await store.users.addCredits(id, "paid", 3, testTime)).toEqual({ balance: 5, added: 3 });
        expect(await store.users.addCredits(id, "paid", -6, testTime)).toBeNull();
        expect(await store.users.addCredits(id, "free", 2, testTime, 3)).toEqual({ balance: 3, added: 1 });
        expect(await store.users.addCredits("nobody", "free", 1, testTime, 3)).toBeNull();
      });

      test("of 50 renewals of one day exactly one happens", async () => {
        const dayStart = new Date("2026-11-24T00:00:00.000Z");
        const { id } = await newUser({
          daily_free_credits: 1,
          last_free_credit_reset: new Date("2026-11-23T09:00:00Z"),
        });
        const renewals = await Promise.all(fifty.map(() => store.users.renewFreeCredits(id, 3, dayStart, testTime)));
        expect(renewals.filter(Boolean)).toEqual([{ added: 2, balance: 3 }]);
        expect((await store.users.findById(id))?.last_free_credit_reset).toEqual(testTime);
      });

      test("those due for renewal are active, verified and not renewed today, in id order", async () => {
        const dayStart = new Date("2026-11-24T00:00:00.000Z");
        const due = [await newUser(), await newUser({ last_free_credit_reset: new Date("2026-11-23T23:59:59Z") })];
        await newUser({ is_email_verified: false });
        await newUser({ is_active: false });
        await newUser({ last_free_credit_reset: testTime });
        const all = await store.users.listDueForRenewal(dayStart, 1000);
        const ids = all.map((user) => user.id);
        expect(ids).toEqual([...ids].sort());
        expect(ids).toEqual(expect.arrayContaining(due.map((user) => user.id)));
        expect(all.every((user) => user.is_active && user.is_email_verified)).toBe(true);
        const rest = await store.users.listDueForRenewal(dayStart, 1000, ids[0]);
        expect(rest.map((user) => user.id)).toEqual(ids.slice(1));
      });

      test("demo accounts are counted", async () => {
        const before = await store.users.countDemo();
        await newUser({ is_demo: true });
        expect(await store.users.countDemo()).toBe(before + 1);
      });
    });

    test("settings are written and replaced", async () => {
      const settings = {
        user_id: uuidv7(),
        photo_retention_hours: 24,
        result_retention_hours: 24,
        shopper_daily_cap: 10,
        allowed_modes: ["top", "full"] as ("top" | "full")[],
        widget_texts: { button: "Anprobieren" },
        widget_look: {},
        allow_garment_bytes: false,
        show_shopper_results: false,
        monthly_key_budget: null,
        daily_key_budget: 5,
        created_at: testTime,
        updated_at: testTime,
      };
      expect(await store.settings.find(settings.user_id)).toBeNull();
      await store.settings.upsert(settings);
      const changed = { ...settings, photo_retention_hours: 0, allowed_modes: ["top" as const], updated_at: later(1) };
      await store.settings.upsert(changed);
      expect(await store.settings.find(settings.user_id)).toEqual(changed);
    });

    describe("ledger", () => {
      const row = (user_id: string, over = {}) => ({
        id: uuidv7(),
        user_id,
        type: "usage" as const,
        credits: -1,
        bucket: "paid" as const,
        balance_after: 4,
        description: "Try-on",
        reference_type: "tryon_job" as const,
        reference_id: uuidv7(),
        metadata: null,
        created_at: testTime,
        ...over,
      });

      test("of 50 rows with one reference exactly one is booked", async () => {
        const userId = uuidv7();
        const same = { reference_id: "job-1", type: "refund" as const, credits: 1 };
        const booked = await Promise.all(fifty.map(() => store.creditTransactions.insertOnce(row(userId, same))));
        expect(booked.filter(Boolean)).toHaveLength(1);
        expect(await store.creditTransactions.sums(userId)).toEqual({ free: 0, paid: 1 });
      });

      test("a booked twin does not spoil the transaction around it", async () => {
        const userId = uuidv7();
        const twin = row(userId, { reference_id: "job-2" });
        await store.creditTransactions.insertOnce(twin);
        const second = await store.transaction(async (tx) => {
          const isNew = await tx.creditTransactions.insertOnce({ ...twin, id: uuidv7() });
          await tx.creditTransactions.insertOnce(row(userId, { bucket: "free" }));
          return isNew;
        });
        expect(second).toBe(false);
        expect(await store.creditTransactions.sums(userId)).toEqual({ free: -1, paid: -1 });
      });

      test("it is listed newest first, by type and by time, with its own user's rows alone", async () => {
        const userId = uuidv7();
        const rows = [0, 1, 2, 3].map((hour) =>
          row(userId, { created_at: later(hour * 3_600_000), type: hour % 2 ? "usage" : "free", metadata: { hour } }),
        );
        for (const one of rows) await store.creditTransactions.insertOnce(one);
        await store.creditTransactions.insertOnce(row(uuidv7()));
        const list = (filter: object, page = { offset: 0, limit: 10 }) =>
          store.creditTransactions.list(userId, filter, page);
        expect(await list({})).toEqual([...rows].reverse());
        expect(await list({ type: "usage" })).toEqual([rows[3], rows[1]]);
        expect(await list({ dateFrom: later(3_600_000), dateTo: later(3 * 3_600_000) })).toEqual([rows[2], rows[1]]);
        expect(await list({}, { offset: 1, limit: 2 })).toEqual([rows[2], rows[1]]);
        expect(await store.creditTransactions.count(userId, {}, 100)).toBe(4);
        expect(await store.creditTransactions.count(userId, {}, 3)).toBe(3);
      });
    });

    describe("API keys", () => {
      test("a key is found by hash and by its own account only", async () => {
        const key = keyRow(uuidv7(), { allowed_origins: ["https://a.example"], expires_at: later(1) });
        await store.apiKeys.insert(key);
        expect(await store.apiKeys.findByHash(key.key_hash)).toEqual(key);
        expect(await store.apiKeys.findById(key.user_id, key.id)).toEqual(key);
        expect(await store.apiKeys.findById(uuidv7(), key.id)).toBeNull();
        expect(await store.apiKeys.listByUser(key.user_id)).toEqual([key]);
        expect(await store.apiKeys.update(uuidv7(), key.id, { is_active: false }, later(1))).toBe(false);
        expect(await store.apiKeys.update(key.user_id, key.id, { is_active: false }, later(1))).toBe(true);
        await store.apiKeys.recordUse(key.id, 3, later(2));
        expect(await store.apiKeys.findByHash(key.key_hash)).toMatchObject({
          is_active: false,
          usage_count: 3,
          last_used: later(2),
        });
      });

      test("an origin is known while an active publishable key lists it", async () => {
        const key = keyRow(uuidv7(), { kind: "publishable", allowed_origins: ["https://known.example"] });
        await store.apiKeys.insert(key);
        await store.apiKeys.insert(keyRow(uuidv7(), { allowed_origins: ["https://secret.example"] }));
        const known = (...candidates: string[]) => store.apiKeys.anyActiveWithOrigin(candidates);
        expect(await known("https://other.example", "https://known.example")).toBe(true);
        expect(await known("https://secret.example")).toBe(false);
        expect(await known()).toBe(false);
        await store.apiKeys.update(key.user_id, key.id, { is_active: false }, later(1));
        expect(await known("https://known.example")).toBe(false);
      });

      test("50 clients cannot cross a key's budget of the day", async () => {
        const id = uuidv7();
        const spend = (credits: number, budget = 10) => store.keyBudgets.spend(id, "2026-11-24", budget, credits);
        expect(await store.keyBudgets.find(id, "2026-11-24")).toBeNull();
        expect(await spend(11)).toBeNull();
        const spent = await Promise.all(fifty.map(() => spend(1)));
        expect(spent.filter(Boolean)).toHaveLength(10);
        // the day's first spend has set the budget: a later, higher one does not count
        expect(await spend(1, 99)).toBeNull();
        await store.keyBudgets.giveBack(id, "2026-11-24", 2);
        expect(await spend(2)).toEqual({ before: 8, after: 10, budget: 10 });
        expect(await store.keyBudgets.find(id, "2026-11-24")).toEqual({
          api_key_id: id,
          day: "2026-11-24",
          budget: 10,
          spent: 10,
        });
      });
    });

    describe("try-on jobs", () => {
      test("a job is read back exactly, and by its owner alone", async () => {
        const job = await newJob(uuidv7(), { warnings: ["a"], confidence: 0.5, photo_expires_at: later(1) });
        expect(await store.tryOnJobs.findById(job.id)).toEqual(job);
        expect(await store.tryOnJobs.findOwned(job.user_id, job.id)).toEqual(job);
        expect(await store.tryOnJobs.findOwned(uuidv7(), job.id)).toBeNull();
      });

      test("look-ups at the same moment by owner and stranger stay apart", async () => {
        const [mine, theirs] = [await newJob(uuidv7()), await newJob(uuidv7())];
        const found = await Promise.all(
          fifty.flatMap(() => [
            store.tryOnJobs.findOwned(mine.user_id, mine.id),
            store.tryOnJobs.findOwned(theirs.user_id, mine.id),
            store.tryOnJobs.findOwned(mine.user_id, theirs.id),
            store.tryOnJobs.findOwned(theirs.user_id, theirs.id),
          ]),
        );
        const expected = [mine.id, undefined, undefined, theirs.id];
        expect(found.map((job) => job?.id)).toEqual(fifty.flatMap(() => expected));
      });

      test("of 50 workers exactly one claims a job, and none before its time", async () => {
        const job = await newJob(uuidv7(), { run_after: later(10) });
        expect(await store.tryOnJobs.claim(job.id, "early", testTime, later(30))).toBeNull();
        const claims = await Promise.all(
          fifty.map((index) => store.tryOnJobs.claim(job.id, `worker-${index}`, later(20), later(50))),
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
        const job = await newJob(uuidv7());
        await store.tryOnJobs.claim(job.id, "a", testTime, later(30));
        expect(await store.tryOnJobs.renewLease(job.id, "b", later(5), later(60))).toBeNull();
        expect(await store.tryOnJobs.renewLease(job.id, "a", later(5), later(60))).toMatchObject({
          lease_until: later(60),
          version: 2,
        });
        const expired = async (now: Date) => (await store.tryOnJobs.listExpiredLeases(now, 100)).map(({ id }) => id);
        expect(await expired(later(59))).not.toContain(job.id);
        expect(await expired(later(61))).toContain(job.id);
      });

      test("a job whose lease ran out is queued again once, one try on, and not before", async () => {
        const job = await newJob(uuidv7());
        expect(await store.tryOnJobs.requeueExpired(job.id, later(60))).toBeNull();
        await store.tryOnJobs.claim(job.id, "a", testTime, later(30));
        await store.tryOnJobs.renewLease(job.id, "a", later(20), later(50));
        expect(await store.tryOnJobs.requeueExpired(job.id, later(50))).toBeNull();
        const back = await Promise.all(fifty.map(() => store.tryOnJobs.requeueExpired(job.id, later(51))));
        expect(back.filter(Boolean)).toHaveLength(1);
        expect(await store.tryOnJobs.findById(job.id)).toMatchObject({
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
        const job = await newJob(uuidv7());
        await store.tryOnJobs.claim(job.id, "a", testTime, later(30));
        const mark = { sent_at: later(31), sent_estimate_micro_usd: 90_000 };
        const [marked, requeued] = await Promise.all([
          store.tryOnJobs.transition(job.id, ["processing"], mark, later(31), "a"),
          store.tryOnJobs.requeueExpired(job.id, later(31)),
        ]);
        expect([marked, requeued].filter(Boolean)).toHaveLength(1);
        if (!marked) return;
        expect(marked).toMatchObject(mark);
        expect(await store.tryOnJobs.requeueExpired(job.id, later(99))).toBeNull();
      });

      test("of 50 endings of one job exactly one happens", async () => {
        const job = await newJob(uuidv7());
        await store.tryOnJobs.claim(job.id, "a", testTime, later(30));
        const wrong = await store.tryOnJobs.transition(job.id, ["processing"], { status: "completed" }, later(1), "b");
        expect(wrong).toBeNull();
        const ends = await Promise.all(
          fifty.map((index) =>
            store.tryOnJobs.transition(
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
        const job = await newJob(uuidv7(), { status: "completed" });
        expect(await store.tryOnJobs.patch(job.id, { person_image: null }, later(1))).toMatchObject({ version: 2 });
        expect(await store.tryOnJobs.patch(uuidv7(), {}, later(1))).toBeNull();
      });

      test("accounts take turns, and one at its limit is left out", async () => {
        const [busy, calm] = [uuidv7(), uuidv7()];
        const old = new Date("2020-01-01T00:00:00Z");
        const mine: TryOnJob[] = [];
        for (const minute of [0, 1, 2]) {
          const created_at = new Date(old.getTime() + minute * 60_000);
          mine.push(await newJob(busy, { created_at, run_after: old }));
        }
        const other = await newJob(calm, { created_at: new Date("2020-01-02T00:00:00Z"), run_after: old });
        const claimable = await store.tryOnJobs.listClaimable(new Date("2020-02-01T00:00:00Z"), 10, 10);
        expect(claimable).toEqual([mine[0]?.id, other.id, mine[1]?.id, mine[2]?.id]);
        await store.tryOnJobs.claim(mine[0]?.id ?? "", "w", testTime, later(30));
        expect(await store.tryOnJobs.listClaimable(new Date("2020-02-01T00:00:00Z"), 10, 1)).toEqual([other.id]);
        const stale = await store.tryOnJobs.listStaleQueued(new Date("2020-01-01T12:00:00Z"), 10);
        expect(stale.map((job) => job.id)).toEqual([mine[1]?.id, mine[2]?.id]);
      });

      test("history goes on strictly after its cursor, also through equal times", async () => {
        const userId = uuidv7();
        const jobs: TryOnJob[] = [];
        for (const index of [0, 1, 2, 3, 4, 5]) {
          const created_at = later(Math.floor(index / 2) * 1000);
          jobs.push(
            await newJob(userId, { created_at, mode: index % 2 ? "full" : "top", product_id: `p${index % 3}` }),
          );
        }
        const newest = [...jobs].sort(
          (a, b) => b.created_at.getTime() - a.created_at.getTime() || (a.id < b.id ? 1 : -1),
        );
        const ids = async (filter: object, page: Parameters<Store["tryOnJobs"]["list"]>[2]) =>
          (await store.tryOnJobs.list(userId, filter, page)).map((job) => job.id);
        const seen: string[] = [];
        let after: { createdAt: Date; id: string } | undefined;
        for (let page = 0; page < 3; page += 1) {
          const rows = await store.tryOnJobs.list(userId, {}, { limit: 2, after });
          seen.push(...rows.map((job) => job.id));
          const last = rows.at(-1);
          after = last && { createdAt: last.created_at, id: last.id };
        }
        expect(seen).toEqual(newest.map((job) => job.id));
        expect(await ids({}, { limit: 10, offset: 4 })).toEqual(newest.slice(4).map((job) => job.id));
        expect(await ids({ mode: "full", productId: "p1" }, { limit: 10 })).toEqual(
          newest.filter((job) => job.mode === "full" && job.product_id === "p1").map((job) => job.id),
        );
        expect(await store.tryOnJobs.count(userId, { status: "queued" }, 4)).toBe(4);
        expect(await store.tryOnJobs.count(userId, { keyMode: "test" }, 4)).toBe(0);
      });

      test("an account's running, queued, daily and spent figures are its own", async () => {
        const userId = uuidv7();
        await newJob(userId, { status: "processing", credits_used: 2 });
        await newJob(userId, { key_mode: "test", credits_used: 0 });
        await newJob(userId, { created_at: later(-86_400_000), status: "completed" });
        expect(await store.tryOnJobs.countActive(userId)).toEqual({ queued: 1, processing: 1 });
        expect(await store.tryOnJobs.countSince(userId, later(-1000))).toBe(1);
        expect(await store.tryOnJobs.totalCreditsUsed(userId)).toBe(3);
        expect(await store.tryOnJobs.totalCreditsUsed(uuidv7())).toBe(0);
        expect((await store.tryOnJobs.countByStatus()).processing).toBeGreaterThan(0);
      });

      test("images that are due to go are listed until they are gone", async () => {
        const due = await newJob(uuidv7(), { status: "completed", photo_expires_at: later(1000) });
        const listed = async (now: Date) => (await store.tryOnJobs.listExpiredImages(now, 1000)).map(({ id }) => id);
        expect(await listed(later(999))).not.toContain(due.id);
        expect(await listed(later(1000))).toContain(due.id);
        await store.tryOnJobs.patch(due.id, { photo_expires_at: null }, later(1000));
        expect(await listed(later(1000))).not.toContain(due.id);
      });

      test("an object belongs to a job as long as the row names it", async () => {
        const job = jobRow(uuidv7());
        const key = `jobs/${job.id}/person.jpg`;
        await store.tryOnJobs.insert({ ...job, person_image: key });
        expect(await store.tryOnJobs.refersToObject(key)).toBe(true);
        expect(await store.tryOnJobs.refersToObject(`jobs/${job.id}/other.jpg`)).toBe(false);
        expect(await store.tryOnJobs.refersToObject("jobs/nobody/person.jpg")).toBe(false);
      });
    });

    describe("idempotency records", () => {
      const record = (over: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
        scope: uuidv7(),
        key: "k",
        input_hash: "h",
        state: "in_progress",
        answer: null,
        job_id: null,
        holder: uuidv7(),
        started_at: testTime,
        expires_at: later(1000),
        ...over,
      });

      test("of 50 beginners exactly one wins, the others see its record", async () => {
        const scope = uuidv7();
        const begun = await Promise.all(fifty.map(() => store.idempotency.begin(record({ scope }))));
        const winner = begun.find((one) => one.won);
        expect(begun.filter((one) => one.won)).toHaveLength(1);
        expect(begun.every((one) => one.record.holder === winner?.record.holder)).toBe(true);
      });

      test("only the holder completes or releases, and a done record stays", async () => {
        const mine = record();
        await store.idempotency.begin(mine);
        const { scope, key } = mine;
        expect(await store.idempotency.complete(scope, key, "thief", "a", null, later(5))).toBe(false);
        await store.idempotency.release(scope, key, "thief");
        expect(await store.idempotency.complete(scope, key, mine.holder, "answer", "job", later(5))).toBe(true);
        await store.idempotency.release(scope, key, mine.holder);
        expect(await store.idempotency.find(scope, key)).toEqual({
          ...mine,
          state: "done",
          answer: "answer",
          job_id: "job",
          expires_at: later(5),
        });
      });

      test("a record is taken over once, and the old holder can no longer answer", async () => {
        const old = record();
        await store.idempotency.begin(old);
        const takers = fifty.map(() => ({ ...old, holder: uuidv7(), started_at: later(60_000) }));
        const taken = await Promise.all(takers.map((next) => store.idempotency.takeOver(old, next)));
        expect(taken.filter(Boolean)).toHaveLength(1);
        expect(await store.idempotency.complete(old.scope, old.key, old.holder, "late", null, later(5))).toBe(false);
      });

      test("a released key is free again, an expired record is deleted", async () => {
        const first = record();
        await store.idempotency.begin(first);
        await store.idempotency.release(first.scope, first.key, first.holder);
        expect((await store.idempotency.begin(first)).won).toBe(true);
        expect(await store.idempotency.deleteExpired(later(2000), 1000)).toBeGreaterThan(0);
        expect(await store.idempotency.find(first.scope, first.key)).toBeNull();
      });

      test("encrypted values under other keys are listed until they are replaced, each only while it is the one seen", async () => {
        const field = "IdempotencyRecord.answer";
        const put = async (key: string, answer: string) => {
          await store.idempotency.begin(record({ scope: "sealed", key, holder: "h" }));
          await store.idempotency.complete("sealed", key, "h", answer, null, later(1_000));
        };
        const listed = async (skip: number, limit = 10) => {
          const values = await store.sealed.listNotUnder(field, "b%", { skip, limit });
          return values.filter(({ sealed }) => sealed.startsWith("rotate-") || sealed.startsWith("B%"));
        };
        await put("1", "rotate-a.one");
        await put("2", "b%.two");
        await put("3", "B%.three");
        await put("4", "rotate-a.four");
        const seen = await listed(0);
        expect(seen.map(({ sealed }) => sealed).sort()).toEqual(["B%.three", "rotate-a.four", "rotate-a.one"]);
        const all = await store.sealed.listNotUnder(field, "b%", { skip: 0, limit: 100 });
        expect(await store.sealed.listNotUnder(field, "b%", { skip: 1, limit: 1 })).toEqual([all[1]]);

        const first = seen.find(({ sealed }) => sealed === "rotate-a.one");
        if (!first) throw new Error("not listed");
        expect(await store.sealed.replace(field, { ...first, sealed: "rotate-a.other" }, "b%.no")).toBe(false);
        expect(await store.sealed.replace(field, first, "b%.one")).toBe(true);
        expect(await store.sealed.replace(field, first, "b%.again")).toBe(false);
        expect((await store.idempotency.find("sealed", "1"))?.answer).toBe("b%.one");
        expect(await listed(0)).toHaveLength(2);
      });
    });

    describe("what engines cost", () => {
      const day = "2026-11-24";

      test("50 clients cannot pass the cap of the day, and a cap that is raised counts at once", async () => {
        const engine = uuidv7();
        const reserve = (microUsd: number, cap = 1_000_000) => store.engineCosts.reserve(engine, day, cap, microUsd);
        expect(await store.engineCosts.find(engine, day)).toBeNull();
        expect(await reserve(1_000_001)).toBeNull();
        const reserved = await Promise.all(fifty.map(() => reserve(100_000)));
        expect(reserved.filter(Boolean)).toHaveLength(10);
        expect(await reserve(1)).toBeNull();
        expect(await reserve(5_000_000_000, 6_000_000_000)).toEqual({ spent: 5_001_000_000 });
        expect(await store.engineCosts.reserve(engine, "2026-11-25", 10, 10)).toEqual({ spent: 10 });
      });

      test("what a call really cost takes the place of what was reserved", async () => {
        const engine = uuidv7();
        await store.engineCosts.reserve(engine, day, 100, 100);
        await store.engineCosts.settle(engine, day, -60);
        await store.engineCosts.settle(engine, day, 10);
        expect(await store.engineCosts.find(engine, day)).toEqual({ engine, day, spent_micro_usd: 50, refused: 0 });
        expect(await store.engineCosts.reserve(engine, day, 100, 51)).toBeNull();
        expect(await store.engineCosts.reserve(engine, day, 100, 50)).toEqual({ spent: 100 });
      });

      test("of 50 refusals exactly one is the day's first", async () => {
        const engine = uuidv7();
        const counts = await Promise.all(fifty.map(() => store.engineCosts.noteRefusal(engine, day)));
        expect([...counts].sort((a, b) => a - b)).toEqual(fifty.map((index) => index + 1));
        expect(await store.engineCosts.find(engine, day)).toMatchObject({ spent_micro_usd: 0, refused: 50 });
      });
    });

    test("of 50 processes that seed one version of a prompt exactly one does", async () => {
      const prompt = (version: number) => ({
        id: uuidv7(),
        name: "System",
        type: "full_outfit" as const,
        content: "…",
        version,
        is_active: false,
        created_by: "seed",
        notes: null,
        activated_at: null,
        created_at: testTime,
      });
      const seeded = await Promise.all(fifty.map(() => store.prompts.insertOnce(prompt(1))));
      expect(seeded.filter(Boolean)).toHaveLength(1);
      expect(await store.prompts.insertOnce(prompt(2))).toBe(true);
    });

    test("the active prompt of a type is found", async () => {
      const prompt = {
        id: uuidv7(),
        name: "Top",
        type: "top_only" as const,
        content: "…",
        version: 1,
        is_active: true,
        created_by: "seed",
        notes: null,
        activated_at: testTime,
        created_at: testTime,
      };
      await store.prompts.insert({ ...prompt, id: uuidv7(), version: 2, is_active: false });
      await store.prompts.insert(prompt);
      expect(await store.prompts.findActive("top_only")).toEqual(prompt);
      expect(await store.prompts.findActive("system")).toBeNull();
    });

    test("a key's new origin is noted once; other events are all kept, newest first", async () => {
      const user_id = uuidv7();
      const event = (kind: string, at = testTime) => ({
        id: uuidv7(),
        kind,
        user_id,
        api_key_id: "key",
        detail: { origin: `https://${user_id}.example` },
        ip_address: null,
        created_at: at,
      });
      const noted = await Promise.all(fifty.map(() => store.authEvents.insertNewOrigin(event("new_origin"))));
      expect(noted.filter(Boolean)).toHaveLength(1);
      const burst = event("burst", later(1));
      await store.authEvents.insert(burst);
      const events = await store.authEvents.listByUser(user_id, 10);
      expect(events).toHaveLength(2);
      expect(events[0]).toEqual(burst);
    });

    test("pending messages are listed when they are due", async () => {
      const message = {
        id: uuidv7(),
        user_id: uuidv7(),
        channel: "mail" as const,
        type: "key_budget_reached",
        payload: { key: "Shop" },
        state: "pending" as const,
        attempts: 0,
        last_error: null,
        next_attempt_at: later(1000),
        sent_at: null,
        created_at: testTime,
      };
      await store.outbox.insert(message);
      expect(await store.outbox.listPending(testTime, 10)).toEqual([]);
      expect(await store.outbox.listPending(later(1000), 10)).toEqual([message]);
      expect(await store.outbox.listPending(later(1000), 10, "mail")).toEqual([message]);
      expect(await store.outbox.listPending(later(1000), 10, "webhook")).toEqual([]);
      const claims = await Promise.all(fifty.map(() => store.outbox.claim(message, later(5000))));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await store.outbox.listPending(later(4999), 10)).toEqual([]);
      const [again] = await store.outbox.listPending(later(5000), 10);
      expect(again).toEqual({ ...message, attempts: 1, next_attempt_at: later(5000) });
      expect(await store.outbox.deleteSettled(later(1), 10)).toBe(0);
      await store.outbox.settle(message.id, { state: "sent", last_error: null, sent_at: later(6000) });
      expect(await store.outbox.listPending(later(9000), 10)).toEqual([]);
      expect(await store.outbox.deleteSettled(later(1), 10)).toBe(1);
    });

    test("all pictures of one account can be made due at once", async () => {
      const [mine, other] = [await newUser(), await newUser()];
      const job = await newJob(mine.id, { photo_expires_at: later(9_000_000), expires_at: null });
      const foreign = await newJob(other.id, { photo_expires_at: later(9_000_000) });
      expect(await store.tryOnJobs.expireAll(mine.id, later(5))).toBe(1);
      const due = { photo_expires_at: later(5), expires_at: later(5) };
      expect(await store.tryOnJobs.findById(job.id)).toMatchObject(due);
      expect(await store.tryOnJobs.findById(foreign.id)).toEqual(foreign);
    });

    test("of 50 holders one has the lease, until it ends or is released", async () => {
      const name = uuidv7();
      const acquire = (holder: string, now: Date) =>
        store.leases.acquire(name, holder, now, new Date(now.getTime() + 1000));
      const got = await Promise.all(fifty.map((index) => acquire(`h${index}`, testTime)));
      expect(got.filter(Boolean)).toHaveLength(1);
      const holder = `h${got.indexOf(true)}`;
      expect(await acquire(holder, later(500))).toBe(true);
      expect(await acquire("next", later(1499))).toBe(false);
      expect(await acquire("next", later(1500))).toBe(true);
      await store.leases.release(name, holder);
      expect(await acquire("third", later(1600))).toBe(false);
      await store.leases.release(name, "next");
      expect(await acquire("third", later(1600))).toBe(true);
    });

    test("a transaction that throws leaves nothing behind", async () => {
      const user = userRow();
      const failed = store.transaction(async (tx) => {
        await tx.users.insert(user);
        throw new Error("stop");
      });
      await expect(failed).rejects.toThrow("stop");
      expect(await store.users.findById(user.id)).toBeNull();
    });

    test("50 transactions at once that read, then write, all happen and lose no update", async () => {
      const { id } = await newUser();
      await Promise.all(
        fifty.map(() =>
          store.transaction(async (tx) => {
            const seen = await tx.users.findById(id);
            await tx.users.update(id, { company: String(Number(seen?.company ?? 0) + 1) });
          }),
        ),
      );
      expect((await store.users.findById(id))?.company).toBe("50");
    });

    test("the store answers a ping; a closed one is unavailable", async () => {
      await store.ping();
      const other = await make();
      await other.store.close();
      const unavailable = { code: "store_unavailable" };
      await expect(other.store.ping()).rejects.toMatchObject(unavailable);
      await expect(other.store.users.findById("x")).rejects.toMatchObject(unavailable);
      await expect(other.store.transaction((tx) => tx.users.countDemo())).rejects.toMatchObject(unavailable);
      await other.remove();
    });
  });
}
