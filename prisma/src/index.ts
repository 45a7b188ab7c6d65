import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaClient } from "./generated/client.ts";

export { Prisma } from "./generated/client.ts";
export { lockDatabase } from "./lock-database.ts";
export { migrate } from "./migrate.ts";

/** A client on a SQLite file (`file:/absolute/path`). Writers wait up to 5 s for each other. */
export function createPrisma(url: string) {
  return new PrismaClient({ adapter: new PrismaLibSql({ url, timeout: 5000 }) });
}

export type PrismaDatabase = ReturnType<typeof createPrisma>;
/** The client inside an interactive transaction. */
export type PrismaTransaction = Parameters<Parameters<PrismaDatabase["$transaction"]>[0]>[0];
