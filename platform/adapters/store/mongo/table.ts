import type { ClientSession, Collection, Document, Sort } from "mongodb";
import type { Connection } from "./connection.ts";
import { isUniqueViolation } from "./errors.ts";
import type { Model } from "./model.ts";
import { toDocument, toRow } from "./model.ts";

/** Filters and updates are written in the driver's language, on the names of the model with `_id` for its key. */
type Where = Document;

// the driver's types take every `_id` for an ObjectId: ours are strings
type Documents = Collection<Document & { _id: never }>;

interface Place<Row> {
  model: Model<Row>;
  documents: Documents;
  run: Connection["run"];
}

interface ListOptions {
  sort: Sort;
  /** 0 for all */
  limit: number;
  skip?: number;
  hint?: string;
}

/** Newest first, as every list of an account is. */
export const newestFirst = { created_at: -1, _id: -1 } as const;

function createReads<Row>({ model, documents, run }: Place<Row>) {
  return {
    find: (where: Where) =>
      run(async (session) => {
        const document = await documents.findOne(where, { session });
        return document && toRow(model, document);
      }),
    list: (where: Where, { sort, ...options }: ListOptions) =>
      run(async (session) => {
        const cursor = documents.find(where, { ...options, session }).sort(sort);
        return (await cursor.toArray()).map((document) => toRow(model, document));
      }),
    count: (where: Where, options: { limit?: number; hint?: string } = {}) =>
      run((session) => documents.countDocuments(where, { ...options, session })),
    aggregate: <T extends Document>(pipeline: Document[]) =>
      run((session) => documents.aggregate<T>(pipeline, { session }).toArray()),
  };
}

function createInserts<Row>({ model, documents, run }: Place<Row>) {
  /** A failed insert would end the transaction: an upsert that changes nothing leaves it alone. */
  async function upsert(document: Document, unique: string[], session: ClientSession) {
    const where = Object.fromEntries(unique.map((name) => [name, document[name]]));
    const rest = Object.entries(document).filter(([name]) => !unique.includes(name));
    const update = { $setOnInsert: Object.fromEntries(rest) };
    const { upsertedCount } = await documents.updateOne(where, update, { upsert: true, session });
    return upsertedCount === 1;
  }

  return {
    /** `extra` are fields that only the store itself reads. */
    insert: (row: Row, extra?: Document) =>
      run(async (session) => {
        await documents.insertOne(toDocument(model, row, extra) as never, { session });
      }),
    insertAll: (rows: Row[]) =>
      run(async (session) => {
        if (rows.length === 0) return;
        await documents.insertMany(rows.map((row) => toDocument(model, row)) as never, { session });
      }),
    /** Inserts unless a document with these values of a unique index exists; false when one does. */
    insertOnce: (row: Row, unique: string[], extra?: Document) =>
      run(async (session) => {
        const document = toDocument(model, row, extra);
        if (session) return upsert(document, unique, session);
        try {
          await documents.insertOne(document as never);
          return true;
        } catch (error) {
          if (isUniqueViolation(error)) return false;
          throw error;
        }
      }),
  };
}

function createChanges<Row>({ model, documents, run }: Place<Row>) {
  const change = (where: Where, update: Document, returnDocument: "before" | "after") =>
    run(async (session) => {
      const document = await documents.findOneAndUpdate(where, update, { returnDocument, session });
      return document && toRow(model, document);
    });

  return {
    /** The row after the change; null when none matched. */
    change: (where: Where, update: Document) => change(where, update, "after"),
    /** The row as it was before the change; null when none matched. */
    changeFrom: (where: Where, update: Document) => change(where, update, "before"),
    /** Whether a document matched. */
    update: (where: Where, update: Document, options: { upsert?: boolean } = {}) =>
      run(async (session) => (await documents.updateOne(where, update, { ...options, session })).matchedCount === 1),
    /** How many documents matched. */
    updateAll: (where: Where, update: Document) =>
      run(async (session) => (await documents.updateMany(where, update, { session })).matchedCount),
  };
}

function createDeletes<Row>({ model, documents, run }: Place<Row>) {
  return {
    /** Deletes one document and gives its row; null when none matched. */
    take: (where: Where) =>
      run(async (session) => {
        const document = await documents.findOneAndDelete(where, { session });
        return document && toRow(model, document);
      }),
    /** Tells how many it deleted. */
    remove: (where: Where) => run(async (session) => (await documents.deleteMany(where, { session })).deletedCount),
    /** Deletes the first `limit` in this order; tells how many it deleted. */
    removeSome: (where: Where, sort: Sort, limit: number) =>
      run(async (session) => {
        const some = documents
          .find(where, { session, projection: { _id: 1 } })
          .sort(sort)
          .limit(limit);
        const ids: Document[] = (await some.toArray()).map(({ _id }) => _id);
        if (ids.length === 0) return 0;
        const chosen: Where = { ...where, _id: { $in: ids } };
        return (await documents.deleteMany(chosen, { session })).deletedCount;
      }),
  };
}

/** The collection of a model as rows: what a repository is written with. */
export function createTable<Row>({ db, run }: Connection, model: Model<Row>) {
  const place = { model, run, documents: db.collection(model.collection) as unknown as Documents };
  return { ...createReads(place), ...createInserts(place), ...createChanges(place), ...createDeletes(place) };
}
