import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createSqliteStore } from "../adapters/store/sqlite/create-sqlite-store.ts";
import type { Store } from "../core/ports.ts";

/** A fresh, migrated SQLite store in a folder of its own; `remove` closes and deletes it. */
export async function makeStore(): Promise<{ store: Store; folder: string; remove: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), "trailroom-store-"));
  const store = await createSqliteStore({ url: `file:${path.join(folder, "test.db")}` });
  return {
    store,
    folder,
    remove: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
