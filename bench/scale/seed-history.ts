// A million finished jobs in seconds to minutes: written past the repositories, as the repositories would have left them.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { MongoClient } from "mongodb";
import { createMongoStore } from "../../platform/adapters/store/mongo/create-mongo-store.ts";
import { toDocument } from "../../platform/adapters/store/mongo/model.ts";
import { tryOnJobModel } from "../../platform/adapters/store/mongo/try-on-job-model.ts";
import type { Store } from "../../platform/core/ports.ts";
import { jobRow } from "../../platform/testing/rows.ts";

/** One job each ten seconds; one in fifty failed. */
const firstAt = Date.UTC(2026, 0, 1);
const everyS = 10;
const failsEach = 50;
const batch = 5_000;
const lanes = 4;

const finished = (userId: string) =>
  jobRow(userId, { status: "completed", stage: "done", progress: 100, credits_used: 1, processing_time_ms: 1_800 });

/** In SQL alone, from one row that the store has written; by a process of its own, since two SQLite libraries in one break each other's locks. */
export async function seedSqlite(store: Store, folder: string, userId: string, jobs: number) {
  const template = finished(userId);
  await store.tryOnJobs.insert(template);
  const script = path.join(import.meta.dirname, "..", "scale-seed-sqlite.ts");
  const settings = [path.join(folder, "trailroom.db"), template.id, userId, jobs, firstAt, everyS, failsEach];
  const args = ["--disable-warning=ExperimentalWarning", script, ...settings.map(String)];
  execFileSync(process.execPath, args, { stdio: "inherit" });
}

/** In big unordered batches without the secondary indexes, which the store makes again when it opens next. */
export async function seedMongo(url: string, users: { userId: string; jobs: number }[]) {
  const client = await new MongoClient(url).connect();
  const rows = client.db().collection<{ _id: string }>(tryOnJobModel.collection);
  await rows.dropIndexes();
  for (const { userId, jobs } of users) {
    const { _id, ...fields } = toDocument(tryOnJobModel, finished(userId));
    let next = 0;
    const lane = async () => {
      while (next < jobs) {
        const from = next;
        next += batch;
        const documents = Array.from({ length: Math.min(batch, jobs - from) }, (_, offset) => {
          const index = from + offset;
          const at = new Date(firstAt + index * everyS * 1000);
          const status = index % failsEach === 0 ? "failed" : "completed";
          const id = `${userId}-${String(index).padStart(9, "0")}`;
          return { ...fields, _id: id, status, created_at: at, updated_at: at, completed_at: at };
        });
        await rows.insertMany(documents, { ordered: false });
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }
  await client.close();
  const store = await createMongoStore({ url, log: { info: () => {} } });
  await store.close();
}
