import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createPrisma } from "@trailroom/db";
import { MongoClient } from "mongodb";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allModels } from "../adapters/store/mongo/create-repositories.ts";
import { toRow } from "../adapters/store/mongo/model.ts";
import { openRowTarget } from "../adapters/store/mongo/open-row-target.ts";
import { openRowSource } from "../adapters/store/sqlite/open-row-source.ts";
import { adjustCredits } from "../core/credits/adjust-credits.ts";
import type { Store } from "../core/ports.ts";
import { dropMongo, hasMongo, newMongoUrl } from "../testing/make-mongo-store.ts";
import { makeStore } from "../testing/make-store.ts";
import { jobRow, keyRow, testTime, userRow } from "../testing/rows.ts";
import { copyStore } from "./copy-store.ts";
import { openStore } from "./open-store.ts";

const jobs = 3_000;
const noLog = { info: () => {}, warn: () => {}, error: () => {} };

/** Runs the command; `until` ends it with SIGKILL as soon as its output has come so far. */
async function run(from: string, to: string, until?: (said: string) => boolean) {
  const script = path.join(import.meta.dirname, "run-copy-store.ts");
  const child = spawn(process.execPath, [script, "--from", from, "--to", to], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const hear = (part: Buffer) => {
    said += part;
    if (until?.(said)) child.kill("SIGKILL");
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const [code, signal] = await once(child, "close");
  return { code, signal, said };
}

async function seed(store: Store, file: string) {
  const users = [userRow(), userRow({ first_name: "Asha", last_login: testTime })];
  for (const user of users) {
    await store.users.insert(user);
    const grant = { userId: user.id, credits: 7, reason: "seed", actionId: uuidv7(), now: testTime };
    await store.transaction((tx) => adjustCredits(tx, grant));
    await store.apiKeys.insert(keyRow(user.id, { allowed_origins: ["https://a.example"] }));
  }
  const event = { id: uuidv7(), kind: "burst", user_id: null, api_key_id: null, ip_address: null };
  await store.authEvents.insertOnce({ ...event, detail: { n: 1 }, created_at: testTime }, "only once");
  await store.engineCosts.reserve("openai", "2026-11-24", 9_000_000_000, 5_000_000_000);
  await store.keyBudgets.spend("key", "2026-11-24", 5, 2);
  await store.keyBudgets.spend("key", "2026-11-25", 5, 3);
  const database = createPrisma(`file:${file}`);
  const rows = Array.from({ length: jobs }, (_, index) =>
    jobRow(users[index % 2]?.id ?? "", { progress: index % 100 }),
  );
  await database.tryOnJob.createMany({ data: rows });
  await database.$disconnect();
}

describe.skipIf(!hasMongo())("npm run store:copy", () => {
  let store: Store;
  let file: string;
  let remove = async () => {};
  const targets: string[] = [];
  const newTarget = () => {
    const url = newMongoUrl();
    targets.push(url);
    return url;
  };

  beforeAll(async () => {
    const made = await makeStore();
    ({ store, remove } = made);
    file = path.join(made.folder, "test.db");
    await seed(store, file);
  }, 60_000);
  afterAll(async () => {
    await remove();
    for (const url of targets) await dropMongo(url);
  });

  const open = (mongoUrl: string) => openStore({ dataDir: path.dirname(file), mongoUrl, mode: "production" }, noLog);

  test("killed in the middle it goes on where it was, and at the end every row is there as it was", async () => {
    const to = newTarget();
    const killed = await run(`sqlite:${file}`, to, (said) => /TryOnJob: (500|1,000) of/.test(said));
    expect(killed.signal).toBe("SIGKILL");
    const client = new MongoClient(to);
    const there = await client.db().collection("TryOnJob").countDocuments();
    expect(there).toBeGreaterThan(0);
    expect(there).toBeLessThan(jobs);
    await expect(open(to)).rejects.toThrow("a copy into this database is not finished");

    const resumed = await run(`sqlite:${file}`, to);
    expect(resumed.said).toContain("counts and ledger agree");
    expect(resumed.code).toBe(0);
    // it began behind what was there
    expect(resumed.said).not.toContain("TryOnJob: 0 of");

    const source = await openRowSource(file, new Date());
    const copy = await open(to);
    for (const model of allModels) {
      const documents = await client.db().collection(model.collection).find().sort({ _id: 1 }).toArray();
      const rows = await source.read(model.collection, model.key, null, 10_000);
      const known = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name in model.fields)));
      expect(documents.map((document) => toRow(model, document))).toEqual(known);
    }
    await source.close();
    for (const user of await store.users.listDueForRenewal(testTime, 10)) {
      expect(await copy.users.findById(user.id)).toEqual(user);
      expect(await copy.apiKeys.listByUser(user.id)).toEqual(await store.apiKeys.listByUser(user.id));
      expect(await copy.creditTransactions.sums(user.id)).toEqual({ free: 0, paid: 7 });
    }
    expect(await copy.authEvents.hasSubject("only once")).toBe(true);
    expect((await copy.engineCosts.find("openai", "2026-11-24"))?.spent_micro_usd).toBe(5_000_000_000);
    expect((await copy.keyBudgets.find("key", "2026-11-25"))?.spent).toBe(3);
    await copy.close();

    const again = await run(`sqlite:${file}`, to);
    expect(again).toMatchObject({ code: 1, said: "--to: a copy into it was finished before\n" });
    await client.close();
  });

  test("a target that has documents, or part of another copy, is refused and left as it is", async () => {
    const to = newTarget();
    const client = new MongoClient(to);
    await client.db().collection<{ _id: string }>("Other").insertOne({ _id: "mine" });
    expect(await run(`sqlite:${file}`, to)).toMatchObject({
      code: 1,
      said: "--to: it is not empty: Other has documents\n",
    });
    expect(await client.db().listCollections().toArray()).toHaveLength(1);
    await client.close();
    const half = newTarget();
    await (await openRowTarget(half, "another source", testTime)).close();
    expect((await run(`sqlite:${file}`, half)).said).toBe("--to: it holds part of another copy\n");
  });

  test("a source that a process works on is refused", async () => {
    const soon = new Date(Date.now() + 60_000);
    await store.leases.acquire("chore:retention", "a scheduler", new Date(), soon);
    const held = await run(`sqlite:${file}`, newTarget());
    expect(held.said).toMatch(/^--from: a process still holds the lease chore:retention: stop it/);
    expect(held.code).toBe(1);
    await store.leases.release("chore:retention", "a scheduler");
    const job = jobRow(uuidv7());
    await store.tryOnJobs.insert(job);
    await store.tryOnJobs.claim(job.id, "a worker", new Date(), soon);
    expect((await run(`sqlite:${file}`, newTarget())).said).toMatch(/^--from: a process still holds 1 jobs: stop it/);
    await store.tryOnJobs.transition(job.id, ["processing"], { status: "failed", lease_until: null }, testTime);
  });

  test("a copy that lacks a row or a credit is found out, and stays closed to the platform", async () => {
    const to = newTarget();
    const source = await openRowSource(file, new Date());
    const target = await openRowTarget(to, await source.identity(), new Date());
    const lossy = {
      ...target,
      write: (name: string, rows: Record<string, unknown>[]) =>
        target.write(name, name === "CreditTransaction" ? rows.slice(1) : rows),
    };
    await expect(copyStore(source, lossy, () => {})).rejects.toThrow(
      /CreditTransaction: 2 rows, 1 in the copy\n- the ledger: 1 sums of 2 differ, 1 in the copy/,
    );
    await target.close();
    await source.close();
    await expect(open(to)).rejects.toThrow("a copy into this database is not finished");
  });

  test("no file, no MongoDB, or nothing said: it tells how it is used", async () => {
    expect((await run("sqlite:/nowhere.db", "mongodb://x/")).said).toBe("--from: there is no file /nowhere.db\n");
    expect((await run("postgres://x", "mongodb://x/")).said).toContain("npm run store:copy -- --from sqlite:FILE");
  });
});
