import type { Db } from "mongodb";
import type { Model } from "./model.ts";
import { toDocument } from "./model.ts";

const batchSize = 2_000;

/** Inserts rows by the thousand, for seeding a database that benches and tests measure. */
export async function fillCollection<Row>(db: Db, model: Model<Row>, rows: Iterable<Row>): Promise<number> {
  const collection = db.collection(model.collection);
  let batch: Row[] = [];
  let written = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await collection.insertMany(batch.map((row) => toDocument(model, row)) as never, { ordered: false });
    written += batch.length;
    batch = [];
  };
  for (const row of rows) {
    batch.push(row);
    if (batch.length >= batchSize) await flush();
  }
  await flush();
  return written;
}
