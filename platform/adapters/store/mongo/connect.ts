import type { Document, MongoClientOptions } from "mongodb";
import { MongoClient } from "mongodb";
import { AppError } from "../../../core/errors.ts";

/** How long a statement waits for a usable server, and a start for a first answer. */
const selectionMs = 5_000;
const probeMs = 2_000;
/** MongoDB 7.0 */
const minWireVersion = 21;
const defaultDatabase = "trailroom";

const options: MongoClientOptions = {
  appName: "trailroom",
  serverSelectionTimeoutMS: selectionMs,
  connectTimeoutMS: selectionMs,
  // the store is read where it was written
  readPreference: "primary",
  writeConcern: { w: "majority" },
  // a server that falls silent is noticed by the next of these
  heartbeatFrequencyMS: selectionMs,
  retryWrites: true,
  retryReads: true,
  ignoreUndefined: true,
};

const refuse = (reason: string, cause?: unknown) => new AppError("store_unavailable", { cause, log: reason });

/** Why a first connection failed, without the URL: it carries the password. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `no usable server: ${text}${cause}`;
}

/** The database that the URL names, else `trailroom`: the driver's own default is `test`. */
const databaseOf = (url: string) => /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? defaultDatabase;

function createClient(url: string) {
  try {
    return new MongoClient(url, options);
  } catch (error) {
    throw refuse(`not a MongoDB URL: ${error instanceof Error ? error.message : "unknown fault"}`, error);
  }
}

const standalone =
  "a standalone server: transactions need a replica set (start mongod with --replSet, then rs.initiate())";

const isReplicaSet = (hello: Document) => typeof hello.setName === "string" || hello.msg === "isdbgrid";

/** Whether the one host of a URL that names a replica set is none: the driver only says that it found no member. */
async function isStandalone(url: string) {
  const [, before = "", host = "", after = ""] = /^(mongodb:\/\/(?:[^@/]*@)?)([^/,?]+)(?=[/?]|$)(.*)/.exec(url) ?? [];
  if (!host || !/replicaSet=/i.test(after)) return false;
  const direct = `${before}${host}${after.replace(/replicaSet=[^&]*/i, "directConnection=true")}`;
  const client = new MongoClient(direct, { ...options, serverSelectionTimeoutMS: probeMs, connectTimeoutMS: probeMs });
  try {
    return !isReplicaSet(await client.db("admin").command({ hello: 1 }));
  } catch {
    return false;
  } finally {
    await client.close().catch(() => {});
  }
}

/** Opens the database at `url`. Throws store_unavailable, with the reason in its log, when there is none or it is no replica set of MongoDB 7 or later. */
export async function connect(url: string) {
  const client = createClient(url);
  try {
    await client.connect();
    const hello = await client.db("admin").command({ hello: 1 });
    if (!isReplicaSet(hello)) throw refuse(standalone);
    if (hello.maxWireVersion < minWireVersion) throw refuse("older than MongoDB 7.0");
    return { client, db: client.db(databaseOf(url)) };
  } catch (error) {
    await client.close().catch(() => {});
    if (error instanceof AppError) throw error;
    throw (await isStandalone(url)) ? refuse(standalone, error) : refuse(reasonOf(error), error);
  }
}
