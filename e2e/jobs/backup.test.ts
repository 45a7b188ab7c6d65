import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { createSqliteStore } from "../../platform/adapters/store/sqlite/create-sqlite-store.ts";
import { createJobClient } from "./job-client.ts";
import type { Platform } from "./start-platform.ts";
import { startPlatform } from "./start-platform.ts";

let platform: Platform;
const backup = mkdtempSync(path.join(tmpdir(), "trailroom-backup-"));
afterEach(async () => {
  await platform.stop();
  rmSync(backup, { recursive: true });
});

/** As docs/operations.md says: the database first, then the pictures. */
function takeBackup(folder: string) {
  // by a process of its own: two SQLite libraries in one break each other's locks
  const code = `const database = new (require("node:sqlite").DatabaseSync)("trailroom.db");
    database.exec("PRAGMA busy_timeout = 30000; VACUUM INTO '${path.join(backup, "trailroom.db")}'")`;
  execFileSync(process.execPath, ["--disable-warning=ExperimentalWarning", "-e", code], { cwd: folder });
  cpSync(path.join(folder, "objects"), path.join(backup, "objects"), { recursive: true });
}

test("a backup taken beside a running platform is restored whole: balances, ledger, jobs, results and keys", async () => {
  platform = await startPlatform({ STUB_ENGINE_MS: "50" });
  const client = createJobClient(platform);
  const first = await platform.start();
  const done = await client.accepted();
  await client.until(done.job_id, (job) => job.status === "completed");

  // requests go on while the backup is taken; what comes after it is lost with the machine
  const meanwhile = Promise.all(Array.from({ length: 5 }, () => client.accepted()));
  takeBackup(platform.folder);
  await meanwhile;
  first.child.kill("SIGKILL");
  await first.exited;

  const restored = await createSqliteStore({ url: `file:${path.join(backup, "trailroom.db")}` });
  const { user } = platform.merchant;
  const row = await restored.users.findById(user.id);
  const ledger = await restored.creditTransactions.sums(user.id);
  expect(ledger).toEqual({ free: row?.daily_free_credits, paid: row?.credits });
  await restored.close();

  mkdirSync(path.join(backup, "data"));
  for (const name of ["trailroom.db", "objects"])
    cpSync(path.join(backup, name), path.join(backup, "data", name), { recursive: true });
  await platform.start("all", { DATA_DIR: path.join(backup, "data") });
  const job = await client.get(done.job_id);
  expect(job.status).toBe("completed");
  expect((await fetch(job.output_image_url ?? "")).status).toBe(200);
  expect((await client.post()).status).toBe(202);
});
