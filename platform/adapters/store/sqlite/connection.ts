import type { PrismaDatabase, PrismaTransaction } from "@trailroom/db";

/** What a repository runs its statements on: the database itself or an open transaction. */
export type Connection = PrismaDatabase | PrismaTransaction;

/** Times as Prisma stores them in SQLite, for raw statements. */
export const sqlTime = (time: Date) => time.toISOString().replace("Z", "+00:00");
