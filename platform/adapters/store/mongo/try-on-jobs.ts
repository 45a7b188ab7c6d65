import type { TryOnJob } from "../../../core/model.ts";
import type { JobCursor, JobDay, JobFilter, TryOnJobRepository } from "../../../core/ports.ts";
import { jobIdOfObject } from "../../../core/tryon/object-key.ts";
import type { Connection } from "./connection.ts";
import { toSet } from "./model.ts";
import { createTable, newestFirst } from "./table.ts";
import { tryOnJobModel } from "./try-on-job-model.ts";

const tableOf = (connection: Connection) => createTable(connection, tryOnJobModel);
type Table = ReturnType<typeof tableOf>;

function matching(user_id: string, { mode, status, productId, keyMode, from, to }: JobFilter, after?: JobCursor) {
  const bounds = {
    ...(from && { $gte: from }),
    ...(to && { $lt: to }),
    // redundant beside the cursor's own condition: it lets the index seek
    ...(after && { $lte: after.createdAt }),
  };
  return {
    user_id,
    ...(mode && { mode }),
    ...(status && { status }),
    ...(productId && { product_id: productId }),
    ...(keyMode && { key_mode: keyMode }),
    ...((from || to || after) && { created_at: bounds }),
    ...(after && { $or: [{ created_at: { $lt: after.createdAt } }, { _id: { $lt: after.id } }] }),
  };
}

/** The index that seeks what the filter names and has the order already: told to the server, whose guess may be wrong for an account with a million jobs. */
function indexFor({ mode, status, productId, keyMode }: JobFilter) {
  if (!keyMode) return "account";
  if (productId) return "account_product";
  if (status) return "account_status";
  return mode ? "account_mode" : "account_key_mode";
}

/**
 * Running jobs count as turns taken, so that an account's first queued job comes after the first of an account with
 * fewer running ("processing" sorts before "queued").
 */
const turns = (now: Date, runningPerAccount: number, limit: number) => [
  { $match: { $or: [{ status: "queued", run_after: { $lte: now } }, { status: "processing" }] } },
  { $project: { user_id: 1, status: 1, created_at: 1 } },
  {
    $setWindowFields: {
      partitionBy: "$user_id",
      sortBy: { status: 1, created_at: 1, _id: 1 },
      output: { turn: { $sum: 1, window: { documents: ["unbounded", "current"] } } },
    },
  },
  { $match: { status: "queued", turn: { $lte: runningPerAccount } } },
  { $sort: { turn: 1, created_at: 1, _id: 1 } },
  { $limit: limit },
];

function createQueueReads(jobs: Table) {
  return {
    listClaimable: async (now, limit, runningPerAccount) => {
      const rows = await jobs.aggregate<{ _id: string }>(turns(now, runningPerAccount, limit));
      return rows.map(({ _id }) => _id);
    },
    listExpiredLeases: (now, limit) =>
      jobs.list({ status: "processing", lease_until: { $lt: now } }, { sort: { lease_until: 1, _id: 1 }, limit }),
    listStaleQueued: (before, limit) =>
      jobs.list({ status: "queued", created_at: { $lt: before } }, { sort: { created_at: 1, _id: 1 }, limit }),
    listExpiredImages: async (now, limit) => {
      const due = { $lte: now };
      const photos = await jobs.list({ photo_expires_at: due }, { sort: { photo_expires_at: 1, _id: 1 }, limit });
      const results = await jobs.list({ expires_at: due }, { sort: { expires_at: 1, _id: 1 }, limit });
      const rows = new Map([...photos, ...results].map((row) => [row.id, row]));
      return [...rows.values()].slice(0, limit);
    },
    countByStatus: async () => ({
      queued: await jobs.count({ status: "queued" }),
      processing: await jobs.count({ status: "processing" }),
    }),
  } satisfies Partial<TryOnJobRepository>;
}

