// Every command that the gateway knows.
import { ObjectId, serialize } from "bson";
import { cursors, dropCursor } from "./cursor-table.mjs";
import { firstPage, getMore } from "./cursors.mjs";
import { MongoError, toCode, unpackState } from "./errors.mjs";
import { ME, opt } from "./options.mjs";
import { B, bytes, decode, run } from "./postgres.mjs";
import { endTransaction, lsidOf, onConnection, sessions } from "./sessions.mjs";
import { findAndModify, write } from "./writes.mjs";

const VERSION = "7.0.0"; // what is claimed: drivers choose their features by MAX_WIRE
const MAX_WIRE = 21;

export const simple = (name, values) => (cmd, body, _seq, ctx) =>
  onConnection(cmd, ctx, async (client) => bytes((await run(client, name, values(cmd, body)))?.r) ?? { ok: 1 });
export const dbBody = (cmd, body) => [cmd.$db, body];
export const hello = (legacy) => () => ({
  helloOk: true,
  ...(legacy ? { ismaster: true } : { isWritablePrimary: true }),
  secondary: false,
  setName: opt["replica-set"],
  setVersion: 1,
  hosts: [ME],
  primary: ME,
  me: ME,
  maxBsonObjectSize: 16777216,
  maxMessageSizeBytes: 48000000,
  maxWriteBatchSize: 100000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: MAX_WIRE,
  readOnly: false,
  ok: 1,
});
export const HANDLERS = {
  insert: write("insert"),
  update: write("update"),
  delete: write("delete"),
  findAndModify,
  find: firstPage("find"),
  aggregate: firstPage("aggregate"),
  listCollections: firstPage("listCollections"),
  listIndexes: firstPage("listIndexes"),
  getMore,
  killCursors: (cmd) => {
    const ids = cmd.cursors.map(BigInt);
    const cursorsKilled = ids.filter(dropCursor);
    return {
      cursorsKilled,
      cursorsNotFound: ids.filter((id) => !cursorsKilled.includes(id)),
      cursorsAlive: [],
      cursorsUnknown: [],
      ok: 1,
    };
  },
  count: simple("count", dbBody),
  distinct: simple("distinct", dbBody),
  validate: simple("validate", dbBody),
  create: simple("create", dbBody),
  collMod: simple("collMod", (cmd, body) => [cmd.$db, cmd.collMod, body]),
  listDatabases: simple("listDatabases", (_cmd, body) => [body]),
  collStats: simple("collStats", (cmd) => [cmd.$db, cmd.collStats, Number(cmd.scale ?? 1)]),
  dbStats: simple("dbStats", (cmd) => [cmd.$db, Number(cmd.scale ?? 1)]),
  createIndexes: async (cmd, body, seq, ctx) => {
    if (ctx.client) throw new MongoError(263, "Cannot run 'createIndexes' in a multi-document transaction.");
    const reply = await simple("createIndexes", dbBody)(cmd, body, seq, ctx).then(decode, (e) => {
      if (toCode(e.code) !== 11000) throw e;
      throw new MongoError(
        11000,
        `Index build failed: E11000 duplicate key error collection: ${cmd.$db}.${cmd.createIndexes}`,
        { keyPattern: cmd.indexes[0].key },
      );
    });
    const { ok, errmsg, code, ...shard } = Object.values(reply.raw ?? { reply })[0];
    if (Number(ok)) return { ...shard, ok: 1 };
    const state = unpackState(Number(code));
    throw new MongoError(state ? toCode(state) : Number(code), errmsg);
  },
  dropIndexes: (cmd, body, _seq, ctx) =>
    onConnection(cmd, ctx, async (client) => {
      const { ok, errmsg, code, ...rest } = decode(
        bytes(Object.values(await run(client, "dropIndexes", dbBody(cmd, body)))[0]),
      );
      if (!Number(ok?.valueOf()))
        throw new MongoError(unpackState(Number(code)) ? toCode(unpackState(Number(code))) : Number(code), errmsg);
      return { ...rest, ok: 1 };
    }),
  drop: async (cmd, _body, _seq, ctx) => {
    await onConnection(cmd, ctx, (client) => run(client, "drop", [cmd.$db, cmd.drop]));
    return { ns: `${cmd.$db}.${cmd.drop}`, ok: 1 };
  },
  dropDatabase: async (cmd, _body, _seq, ctx) => {
    await onConnection(cmd, ctx, (client) => run(client, "dropDatabase", [cmd.$db]));
    return { dropped: cmd.$db, ok: 1 };
  },
  renameCollection: async (cmd, _body, _seq, ctx) => {
    const [db, ...from] = cmd.renameCollection.split(".");
    const [toDb, ...to] = cmd.to.split(".");
    if (db !== toDb) throw new MongoError(115, "renameCollection between databases is not supported");
    await onConnection(cmd, ctx, (client) =>
      run(client, "renameCollection", [db, from.join("."), to.join("."), Boolean(cmd.dropTarget?.valueOf())]),
    );
    return { ok: 1 };
  },
  explain: (cmd, body, _seq, ctx) =>
    onConnection(cmd, ctx, async (client) => {
      const kind = Object.keys(cmd.explain)[0];
      const fn = { find: "find", aggregate: "pipeline", count: "count", distinct: "distinct" }[kind];
      if (!fn) throw new MongoError(115, `explain of ${kind} is not supported`);
      const spec = serialize(decode(body).explain);
      const { rows } = await client.query(
        `EXPLAIN (FORMAT JSON) SELECT document FROM documentdb_api_catalog.bson_aggregation_${fn}($1, ${B(2)})`,
        [cmd.$db, spec],
      );
      const plan = rows[0]["QUERY PLAN"][0].Plan;
      // every scan may go by _id_ (it begins with the shard key); it is an index scan where the condition is on object_id
      const indexed = (p) =>
        p["Index Name"] && (p["Index Name"] !== "_id_" || /object_id/.test(p["Index Cond"]))
          ? true
          : (p.Plans ?? []).some(indexed);
      const stage = indexed(plan) ? "IXSCAN" : "COLLSCAN";
      return {
        explainVersion: "1",
        queryPlanner: { namespace: `${cmd.$db}.${cmd.explain[kind]}`, winningPlan: { stage, postgres: plan } },
        ok: 1,
      };
    }),
  hello: hello(false),
  ismaster: hello(true),
  isMaster: hello(true),
  ping: () => ({ ok: 1 }),
  logout: () => ({ ok: 1 }),
  startSession: () => ({ id: { id: new ObjectId() }, timeoutMinutes: 30, ok: 1 }),
  refreshSessions: () => ({ ok: 1 }),
  getFreeMonitoringStatus: () => ({ state: "disabled", ok: 1 }),
  getLog: () => ({ totalLinesWritten: 0, log: [], ok: 1 }),
  endSessions: async (cmd) => {
    for (const l of cmd.endSessions ?? cmd.killSessions ?? []) {
      const id = lsidOf({ lsid: l });
      const s = sessions.get(id);
      if (s?.client) await endTransaction(s, "aborted").catch(() => {});
      sessions.delete(id);
      for (const [cid, c] of cursors) if (c.lsid === id) dropCursor(cid);
    }
    return { ok: 1 };
  },
  buildInfo: () => ({
    version: VERSION,
    versionArray: [7, 0, 0, 0],
    gitVersion: "documentdb-gateway",
    modules: [],
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16777216,
    storageEngines: ["documentdb"],
    ok: 1,
  }),
  connectionStatus: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }),
  getParameter: () => ({ featureCompatibilityVersion: { version: "7.0" }, ok: 1 }),
  getCmdLineOpts: () => ({ argv: ["documentdb-gateway"], parsed: {}, ok: 1 }),
  hostInfo: () => ({ system: {}, os: {}, extra: {}, ok: 1 }),
  whatsmyuri: () => ({ you: "127.0.0.1:0", ok: 1 }),
  serverStatus: () => ({
    host: ME,
    version: VERSION,
    process: "documentdb-gateway",
    uptime: process.uptime(),
    localTime: new Date(),
    ok: 1,
  }),
  replSetGetStatus: () => ({
    set: opt["replica-set"],
    myState: 1,
    members: [{ _id: 0, name: ME, health: 1, state: 1, stateStr: "PRIMARY", self: true }],
    ok: 1,
  }),
};
export const ALIAS = {
  findandmodify: "findAndModify",
  buildinfo: "buildInfo",
  killSessions: "endSessions",
  deleteIndexes: "dropIndexes",
  collstats: "collStats",
  dbstats: "dbStats",
};
