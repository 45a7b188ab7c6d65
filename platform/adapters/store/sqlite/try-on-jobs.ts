import type { TryOnJob } from "../../../core/model.ts";
import type { JobCursor, JobDay, JobFilter, TryOnJobRepository } from "../../../core/ports.ts";
import { jobIdOfObject } from "../../../core/tryon/object-key.ts";
import type { Connection } from "./connection.ts";
import { sqlTime } from "./connection.ts";

type Rows = Promise<TryOnJob[]>;
const first = async (rows: Promise<unknown[]>) => ((await rows)[0] ?? null) as TryOnJob | null;

const newestFirst: { created_at?: "desc"; id?: "desc" }[] = [{ created_at: "desc" }, { id: "desc" }];

function matching(user_id: string, { mode, status, productId, keyMode, from, to }: JobFilter, after?: JobCursor) {
  // of a cursor's bounds the first is redundant: it lets the index seek
  const created_at = { gte: from, lt: to, lte: after?.createdAt };
  return {
    user_id,
    mode,
    status,
    product_id: productId,
    key_mode: keyMode,
    ...((from || to || after) && { created_at }),
    ...(after && { NOT: { created_at: after.createdAt, id: { gte: after.id } } }),
  };
}

function createReads(connection: Connection) {
  return {
    findOwned: (user_id, id) => connection.tryOnJob.findUnique({ where: { id, user_id } }) as Promise<TryOnJob | null>,
    findById: (id) => connection.tryOnJob.findUnique({ where: { id } }) as Promise<TryOnJob | null>,
    listClaimable: async (now, limit, runningPerAccount) => {
      const rows = await connection.$queryRawUnsafe<{ id: string }[]>(
        `WITH running AS (SELECT user_id, COUNT(*) AS jobs FROM TryOnJob WHERE status = 'processing' GROUP BY user_id),
         turns AS (
           SELECT job.id, job.created_at, COALESCE(running.jobs, 0)
             + ROW_NUMBER() OVER (PARTITION BY job.user_id ORDER BY job.created_at, job.id) AS turn
           FROM TryOnJob AS job LEFT JOIN running ON running.user_id = job.user_id
           WHERE job.status = 'queued' AND job.run_after <= ?
         )
         SELECT id FROM turns WHERE turn <= ? ORDER BY turn, created_at, id LIMIT ?`,
        sqlTime(now),
        runningPerAccount,
        limit,
      );
      return rows.map((row) => row.id);
    },
    listExpiredLeases: (now, take) =>
      connection.tryOnJob.findMany({
        where: { status: "processing", lease_until: { lt: now } },
        orderBy: [{ lease_until: "asc" }, { id: "asc" }],
        take,
      }) as unknown as Rows,
    listStaleQueued: (before, take) =>
      connection.tryOnJob.findMany({
        where: { status: "queued", created_at: { lt: before } },
        orderBy: [{ created_at: "asc" }, { id: "asc" }],
        take,
      }) as unknown as Rows,
    listExpiredImages: async (now, take) => {
      // one look per time: either alone walks its index, both in one query would walk the table
      const due = { lte: now };
      const photos = await connection.tryOnJob.findMany({
        where: { photo_expires_at: due },
        orderBy: [{ photo_expires_at: "asc" }, { id: "asc" }],
        take,
      });
      const results = await connection.tryOnJob.findMany({
        where: { expires_at: due },
        orderBy: [{ expires_at: "asc" }, { id: "asc" }],
        take,
      });
      const rows = new Map([...photos, ...results].map((row) => [row.id, row as TryOnJob]));
      return [...rows.values()].slice(0, take);
    },
    list: (userId, filter, { limit, offset, after }) =>
      connection.tryOnJob.findMany({
        where: matching(userId, filter, after),
        orderBy: newestFirst,
        skip: offset,
        take: limit,
      }) as unknown as Rows,
    count: (userId, filter, atMost) =>
      // the order is the index's: left to itself Prisma sorts all rows by id before it stops at `atMost`
      connection.tryOnJob.count({ where: matching(userId, filter), orderBy: newestFirst, take: atMost }),
    countActive: async (user_id) => {
      const of = (status: string) => connection.tryOnJob.count({ where: { user_id, status } });
      return { queued: await of("queued"), processing: await of("processing") };
    },
    countSince: (user_id, since, key_mode) =>
      connection.tryOnJob.count({ where: { user_id, key_mode, created_at: { gte: since } } }),
    totalCreditsUsed: async (user_id) => {
      const { _sum } = await connection.tryOnJob.aggregate({ where: { user_id }, _sum: { credits_used: true } });
      return _sum.credits_used ?? 0;
    },
    countByStatus: async () => {
      const of = (status: string) => connection.tryOnJob.count({ where: { status } });
      return { queued: await of("queued"), processing: await of("processing") };
    },
    refersToObject: async (key) => {
      const job = await connection.tryOnJob.findUnique({ where: { id: jobIdOfObject(key) } });
      return job !== null && [job.person_image, job.top_image, job.bottom_image, job.output_image].includes(key);
    },
  } satisfies Partial<TryOnJobRepository>;
}

