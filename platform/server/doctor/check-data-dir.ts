import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, stat, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Finding } from "./finding.ts";
import { doubtful, reasonOf, well, wrong } from "./finding.ts";

const subject = "DATA_DIR";
const tightBytes = 1e9;
const fullBytes = 1e8;

/** Whether the folder can be made, written, read and emptied again, how much room it has, and who else may look. */
export async function checkDataDir(dataDir: string): Promise<Finding[]> {
  const probe = path.join(dataDir, `.doctor-${randomUUID()}`);
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(probe, "well");
    if ((await readFile(probe, "utf8")) !== "well") throw new Error("what was written is not read back");
    await rm(probe);
  } catch (error) {
    return [
      wrong(subject, `cannot be written: ${reasonOf(error)}`, `make ${dataDir} and give it to the platform's user`),
    ];
  }
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const room = `${(free / 1e9).toFixed(1)} GB free`;
  const findings = [
    free < fullBytes
      ? wrong(subject, room, "make room: jobs are refused with store_unavailable when it is full")
      : free < tightBytes
        ? doubtful(subject, room, "make room before it fills")
        : well(subject, `can be written, ${room}`),
  ];
  const { mode } = await stat(dataDir);
  if (mode & 0o007)
    findings.push(doubtful(subject, "other users of this machine may look into it", `chmod 700 ${dataDir}`));
  return findings;
}

/** The SQLite file, opened for reading alone: nothing is migrated by looking. */
export function checkSqlite(dataDir: string): Finding[] {
  const file = path.join(dataDir, "trailroom.db");
  if (!existsSync(file)) return [well("store", "SQLite, made at the first start")];
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      const [damage] = Object.values(database.prepare("PRAGMA quick_check(1)").get() ?? {});
      if (damage !== "ok") return [wrong("store", `trailroom.db is damaged: ${damage}`, "restore the last backup")];
      const { demo } = database.prepare("SELECT COUNT(*) AS demo FROM User WHERE is_demo").get() as { demo: number };
      return [well("store", `SQLite, sound${demo > 0 ? `, with ${demo} demo accounts: production refuses it` : ""}`)];
    } finally {
      database.close();
    }
  } catch (error) {
    return [
      wrong("store", `trailroom.db cannot be read: ${reasonOf(error)}`, "is it a TrailRoom database of this user?"),
    ];
  }
}
