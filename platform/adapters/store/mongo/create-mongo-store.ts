import { AppError } from "../../../core/errors.ts";
import type { Logger, Store } from "../../../core/ports.ts";
import { connect } from "./connect.ts";
import type { Connection } from "./connection.ts";
import { refuseHalfCopy } from "./copy-marker.ts";
import { createRepositories } from "./create-repositories.ts";
import { toStoreError } from "./errors.ts";
import { idOf } from "./model.ts";
import { leaseModel } from "./models.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { createTable } from "./table.ts";
import { createTransactions } from "./transaction.ts";

/** The store past one machine: a MongoDB replica set at `url`, its collections and indexes made at start. */
export async function createMongoStore({ url, log }: { url: string; log: Pick<Logger, "info"> }): Promise<Store> {
  const { client, db } = await connect(url);
  try {
    await refuseHalfCopy(db);
    log.info({ database: db.databaseName, ...(await prepareDatabase(db)) }, "the database is prepared");
  } catch (error) {
    await client.close();
    throw toStoreError(error);
  }
  let closed = false;

  const guarded = async <T>(act: () => Promise<T>): Promise<T> => {
    if (closed) throw new AppError("store_unavailable", { log: "the store is closed" });
    try {
      return await act();
    } catch (error) {
      throw toStoreError(error);
    }
  };
  const connection: Connection = { db, run: (statement) => guarded(() => statement(undefined)) };
  const leases = createTable(connection, leaseModel);
  const inTransaction = createTransactions(client, db);

  return {
    ...createRepositories(connection),
    transaction: (fn) => guarded(() => inTransaction(fn)),
    ping: async () => {
      const lease = { name: "ping", holder: "", until: new Date(0) };
      const { until, holder } = lease;
      await leases.update({ _id: idOf(leaseModel, lease) }, { $set: { until, holder } }, { upsert: true });
    },
    close: async () => {
      closed = true;
      await client.close();
    },
  };
}
