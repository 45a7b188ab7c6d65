import { MongoClient } from "mongodb";
import { v7 as uuidv7 } from "uuid";
import { inject } from "vitest";
import { createMongoStore } from "../adapters/store/mongo/create-mongo-store.ts";
import type { Store } from "../core/ports.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** MONGO_TEST_URL, or that of the server which `npm test` started; empty when there is none */
    mongoUrl: string;
  }
}

/** Whether there is a server to test on: without one the MongoDB half is counted as skipped. */
export const hasMongo = () => inject("mongoUrl") !== "";

/** The URL of a database of its own on the test server. */
export function newMongoUrl() {
  const [hosts = "", options = ""] = inject("mongoUrl").split("/?");
  return `${hosts}/test-${uuidv7()}?${options}`;
}

/** Deletes the database that the URL names. */
export async function dropMongo(url: string) {
  const client = new MongoClient(url);
  await client.db().dropDatabase();
  await client.close();
}

/** A fresh MongoDB store in a database of its own; `remove` closes and deletes it. */
export async function makeMongoStore(): Promise<{ store: Store; url: string; remove: () => Promise<void> }> {
  const url = newMongoUrl();
  const store = await createMongoStore({ url, log: { info: () => {} } });
  return {
    store,
    url,
    remove: async () => {
      await store.close();
      await dropMongo(url);
    },
  };
}
