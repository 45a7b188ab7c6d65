// Sessions, transactions and the connections that commands run on.
import { setTimeout as sleep } from "node:timers/promises";
import { cursors } from "./cursor-table.mjs";
import { fromPg, MongoError } from "./errors.mjs";
import { pool } from "./postgres.mjs";

const TXN_LIFETIME_MS = 60_000;
export const sessions = new Map(); // lsid (hex) -> { txnNumber, state, client, timer, retry }
export const TRANSIENT = ["TransientTransactionError"];
export const DATA_COMMANDS = new Set([
  "insert",
  "update",
  "delete",
  "findAndModify",
  "find",
  "getMore",
  "aggregate",
  "count",
  "distinct",
  "killCursors",
  "create",
  "createIndexes",
  "listCollections",
  "listIndexes",
  "drop",
]);
export const RETRYABLE = new Set(["insert", "update", "delete", "findAndModify"]);
export const lsidOf = (cmd) => cmd.lsid && Buffer.from(cmd.lsid.id.buffer).toString("hex");
export function session(id) {
  if (!sessions.has(id)) sessions.set(id, { txnNumber: -1n, state: "none" });
  if (sessions.size > 50_000)
    for (const [old, s] of sessions) if (!s.client && sessions.size > 40_000) sessions.delete(old);
  return sessions.get(id);
}

export async function endTransaction(s, state, statement = "ROLLBACK") {
  const { client, timer } = s;
  Object.assign(s, { state, client: null });
  clearTimeout(timer);
  if (!client) return;
  for (const [id, c] of cursors) if (c.client === client) cursors.delete(id);
  try {
    const { command } = await client.query(statement);
    if (s.held) await client.query("CLOSE ALL");
    client.release();
    if (statement === "COMMIT" && command !== "COMMIT")
      throw new MongoError(251, "Transaction has been aborted", {}, TRANSIENT);
  } catch (e) {
    s.state = "aborted";
    if (!(e instanceof MongoError)) client.release(true);
    throw e;
  }
}

/** The session whose transaction the command belongs to; begins the transaction if the command says so. */
export async function transactionOf(cmd, name) {
  const id = lsidOf(cmd);
  if (!id) throw new MongoError(72, "autocommit needs a session");
  const s = session(id);
  const number = BigInt(cmd.txnNumber);
  if (cmd.startTransaction) {
    if (number < s.txnNumber)
      throw new MongoError(
        225,
        `Cannot start transaction ${number} because a newer transaction ${s.txnNumber} has already started`,
      );
    if (s.client) await endTransaction(s, "aborted").catch(() => {});
    Object.assign(s, { txnNumber: number, state: "active", held: false });
    s.client = await pool.connect();
    s.timer = setTimeout(() => endTransaction(s, "aborted").catch(() => {}), TXN_LIFETIME_MS);
    s.timer.unref();
    await s.client.query("BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL lock_timeout = '20ms'");
  } else if (number !== s.txnNumber || s.state !== "active") {
    if (name === "commitTransaction" && number === s.txnNumber && s.state === "committed") return s;
    if (number === s.txnNumber && s.state === "committed")
      throw new MongoError(256, `Transaction with { txnNumber: ${number} } has been committed.`);
    throw new MongoError(
      251,
      `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is ${s.txnNumber}`,
      {},
      TRANSIENT,
    );
  }
  return s;
}

/** Runs fn on the transaction's connection, or on a pooled one; there, lock failures are repeated, as mongod repeats a single write. */
export async function onConnection(cmd, ctx, fn) {
  const limit = Number(cmd.maxTimeMS ?? 0);
  if (ctx.client) return withTimeLimit(ctx.client, limit, "SET LOCAL", () => fn(ctx.client));
  const once = () => onPooled(limit, fn);
  try {
    return await once();
  } catch (e) {
    if (fromPg(e).code !== 112) throw e;
    return await inLane(() => repeated(once));
  }
}
async function onPooled(limit, fn) {
  const client = await pool.connect();
  let keep = false;
  try {
    return await withTimeLimit(client, limit, "SET", () =>
      fn(client, () => {
        keep = true;
      }),
    );
  } finally {
    if (!keep) client.release();
  }
}
async function repeated(fn) {
  for (let attempt = 1; ; attempt++) {
    await sleep(Math.random() * Math.min(5 * attempt, 100));
    try {
      return await fn();
    } catch (e) {
      if (fromPg(e).code !== 112 || attempt > 50) throw e;
    }
  }
}
// what met each other goes on one by one: 50 inserts of one unique value, repeated together, meet again for ten seconds
let lane = Promise.resolve();
function inLane(fn) {
  const turn = lane.then(fn);
  lane = turn.catch(() => {});
  return turn;
}
export async function withTimeLimit(client, limit, set, fn) {
  if (!limit) return fn();
  await client.query(`${set} statement_timeout = ${limit}`);
  try {
    return await fn();
  } finally {
    await client.query(`${set} statement_timeout = 0`).catch(() => {});
  }
}
