import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Store } from "../../../core/ports.ts";
import { makeStore } from "../../../testing/make-store.ts";
import { userRow } from "../../../testing/rows.ts";
import { describeStore } from "../contract/describe-store.ts";
import { createSqliteStore } from "./create-sqlite-store.ts";

describeStore("sqlite", makeStore);

let store: Store;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ store, folder, remove } = await makeStore());
});
afterAll(() => remove());

/** Another process that takes two credits in each of 50 transactions at once. */
const takeInProcess = (url: string, id: string) =>
  promisify(execFile)(process.execPath, [
    "--input-type=module",
    "--eval",
    `import { createSqliteStore } from ${JSON.stringify(path.join(import.meta.dirname, "create-sqlite-store.ts"))};
     const store = await createSqliteStore({ url: ${JSON.stringify(url)} });
     const take = (tx) => tx.users.takeCredits(${JSON.stringify(id)}, { free: 0, paid: 1, total: 1 }, new Date());
     const twice = () => store.transaction(async (tx) => { await take(tx); await take(tx); });
     await Promise.all(Array.from({ length: 50 }, twice));
     await store.close();`,
  ]);

test("two processes on one file take turns: 100 transactions at once all happen, none twice", async () => {
  const user = userRow({ credits: 200 });
  await store.users.insert(user);
  const url = `file:${path.join(folder, "test.db")}`;
  await Promise.all([takeInProcess(url, user.id), takeInProcess(url, user.id)]);
  expect((await store.users.findById(user.id))?.credits).toBe(0);
});

test("a database that cannot be opened, or is none, is store_unavailable", async () => {
  const noDatabase = path.join(folder, "picture.db");
  writeFileSync(noDatabase, "this is no database, and long enough to be looked at as one".repeat(100));
  for (const file of [path.join(folder, "missing", "a.db"), noDatabase]) {
    await expect(createSqliteStore({ url: `file:${file}` })).rejects.toMatchObject({ code: "store_unavailable" });
  }
});
