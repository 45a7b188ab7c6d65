import type { Collection, Document } from "mongodb";
import type { SealedField } from "../../../core/model.ts";
import type { SealedRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";

/** Both come from the fixed list of fields: never a caller's text. */
const placeOf = (field: SealedField) => field.split(".") as [string, string];

export function createSealedRepository({ db, run }: Connection): SealedRepository {
  return {
    listNotUnder: (field, kid, { skip, limit }) =>
      run(async (session) => {
        const [name, path] = placeOf(field);
        // what begins with `kid.` lies between `kid.` and the next character, `/`
        const others = { $or: [{ [path]: { $lt: `${kid}.` } }, { [path]: { $gte: `${kid}/` } }] };
        const rows = await db
          .collection(name)
          .find(others, { session, projection: { [path]: 1 } })
          .sort({ _id: 1 })
          .skip(skip)
          .limit(limit)
          .toArray();
        return rows.map((row) => ({ row: JSON.stringify(row._id), sealed: String(row[path]) }));
      }),
    replace: (field, { row, sealed: seen }, sealed) =>
      run(async (session) => {
        const [name, path] = placeOf(field);
        const collection = db.collection(name) as Collection<Document & { _id: never }>;
        const where: Document = { _id: JSON.parse(row), [path]: seen };
        const { matchedCount } = await collection.updateOne(where, { $set: { [path]: sealed } }, { session });
        return matchedCount === 1;
      }),
  };
}
