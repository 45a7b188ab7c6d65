import { filters, openSchemaEngine, readMigrations, readSchema } from "./schema-engine.ts";

/** The SQL that leads from the migrations to schema.prisma; empty when they agree. */
export async function diffMigrations(): Promise<string> {
  const engine = await openSchemaEngine("file::memory:");
  try {
    const result = await engine.diff({
      from: { tag: "migrations", ...(await readMigrations()) },
      to: { tag: "schemaDatamodel", files: (await readSchema()).files },
      script: true,
      exitCode: true,
      filters,
    });
    return result.exitCode === 0 ? "" : (result.stdout ?? "");
  } finally {
    engine.free();
  }
}
