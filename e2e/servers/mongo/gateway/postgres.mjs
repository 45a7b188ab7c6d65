// The SQL function behind each command.
import { deserialize } from "bson";
import pg from "pg";
import { opt } from "./options.mjs";

export const pool = new pg.Pool({
  host: opt["pg-host"],
  port: Number(opt["pg-port"]),
  user: "postgres",
  database: "postgres",
  max: Number(opt.pool),
  idleTimeoutMillis: 30_000,
  options: "-c search_path=documentdb_api_catalog,documentdb_api,public -c documentdb_core.enableCollation=on",
});
pool.on("error", (e) => console.error("pool:", e.message));
pool.on("connect", (client) => client.on("error", () => {})); // a lost connection shows in its next query

export const B = (n) => `$${n}::bytea::documentdb_core.bson`;
export const SEQ = (n) => `$${n}::bytea::documentdb_core.bsonsequence`;
export const page = (fn) =>
  `SELECT cursorpage, continuation, persistconnection, cursorid FROM documentdb_api.${fn}($1, ${B(2)})`;
export const SQL = {
  insert: `SELECT p_result, p_success FROM documentdb_api.insert($1, ${B(2)}, ${SEQ(3)})`,
  update: `SELECT p_result, p_success FROM documentdb_api.update($1, ${B(2)}, ${SEQ(3)})`,
  delete: `SELECT p_result, p_success FROM documentdb_api.delete($1, ${B(2)}, ${SEQ(3)})`,
  findAndModify: `SELECT p_result, p_success FROM documentdb_api.find_and_modify($1, ${B(2)})`,
  find: page("find_cursor_first_page"),
  aggregate: page("aggregate_cursor_first_page"),
  listCollections: page("list_collections_cursor_first_page"),
  listIndexes: page("list_indexes_cursor_first_page"),
  deleteCursors: "SELECT documentdb_api_internal.delete_cursors($1::bigint[])",
  getMore: `SELECT cursorpage, continuation FROM documentdb_api.cursor_get_more($1, ${B(2)}, ${B(3)})`,
  count: `SELECT document AS r FROM documentdb_api.count_query($1, ${B(2)})`,
  distinct: `SELECT document AS r FROM documentdb_api.distinct_query($1, ${B(2)})`,
  create: `SELECT documentdb_api.create_collection_view($1, ${B(2)}) AS r`,
  collMod: `SELECT documentdb_api.coll_mod($1, $2, ${B(3)}) AS r`,
  createIndexes: `SELECT documentdb_api_internal.create_indexes_non_concurrently($1, ${B(2)}, true) AS r`,
  dropIndexes: `CALL documentdb_api.drop_indexes($1, ${B(2)})`,
  drop: "SELECT documentdb_api.drop_collection($1, $2) AS r",
  dropDatabase: "SELECT documentdb_api.drop_database($1)",
  listDatabases: `SELECT documentdb_api.list_databases(${B(1)}) AS r`,
  renameCollection: "SELECT documentdb_api.rename_collection($1, $2, $3, $4)",
  indexName: "SELECT (index_spec).index_name AS r FROM documentdb_api_catalog.collection_indexes WHERE index_id = $1",
  collStats: "SELECT documentdb_api.coll_stats($1, $2, $3) AS r",
  dbStats: "SELECT documentdb_api.db_stats($1, $2, false) AS r",
  validate: `SELECT documentdb_api.validate($1, ${B(2)}) AS r`,
};
export const run = async (client, name, values) => (await client.query({ name, text: SQL[name], values })).rows[0];
export const bytes = (text) => (text == null ? null : Buffer.from(text.slice(7), "hex")); // "BSONHEX…"
export const decode = (buf) => deserialize(buf, { promoteValues: false, promoteLongs: false }); // keeps the number types
