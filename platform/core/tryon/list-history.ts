import { AppError } from "../errors.ts";
import type { JobKeyMode, TryOnJob } from "../model.ts";
import type { JobCursor, JobFilter, Store } from "../ports.ts";

/** Deep pages cost as much as they skip: beyond this row the cursor goes on (spec §2). */
const deepestRow = 10_000;

export interface HistoryQuery {
  filter: JobFilter;
  limit: number;
  page?: number;
  cursor?: string;
}

const encode = (job: TryOnJob) => Buffer.from(`${job.created_at.toISOString()} ${job.id}`).toString("base64url");

function decode(cursor: string): JobCursor {
  const [time = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  const createdAt = new Date(time);
  if (Number.isNaN(createdAt.getTime()) || id === "") {
    throw new AppError("invalid_request", { details: { cursor: "not one of ours" } });
  }
  return { createdAt, id };
}

/** One page of an account's jobs of one key mode, newest first. `total` comes with pages, not with cursors. */
export async function listHistory(store: Store, userId: string, keyMode: JobKeyMode, query: HistoryQuery) {
  const { limit, page, cursor } = query;
  const filter = { ...query.filter, keyMode };
  if (cursor !== undefined) {
    const jobs = await store.tryOnJobs.list(userId, filter, { limit: limit + 1, after: decode(cursor) });
    return { ...cut(jobs, limit), limit };
  }
  const at = page ?? 1;
  if (at * limit > deepestRow) {
    throw new AppError("invalid_request", { details: { page: "too deep: go on with next_cursor" } });
  }
  const [jobs, total] = await Promise.all([
    store.tryOnJobs.list(userId, filter, { limit: limit + 1, offset: (at - 1) * limit }),
    store.tryOnJobs.count(userId, filter, deepestRow),
  ]);
  return { ...cut(jobs, limit), total, page: at, limit };
}

function cut(rows: TryOnJob[], limit: number) {
  const jobs = rows.slice(0, limit);
  const last = jobs.at(-1);
  return { jobs, nextCursor: rows.length > limit && last ? encode(last) : null };
}