function createReads(jobs: Table) {
  return {
    findOwned: (user_id, _id) => jobs.find({ _id, user_id }),
    findById: (_id) => jobs.find({ _id }),
    list: (userId, filter, { limit, offset, after }) =>
      jobs.list(matching(userId, filter, after), { sort: newestFirst, skip: offset, limit, hint: indexFor(filter) }),
    count: (userId, filter, atMost) => jobs.count(matching(userId, filter), { limit: atMost, hint: indexFor(filter) }),
    countActive: async (user_id) => ({
      queued: await jobs.count({ user_id, status: "queued" }),
      processing: await jobs.count({ user_id, status: "processing" }),
    }),
    countSince: (user_id, since, key_mode) =>
      jobs.count({ user_id, key_mode, created_at: { $gte: since } }, { hint: "account_key_mode" }),
    totalCreditsUsed: async (user_id) => {
      const [sum] = await jobs.aggregate<{ credits: number }>([
        { $match: { user_id } },
        { $group: { _id: null, credits: { $sum: "$credits_used" } } },
      ]);
      return sum?.credits ?? 0;
    },
    refersToObject: async (key) => {
      const job = await jobs.find({ _id: jobIdOfObject(key) });
      return job !== null && [job.person_image, job.top_image, job.bottom_image, job.output_image].includes(key);
    },
  } satisfies Partial<TryOnJobRepository>;
}

/** What `countByDay` groups by. */
interface DayGroup {
  _id: { day: string; status: JobDay["status"] };
  jobs: number;
  credits: number;
}

function createStatistics(jobs: Table) {
  return {
    countByDay: async (user_id, key_mode, from, to) => {
      const day = { $dateToString: { format: "%Y-%m-%d", date: "$created_at" } };
      const groups = await jobs.aggregate<DayGroup>([
        { $match: { user_id, key_mode, created_at: { $gte: from, $lt: to } } },
        {
          $group: { _id: { day, status: "$status" }, jobs: { $sum: 1 }, credits: { $sum: "$credits_used" } },
        },
      ]);
      return groups.map(({ _id, jobs, credits }) => ({ ..._id, jobs, credits }));
    },
    listTimes: async (user_id, key_mode, since, limit) => {
      const rows = await jobs.list(
        { user_id, key_mode, status: "completed", created_at: { $gte: since }, processing_time_ms: { $ne: null } },
        { sort: newestFirst, limit, hint: "account_status" },
      );
      return rows.map((row) => row.processing_time_ms ?? 0);
    },
    hasAnyOf: async (user_id, apiKeyIds) =>
      (await jobs.count({ user_id, api_key_id: { $in: apiKeyIds } }, { limit: 1, hint: "account_key" })) > 0,
  } satisfies Partial<TryOnJobRepository>;
}

function createWrites(jobs: Table) {
  const step = (values: Partial<TryOnJob>) => ({ $set: toSet(tryOnJobModel, values), $inc: { version: 1 } });
  return {
    insert: (job) => jobs.insert(job),
    transition: (_id, from, patch, now, holder) =>
      jobs.change(
        { _id, status: { $in: from }, ...(holder !== undefined && { lease_holder: holder }) },
        step({ ...patch, updated_at: now }),
      ),
    patch: (_id, patch, now) => jobs.change({ _id }, step({ ...patch, updated_at: now })),
    claim: (_id, holder, now, leaseUntil) =>
      jobs.change(
        { _id, status: "queued", run_after: { $lte: now } },
        step({
          status: "processing",
          lease_holder: holder,
          lease_until: leaseUntil,
          started_at: now,
          updated_at: now,
        }),
      ),
    requeueExpired: (_id, now) =>
      jobs.change(
        { _id, status: "processing", lease_until: { $lt: now }, sent_at: null },
        {
          $set: {
            status: "queued",
            stage: "queued",
            progress: 0,
            lease_holder: null,
            lease_until: null,
            run_after: now,
            updated_at: now,
          },
          $inc: { retry_count: 1, version: 1 },
        },
      ),
    expireAll: (user_id, now) =>
      jobs.updateAll({ user_id }, { $set: { photo_expires_at: now, expires_at: now, updated_at: now } }),
    renewLease: (_id, holder, now, leaseUntil) =>
      jobs.change(
        { _id, status: "processing", lease_holder: holder },
        { $set: { lease_until: leaseUntil, updated_at: now } },
      ),
  } satisfies Partial<TryOnJobRepository>;
}

export function createTryOnJobRepository(connection: Connection): TryOnJobRepository {
  const jobs = tableOf(connection);
  return { ...createReads(jobs), ...createQueueReads(jobs), ...createStatistics(jobs), ...createWrites(jobs) };
}
