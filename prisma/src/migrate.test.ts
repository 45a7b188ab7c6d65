import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { diffMigrations } from "./diff-migrations.ts";
import { createPrisma, migrate } from "./index.ts";

const folder = mkdtempSync(path.join(tmpdir(), "trailroom-migrate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the migrations make exactly the schema", async () => {
  expect(await diffMigrations()).toBe("");
});

test("four starts at once migrate a new database once, and a later start changes nothing", async () => {
  const url = `file:${path.join(folder, "new.db")}`;
  await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
  await migrate(url);
  const database = createPrisma(url);
  try {
    const applied = await database.$queryRawUnsafe<{ n: bigint }[]>("SELECT COUNT(*) AS n FROM _prisma_migrations");
    expect(Number(applied[0]?.n)).toBeGreaterThan(0);
    expect(await database.user.count()).toBe(0);
    const [mode] = await database.$queryRawUnsafe<{ journal_mode: string }[]>("PRAGMA journal_mode");
    expect(mode?.journal_mode).toBe("wal");
  } finally {
    await database.$disconnect();
  }
});