function createStatistics(connection: Connection) {
  return {
    countByDay: async (userId, keyMode, from, to) => {
      const rows = await connection.$queryRawUnsafe<JobDay[]>(
        `SELECT substr(created_at, 1, 10) AS day, status, COUNT(*) AS jobs, SUM(credits_used) AS credits
         FROM TryOnJob WHERE user_id = ? AND key_mode = ? AND created_at >= ? AND created_at < ?
         GROUP BY day, status`,
        userId,
        keyMode,
        sqlTime(from),
        sqlTime(to),
      );
      return rows.map((row) => ({ ...row, jobs: Number(row.jobs), credits: Number(row.credits) }));
    },
    listTimes: async (user_id, key_mode, since, take) => {
      const rows = await connection.tryOnJob.findMany({
        where: {
          user_id,
          key_mode,
          status: "completed",
          created_at: { gte: since },
          processing_time_ms: { not: null },
        },
        select: { processing_time_ms: true },
        orderBy: newestFirst,
        take,
      });
      return rows.map((row) => row.processing_time_ms ?? 0);
    },
    hasAnyOf: async (user_id, apiKeyIds) =>
      (await connection.tryOnJob.findFirst({
        where: { user_id, api_key_id: { in: apiKeyIds } },
        select: { id: true },
      })) !== null,
  } satisfies Partial<TryOnJobRepository>;
}

function createWrites(connection: Connection) {
  const step = { version: { increment: 1 } };
  const update = (where: object, data: object) => first(connection.tryOnJob.updateManyAndReturn({ where, data }));
  return {
    insert: async (job) => {
      await connection.tryOnJob.create({ data: job });
    },
    transition: (id, from, patch, now, holder) =>
      update(
        { id, status: { in: from }, ...(holder === undefined ? {} : { lease_holder: holder }) },
        { ...patch, ...step, updated_at: now },
      ),
    patch: (id, patch, now) => update({ id }, { ...patch, ...step, updated_at: now }),
    claim: (id, holder, now, leaseUntil) =>
      update(
        { id, status: "queued", run_after: { lte: now } },
        {
          status: "processing",
          lease_holder: holder,
          lease_until: leaseUntil,
          started_at: now,
          updated_at: now,
          ...step,
        },
      ),
    requeueExpired: (id, now) =>
      update(
        { id, status: "processing", lease_until: { lt: now }, sent_at: null },
        {
          status: "queued",
          stage: "queued",
          progress: 0,
          lease_holder: null,
          lease_until: null,
          run_after: now,
          retry_count: { increment: 1 },
          updated_at: now,
          ...step,
        },
      ),
    renewLease: (id, holder, now, leaseUntil) =>
      update({ id, status: "processing", lease_holder: holder }, { lease_until: leaseUntil, updated_at: now }),
    expireAll: async (user_id, now) => {
      const { count } = await connection.tryOnJob.updateMany({
        where: { user_id },
        data: { photo_expires_at: now, expires_at: now, updated_at: now },
      });
      return count;
    },
  } satisfies Partial<TryOnJobRepository>;
}

export function createTryOnJobRepository(connection: Connection): TryOnJobRepository {
  return { ...createReads(connection), ...createStatistics(connection), ...createWrites(connection) };
}
