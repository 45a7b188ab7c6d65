import { mkdirSync } from "node:fs";
import path from "node:path";
import { createMongoStore } from "../adapters/store/mongo/create-mongo-store.ts";
import { createSqliteStore } from "../adapters/store/sqlite/create-sqlite-store.ts";
import { AppError } from "../core/errors.ts";
import type { Logger, Store } from "../core/ports.ts";
import type { Config } from "./config.ts";
import { unusable } from "./unusable.ts";

/** The store that the configuration names: MongoDB when MONGO_URL is set, else the SQLite file in DATA_DIR. Throws, with the setting and the reason, when it cannot be used. */
export async function openStore(
  { dataDir, mongoUrl, mode }: Pick<Config, "dataDir" | "mongoUrl" | "mode">,
  log: Logger,
): Promise<Store> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  let store: Store;
  try {
    store = mongoUrl
      ? await createMongoStore({ url: mongoUrl, log })
      : await createSqliteStore({ url: `file:${path.join(dataDir, "trailroom.db")}` });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw unusable(`${mongoUrl ? "MONGO_URL" : "DATA_DIR"}: ${error.log ?? error.message}`, error);
  }
  if (mode !== "development" && (await store.users.countDemo()) > 0) {
    await store.close();
    throw unusable("demo accounts are in the database");
  }
  return store;
}
