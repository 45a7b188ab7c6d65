import type { IdempotencyRecord } from "../../../core/model.ts";
import type { IdempotencyRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";
import { isUniqueViolation } from "./errors.ts";

export function createIdempotencyRepository(connection: Connection): IdempotencyRepository {
  const find = (scope: string, key: string) =>
    connection.idempotencyRecord.findUnique({
      where: { scope_key: { scope, key } },
    }) as Promise<IdempotencyRecord | null>;

  return {
    find,
    begin: async (record) => {
      for (;;) {
        try {
          await connection.idempotencyRecord.create({ data: record });
          return { won: true, record };
        } catch (error) {
          if (!isUniqueViolation(error)) throw error;
        }
        const standing = await find(record.scope, record.key);
        if (standing) return { won: false, record: standing };
        // freed between the two statements: begin again
      }
    },
    takeOver: async ({ scope, key, holder, started_at, state }, next) => {
      const { count } = await connection.idempotencyRecord.updateMany({
        where: { scope, key, holder, started_at, state },
        data: next,
      });
      return count === 1;
    },
    complete: async (scope, key, holder, answer, job_id, expires_at) => {
      const { count } = await connection.idempotencyRecord.updateMany({
        where: { scope, key, holder, state: "in_progress" },
        data: { state: "done", answer, job_id, expires_at },
      });
      return count === 1;
    },
    release: async (scope, key, holder) => {
      await connection.idempotencyRecord.deleteMany({ where: { scope, key, holder, state: "in_progress" } });
    },
    deleteExpired: async (now, limit) => {
      const { count } = await connection.idempotencyRecord.deleteMany({ where: { expires_at: { lte: now } }, limit });
      return count;
    },
  };
}
