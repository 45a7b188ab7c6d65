// Writes the difference between the migrations and schema.prisma as a new migration: npm run migrate:diff -w prisma -- NAME
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { diffMigrations } from "../src/diff-migrations.ts";

const name = process.argv[2] ?? "change";
const sql = await diffMigrations();
if (sql === "") {
  console.log("The migrations already make the schema.");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = path.join(import.meta.dirname, "..", "migrations", `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "migration.sql"), sql);
  console.log(`Wrote ${path.basename(folder)}: read it before you commit it.`);
}
