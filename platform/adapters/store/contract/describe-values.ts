import { v7 as uuidv7 } from "uuid";
import { describe, expect, test } from "vitest";
import type { OutboxMessage } from "../../../core/model.ts";
import { jobRow, keyRow, testTime, userRow } from "../../../testing/rows.ts";
import type { StoreKit } from "./store-kit.ts";
import { later } from "./store-kit.ts";

const conflict = { name: "AppError", code: "conflict" };

const message = (user_id: string, payload: Record<string, unknown>): OutboxMessage => ({
  id: uuidv7(),
  user_id,
  channel: "mail",
  type: "test",
  payload,
  state: "pending",
  attempts: 0,
  last_error: null,
  next_attempt_at: testTime,
  sent_at: null,
  created_at: testTime,
});

/** The contract of the Store port: what comes back is what went in, whatever it is; the same faults; the same order. */
export function describeValues(kit: StoreKit) {
  describe("values", () => {
    const texts = [
      "",
      " ",
      "$set",
      "$$ROOT",
      "a.b",
      "'; DROP TABLE User; --",
      "Ünï",
      "e\u0301",
      "😀",
      "\ufffd",
      "日本\n\t",
    ];

    test("any text comes back as it went in, also where it looks like the database's language", async () => {
      for (const company of texts) {
        const user = await kit.newUser({ company, address: null });
        expect(await kit.store.users.findById(user.id)).toEqual(user);
        await kit.store.users.update(user.id, { company: null, address: company });
        expect(await kit.store.users.findById(user.id)).toMatchObject({ company: null, address: company });
      }
    });

    test("texts are ordered by their UTF-8 bytes", async () => {
      const prefix = uuidv7();
      const names = ["b", "a", "B", "A", "é", "z", "😀", "\ufffd", "aa", "-", "_", "1", "10", "2"];
      for (const name of names) await kit.newUser({ id: `${prefix}${name}` });
      const due = await kit.store.users.listDueForRenewal(testTime, names.length, prefix);
      const byBytes = names.map((name) => Buffer.from(`${prefix}${name}`)).sort(Buffer.compare);
      expect(due.map(({ id }) => id)).toEqual(byBytes.map(String));
    });

    test("times keep their milliseconds, also before 1970 and far ahead", async () => {
      for (const time of ["1969-12-31T23:59:59.999Z", "2026-11-24T10:00:00.001Z", "2199-01-01T00:00:00.010Z"]) {
        const user = await kit.newUser({ last_login: new Date(time) });
        expect((await kit.store.users.findById(user.id))?.last_login?.toISOString()).toBe(time);
      }
    });

    test("numbers keep their value: fractions, zero, beyond 32 bits", async () => {
      for (const confidence of [0, 1, 0.1, 0.30000000000000004, null]) {
        const job = await kit.newJob(uuidv7(), { confidence, processing_time_ms: 0 });
        expect(await kit.store.tryOnJobs.findById(job.id)).toEqual(job);
      }
      const { id } = await kit.newUser({ credits: 2_000_000_000 });
      expect(await kit.store.users.addCredits(id, "paid", 100_000_000, testTime)).toEqual({
        balance: 2_100_000_000,
        added: 100_000_000,
      });
    });

    test("lists and objects come back as JSON has them: empty, nested, with null, without undefined, times as text", async () => {
      const payload = {
        empty: {},
        list: [],
        nested: { a: [1, "2", { b: null }] },
        "with.dot": 1,
        gone: undefined,
        when: later(1),
        sure: true,
      };
      const sent = message(uuidv7(), payload);
      await kit.store.outbox.insert(sent);
      const listed = (await kit.store.outbox.listPending(testTime, 1000)).find(({ id }) => id === sent.id);
      expect(listed).toEqual({ ...sent, payload: JSON.parse(JSON.stringify(payload)) });
      expect(Object.keys(listed?.payload ?? {})).toEqual(Object.keys(JSON.parse(JSON.stringify(payload))));
    });

    test("null in a patch clears a field, undefined leaves it", async () => {
      const user = await kit.newUser({ first_name: "Asha", last_name: "Rao" });
      await kit.store.users.update(user.id, { first_name: null, last_name: undefined });
      expect(await kit.store.users.findById(user.id)).toEqual({ ...user, first_name: null });
      const job = await kit.newJob(user.id, { product_id: "tee", shopper_id: "s" });
      const patched = await kit.store.tryOnJobs.patch(job.id, { product_id: undefined, shopper_id: null }, later(1));
      expect(patched).toEqual({ ...job, shopper_id: null, version: 2, updated_at: later(1) });
    });

    test("an empty patch is no fault", async () => {
      const user = await kit.newUser();
      await kit.store.users.update(user.id, {});
      expect(await kit.store.users.findById(user.id)).toEqual(user);
      await kit.store.users.update(uuidv7(), { company: "nobody's" });
    });
  });

  describe("faults and order", () => {
    test("a second row of one unique key is a conflict, and the first stays", async () => {
      const user = await kit.newUser();
      await expect(kit.store.users.insert(user)).rejects.toMatchObject(conflict);
      const namesake = userRow({ email_normalised: user.email_normalised });
      await expect(kit.store.users.insert(namesake)).rejects.toMatchObject(conflict);
      expect(await kit.store.users.findById(namesake.id)).toBeNull();
      const key = keyRow(user.id);
      await kit.store.apiKeys.insert(key);
      await expect(kit.store.apiKeys.insert({ ...key, id: uuidv7() })).rejects.toMatchObject(conflict);
      const job = await kit.newJob(user.id);
      await expect(kit.store.tryOnJobs.insert({ ...jobRow(uuidv7()), id: job.id })).rejects.toMatchObject(conflict);
    });

    test("a conflict in a transaction undoes it all", async () => {
      const [user, other] = [await kit.newUser(), userRow()];
      const twice = kit.store.transaction(async (tx) => {
        await tx.users.insert(other);
        await tx.users.insert({ ...other, id: uuidv7(), email_normalised: user.email_normalised });
      });
      await expect(twice).rejects.toMatchObject(conflict);
      expect(await kit.store.users.findById(other.id)).toBeNull();
    });

    test("statements that a transaction starts together run one after another", async () => {
      const user = await kit.newUser({ credits: 5 });
      const take = { free: 0, paid: 1, total: 1 };
      const taken = await kit.store.transaction((tx) =>
        Promise.all([1, 2, 3].map(() => tx.users.takeCredits(user.id, take, testTime))),
      );
      expect(taken.map((balance) => balance?.paid)).toEqual([4, 3, 2]);
    });

    test("rows of one moment are listed by their id, everywhere", async () => {
      const user = await kit.newUser();
      const ids = Array.from({ length: 6 }, () => uuidv7()).sort(() => 0.5 - Math.random());
      const lease = { status: "processing" as const, lease_until: new Date("2001-01-01"), lease_holder: "w" };
      const ended = { status: "completed" as const, photo_expires_at: new Date("2001-01-01") };
      const old = { created_at: new Date("2001-01-01") };
      const mine = (suffix: string) => ids.map((id) => `${id}${suffix}`).sort();
      for (const id of ids) {
        await kit.newJob(user.id, { id: `${id}-l`, ...lease });
        await kit.newJob(user.id, { id: `${id}-e`, ...ended });
        await kit.newJob(user.id, { id: `${id}-q`, ...old });
        await kit.store.authEvents.insert({
          id,
          kind: "test",
          user_id: user.id,
          api_key_id: null,
          detail: {},
          ip_address: null,
          created_at: testTime,
        });
      }
      const only = (rows: { id: string; user_id: string | null }[]) =>
        rows.filter(({ user_id }) => user_id === user.id).map(({ id }) => id);
      expect(only(await kit.store.tryOnJobs.listExpiredLeases(testTime, 1000))).toEqual(mine("-l"));
      expect(only(await kit.store.tryOnJobs.listExpiredImages(testTime, 1000))).toEqual(mine("-e"));
      expect(only(await kit.store.tryOnJobs.listStaleQueued(new Date("2001-01-02"), 1000))).toEqual(mine("-q"));
      expect(only(await kit.store.authEvents.listByUser(user.id, 10))).toEqual([...ids].sort().reverse());
      // leave nothing that other tests would list
      for (const suffix of ["-l", "-q"]) {
        for (const id of mine(suffix)) {
          await kit.store.tryOnJobs.transition(id, ["processing", "queued"], { status: "failed" }, testTime);
        }
      }
      for (const id of mine("-e")) await kit.store.tryOnJobs.patch(id, { photo_expires_at: null }, testTime);
    });
  });
}
