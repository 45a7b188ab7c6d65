import type { ClientSession, Db } from "mongodb";

/** What a repository runs its statements on: the database itself or an open transaction. */
export interface Connection {
  db: Db;
  /** Runs one statement, in the transaction's session if there is one, and turns the driver's errors into the port's. */
  run: <T>(statement: (session: ClientSession | undefined) => Promise<T>) => Promise<T>;
}
