// Inserts, updates, deletes and findAndModify, with mongod's duplicate key errors.
import { serialize } from "bson";
import { MongoError, toCode, unpackState } from "./errors.mjs";
import { bytes, decode, run } from "./postgres.mjs";
import { endTransaction, onConnection } from "./sessions.mjs";

/** The documents of a write command: in the command itself, or in the sequence section beside it. */
export function operations(cmd, seq, field) {
  if (!seq) return cmd[field] ?? [];
  const list = [];
  for (let at = 0; at < seq.length; at += seq.readInt32LE(at))
    list.push(decode(seq.subarray(at, at + seq.readInt32LE(at))));
  return list;
}
export const FIELD = { insert: "documents", update: "updates", delete: "deletes" };
export const get = (doc, path) => path.split(".").reduce((v, k) => (v == null ? undefined : v[k]), doc);
export const isPlain = (v) =>
  v &&
  typeof v === "object" &&
  !v._bsontype &&
  !Array.isArray(v) &&
  !(v instanceof Date) &&
  Object.keys(v)[0]?.startsWith("$");
/** Best guess at the document whose write failed, to name the duplicate value. */
export function candidate(name, op) {
  if (!op) return {};
  if (name === "insert") return op;
  const u = op.u ?? op.update ?? {};
  const q = Object.fromEntries(
    Object.entries(op.q ?? op.query ?? {}).filter(([k, v]) => !k.startsWith("$") && !isPlain(v)),
  );
  return Array.isArray(u) ? q : isPlain(u) ? { ...q, ...u.$setOnInsert, ...u.$set } : { ...q, ...u };
}
export const show = (v) =>
  v === undefined
    ? "null"
    : v?._bsontype === "ObjectId"
      ? `ObjectId('${v}')`
      : typeof v === "string"
        ? JSON.stringify(v)
        : v?._bsontype
          ? String(v.value ?? v)
          : v instanceof Date
            ? `new Date(${v.getTime()})`
            : JSON.stringify(v);

/** mongod's form of a duplicate key error; DocumentDB names only the index. */
export async function duplicateKey(client, cmd, name, op, message, inTxn) {
  const coll = cmd[name] ?? cmd.findAndModify;
  const index = /Index '(.+)'/.exec(message)?.[1] ?? "_id_";
  let keyPattern = { _id: 1 };
  if (index !== "_id_") {
    const row = await run(client, "listIndexes", [cmd.$db, serialize({ listIndexes: coll })]).catch(() => null);
    keyPattern = (row && decode(bytes(row.cursorpage)).cursor.firstBatch.find((i) => i.name === index)?.key) || {};
  }
  const doc = candidate(name, op);
  const keyValue = Object.fromEntries(Object.keys(keyPattern).map((k) => [k, doc[k] ?? get(doc, k) ?? null]));
  if (inTxn && Object.values(keyValue).every((v) => v !== null && !Array.isArray(v))) {
    // The other document was committed after this transaction's snapshot: that is a conflict, not a duplicate.
    const row = await run(client, "find", [cmd.$db, serialize({ find: coll, filter: keyValue, limit: 1 })]);
    if (decode(bytes(row.cursorpage)).cursor.firstBatch.length === 0)
      throw new MongoError(112, "WriteConflict error: duplicate key written by a concurrent transaction");
  }
  const shown = Object.entries(keyValue)
    .map(([k, v]) => `${k}: ${show(v)}`)
    .join(", ");
  return {
    errmsg: `E11000 duplicate key error collection: ${cmd.$db}.${coll} index: ${index} dup key: { ${shown} }`,
    keyPattern,
    keyValue,
  };
}

export const write = (name) => (cmd, body, seq, ctx) =>
  onConnection(cmd, ctx, async (client) => {
    const row = await run(client, name, [cmd.$db, body, seq]);
    if (row.p_success) return bytes(row.p_result);
    const reply = decode(bytes(row.p_result));
    const ops = operations(cmd, seq, FIELD[name]);
    for (const e of reply.writeErrors ?? []) {
      const state = unpackState(Number(e.code));
      const code = state ? toCode(state) : Number(e.code);
      // nothing else of the command was done, or it is undone with the transaction: then it may be repeated
      if (code === 112 && (ctx.client || ops.length === 1)) throw Object.assign(new Error(e.errmsg), { code: state });
      e.code = code;
      if (code === 11000)
        Object.assign(e, await duplicateKey(client, cmd, name, ops[Number(e.index)], e.errmsg, ctx.client));
    }
    if (ctx.client && reply.writeErrors?.length) await endTransaction(ctx.session, "aborted").catch(() => {});
    return reply;
  });
export const findAndModify = (cmd, body, _seq, ctx) =>
  onConnection(cmd, ctx, async (client) => {
    for (let attempt = 1; ; attempt++) {
      if (ctx.client) await client.query("SAVEPOINT before");
      try {
        return bytes((await run(client, "findAndModify", [cmd.$db, body])).p_result);
      } catch (e) {
        if (toCode(e.code) !== 11000) throw e;
        if (ctx.client) await client.query("ROLLBACK TO before");
        const id = /_index_(\d+)$/.exec(e.constraint ?? "")?.[1]; // documents_rum_index_90
        const index = id ? (await run(client, "indexName", [id]))?.r : "_id_";
        const { errmsg, ...extra } = await duplicateKey(
          client,
          cmd,
          "findAndModify",
          cmd,
          `Index '${index}'`,
          ctx.client,
        );
        // two upserts of one unique key met: mongod repeats the loser, which then updates
        const byKey =
          Object.keys(cmd.query ?? {})
            .sort()
            .join() === Object.keys(extra.keyPattern).sort().join();
        if (!cmd.upsert || !byKey || ctx.client || attempt > 10) throw new MongoError(11000, errmsg, extra);
      }
    }
  });
