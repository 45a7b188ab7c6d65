// Prisma's schema engine as WebAssembly: the native one cannot be had without a download (docs/decisions/001).
import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";

const folder = path.dirname(import.meta.dirname);
const migrationsDir = path.join(folder, "migrations");
const schemaPath = path.join(folder, "schema.prisma");

export const filters = { externalTables: [], externalEnums: [] };

/** The schema as the engine wants it. */
export async function readSchema() {
  return { files: [{ path: schemaPath, content: await readFile(schemaPath, "utf8") }] };
}

/** The migrations folder as the engine wants it, in order. */
export async function readMigrations() {
  const entries = await readdir(migrationsDir, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = async (name: string) => {
    const value = await readFile(path.join(migrationsDir, name, "migration.sql"), "utf8");
    return { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value } } };
  };
  return {
    baseDir: migrationsDir,
    lockfile: { path: "migration_lock.toml", content: 'provider = "sqlite"\n' },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(names.sort().map(read)),
  };
}

/** The engine replays a migration in its shadow database as one statement, which drops all but the first: send scripts as scripts. */
class ScriptSafeLibSql extends PrismaLibSql {
  override async connectToShadowDb() {
    const shadow = await super.connectToShadowDb();
    const executeRaw = shadow.executeRaw.bind(shadow);
    shadow.executeRaw = async (query) => {
      if (query.args.length > 0) return executeRaw(query);
      await shadow.executeScript(query.sql);
      return 0;
    };
    return shadow;
  }
}

let loaded: Promise<void> | undefined;

async function loadWasm() {
  // the package hides its .wasm from its exports: it lies beside the glue
  const glueFile = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = readFileSync(path.join(path.dirname(glueFile), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

/** An engine bound to the database at `url`; free() it after use. */
export async function openSchemaEngine(url: string) {
  loaded ??= loadWasm();
  await loaded;
  const factory = bindMigrationAwareSqlAdapterFactory(new ScriptSafeLibSql({ url, timeout: 15_000 }));
  const { files } = await readSchema();
  const models = files.map((file): [string, string] => [file.path, file.content]);
  return glue.SchemaEngine.new({ datamodels: models }, () => {}, factory);
}
