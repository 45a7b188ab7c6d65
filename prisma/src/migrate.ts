import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "@libsql/client";
import { createClient } from "@libsql/client";
import { filters, openSchemaEngine, readMigrations } from "./schema-engine.ts";

const patienceMs = 60_000;

/**
 * Applies the pending migrations to the SQLite database at `url` (`file:/absolute/path`) and switches it to
 * write-ahead logging. Processes that start at once take turns: the lock is a write transaction on a file
 * beside the database, which the system frees when its holder dies. Throws when a migration fails.
 */
export async function migrate(url: string): Promise<void> {
  const turnstile = createClient({ url: `${url}.migrating`, timeout: 0 });
  try {
    const turn = await takeTurn(turnstile);
    await setWriteAheadLog(url);
    const engine = await openSchemaEngine(url);
    try {
      await engine.applyMigrations({ migrationsList: await readMigrations(), filters });
    } finally {
      engine.free();
      turn.close();
    }
  } finally {
    turnstile.close();
  }
}

/** libSQL's own waiting blocks the thread, and with it a holder in the same process: so ask, and wait outside. */
async function takeTurn(turnstile: Client) {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    try {
      return await turnstile.transaction("write");
    } catch (error) {
      const busy = error instanceof Error && "code" in error && error.code === "SQLITE_BUSY";
      if (!busy || Date.now() > giveUpAt) throw error;
      await wait(50);
    }
  }
}

async function setWriteAheadLog(url: string) {
  const client = createClient({ url, timeout: 15_000 });
  try {
    await client.execute("PRAGMA journal_mode=WAL");
  } finally {
    client.close();
  }
}
