import { createPrisma, lockDatabase, migrate, Prisma } from "@trailroom/db";
import { AppError } from "../../../core/errors.ts";
import { sqlTime } from "./connection.ts";

type Row = Record<string, unknown>;

interface Finder {
  findMany(query: object): Promise<Row[]>;
  count(): Promise<number>;
}

/** Strictly after `last` in the order of the key. */
const after = (key: string[], last: string[]) => ({
  OR: key.map((name, at) => ({
    ...Object.fromEntries(key.slice(0, at).map((before, index) => [before, last[index]])),
    [name]: { gt: last[at] },
  })),
});

const plain = (value: unknown) => (typeof value === "bigint" ? Number(value) : value);

/**
 * The rows of a SQLite store as they stand, with every writer kept off while it is open. Throws conflict, with the
 * reason in its log, while a process works on it.
 */
export async function openRowSource(file: string, now: Date) {
  const url = `file:${file}`;
  await migrate(url);
  const lock = await lockDatabase(url);
  if (!lock) throw new AppError("conflict", { log: "another process is writing to it: stop the platform first" });
  const database = createPrisma(url);
  const close = async () => {
    await database.$disconnect();
    lock.release();
  };
  // Prisma's name of a model's queries: the model's, with a small first letter
  const finder = (model: string) =>
    (database as unknown as Record<string, Finder>)[model.charAt(0).toLowerCase() + model.slice(1)] as Finder;

  try {
    await refuseWhileInUse((sql) => database.$queryRawUnsafe<Row[]>(sql, sqlTime(now)));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    models: Object.values(Prisma.ModelName) as string[],
    /** Made at the first migration: tells this database from every other. */
    identity: async () => {
      const [first] = await database.$queryRawUnsafe<{ id: string }[]>(
        "SELECT id FROM _prisma_migrations ORDER BY started_at, id LIMIT 1",
      );
      return first?.id ?? "";
    },
    count: (model: string) => finder(model).count(),
    /** The next rows in the order of their key. */
    read: async (model: string, key: string[], last: string[] | null, take: number): Promise<Row[]> => {
      const rows = await finder(model).findMany({
        where: last ? after(key, last) : {},
        orderBy: key.map((name) => ({ [name]: "asc" })),
        take,
      });
      return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
    },
    /** By `user_id bucket`. */
    ledgerSums: async () => {
      const rows = await database.creditTransaction.groupBy({ by: ["user_id", "bucket"], _sum: { credits: true } });
      return new Map(rows.map(({ user_id, bucket, _sum }) => [`${user_id} ${bucket}`, _sum.credits ?? 0]));
    },
    close,
  };
}

async function refuseWhileInUse(query: (sql: string) => Promise<Row[]>) {
  const leases = await query("SELECT name, holder, until FROM Lease WHERE until > ?1 ORDER BY name");
  const jobs = await query("SELECT id FROM TryOnJob WHERE status = 'processing' AND lease_until > ?1");
  if (leases.length === 0 && jobs.length === 0) return;
  const held = [...leases.map(({ name }) => `the lease ${name}`), ...(jobs.length > 0 ? [`${jobs.length} jobs`] : [])];
  throw new AppError("conflict", {
    log: `a process still holds ${held.join(", ")}: stop it, or wait until a dead one's leases have run out (8 minutes at most)`,
  });
}

export type RowSource = Awaited<ReturnType<typeof openRowSource>>;
