import { randomUUID } from "node:crypto";
import type { Db, MongoClient } from "mongodb";
import { connect } from "../../adapters/store/mongo/connect.ts";
import { AppError } from "../../core/errors.ts";
import { clockSkew } from "./clock-skew.ts";
import type { Finding } from "./finding.ts";
import { doubtful, reasonOf, well, wrong } from "./finding.ts";

const subject = "store";
const collectionName = "doctor";

/** Whether MongoDB can be reached, is a replica set of a version we know, commits a transaction, and shares our time. */
export async function checkMongo(url: string): Promise<Finding[]> {
  let open: { client: MongoClient; db: Db };
  try {
    open = await connect(url);
  } catch (error) {
    const reason = error instanceof AppError ? (error.log ?? error.message) : reasonOf(error);
    const remedy = "check address, port, credentials and network; a single mongod needs --replSet and rs.initiate()";
    return [wrong(subject, `MongoDB: ${reason}`, remedy)];
  }
  const { client, db } = open;
  try {
    const before = new Date();
    const hello = await db.admin().command({ hello: 1 });
    const { version } = await db.admin().command({ buildInfo: 1 });
    const findings = [well(subject, `MongoDB ${version}, replica set ${hello.setName ?? "behind mongos"}`)];
    if (hello.localTime instanceof Date) findings.push(clockSkew("MongoDB", hello.localTime, before, new Date()));
    const members = Array.isArray(hello.hosts) ? hello.hosts.length : 0;
    if (members === 1) {
      findings.push(doubtful(subject, "the replica set has one member", "three members survive the loss of one"));
    }
    if (!/[?&](tls|ssl)=true|^mongodb\+srv:/.test(url)) {
      findings.push(doubtful(subject, "MONGO_URL asks for no TLS", "add tls=true unless the network is your own"));
    }
    return [...findings, await tryTransaction(client, db)];
  } catch (error) {
    return [wrong(subject, `MongoDB answers, and then: ${reasonOf(error)}`, "does the user have readWrite here?")];
  } finally {
    await client.close().catch(() => {});
  }
}

async function tryTransaction(client: MongoClient, db: Db): Promise<Finding> {
  const rows = db.collection(collectionName);
  const probe = randomUUID();
  try {
    await db.createCollection(collectionName).catch(() => {}); // it may be there
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await rows.insertOne({ probe }, { session });
        await rows.updateOne({ probe }, { $set: { seen: true } }, { session });
      }),
    );
    const kept = await rows.countDocuments({ probe, seen: true });
    if (kept !== 1)
      return wrong(subject, "a transaction was committed and is not there", "look at the replica set's log");
    return well(subject, "a transaction commits");
  } catch (error) {
    return wrong(subject, `transactions do not work: ${reasonOf(error)}`, "a replica set with a majority up is needed");
  } finally {
    await rows.drop().catch(() => {});
  }
}
