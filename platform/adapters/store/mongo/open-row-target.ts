import type { Collection, Document } from "mongodb";
import { AppError } from "../../../core/errors.ts";
import { connect } from "./connect.ts";
import type { CopyMarker } from "./copy-marker.ts";
import { markers } from "./copy-marker.ts";
import { allModels } from "./create-repositories.ts";
import { toDocument } from "./model.ts";
import { prepareCollections, prepareDatabase } from "./prepare-database.ts";

type Row = Record<string, unknown>;
type AnyCollection = Collection<Document & { _id: never }>;

const modelOf = (name: string) => {
  const model = allModels.find(({ collection }) => collection === name);
  if (!model) throw new Error(`the MongoDB store has no model ${name}`);
  return model;
};

/** A MongoDB database to copy another store into. Throws conflict, with the reason in its log, when it is neither empty nor begun from the same source. */
export async function openRowTarget(url: string, source: string, now: Date) {
  const { client, db } = await connect(url);
  const documents = (name: string) => db.collection(name) as unknown as AnyCollection;
  const marker = markers(db);

  async function claim(): Promise<CopyMarker> {
    const standing = await marker.findOne({ _id: "copy" });
    if (standing?.finished_at) throw new AppError("conflict", { log: "a copy into it was finished before" });
    if (standing && standing.source !== source)
      throw new AppError("conflict", { log: "it holds part of another copy" });
    if (standing) return standing;
    for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
      if (name.startsWith("system.")) continue;
      if ((await db.collection(name).findOne({})) === null) continue;
      throw new AppError("conflict", { log: `it is not empty: ${name} has documents` });
    }
    const begun: CopyMarker = { _id: "copy", source, begun_at: now, finished_at: null, positions: {} };
    await marker.insertOne(begun);
    return begun;
  }

  try {
    const { positions } = await claim();
    await prepareCollections(db);
    return {
      models: allModels.map(({ collection }) => collection),
      keyOf: (name: string): string[] => modelOf(name).key,
      /** The key of the last row that is safely there. */
      position: (name: string) => positions[name] ?? null,
      /** Writes rows, those again that are there already, then notes how far it came. */
      write: async (name: string, rows: Row[]) => {
        const model = modelOf(name);
        const replacements = rows.map((row) => {
          // a field that only a store reads (AuthEvent.subject) is in no model, but is copied
          const extra = Object.fromEntries(Object.entries(row).filter(([field]) => !(field in model.fields)));
          const { _id, ...replacement } = toDocument(model, row, extra);
          return { replaceOne: { filter: { _id } as Document, replacement, upsert: true } };
        });
        await documents(name).bulkWrite(replacements as never, { ordered: false });
        const last = rows.at(-1);
        if (!last) return;
        const position = model.key.map((field) => String(last[field]));
        await marker.updateOne({ _id: "copy" }, { $set: { [`positions.${name}`]: position } });
      },
      count: (name: string) => documents(name).countDocuments(),
      /** By `user_id bucket`. */
      ledgerSums: async () => {
        const rows = documents("CreditTransaction").aggregate([
          { $group: { _id: { user: "$user_id", bucket: "$bucket" }, credits: { $sum: "$credits" } } },
        ]);
        const sums = new Map<string, number>();
        for await (const { _id, credits } of rows as AsyncIterable<Document>) {
          sums.set(`${_id.user} ${_id.bucket}`, credits);
        }
        return sums;
      },
      /** Makes the indexes, and opens the database to the platform. */
      finish: async (at: Date) => {
        await prepareDatabase(db);
        await marker.updateOne({ _id: "copy" }, { $set: { finished_at: at } });
      },
      close: () => client.close(),
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

export type RowTarget = Awaited<ReturnType<typeof openRowTarget>>;
