import type { IdempotencyRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";
import { idOf, toSet } from "./model.ts";
import { idempotencyModel } from "./models.ts";
import { createTable } from "./table.ts";

export function createIdempotencyRepository(connection: Connection): IdempotencyRepository {
  const records = createTable(connection, idempotencyModel);
  const keyOf = (scope: string, key: string) => ({ _id: idOf(idempotencyModel, { scope, key }) });
  const held = (scope: string, key: string, holder: string) => ({
    ...keyOf(scope, key),
    holder,
    state: "in_progress",
  });

  return {
    find: (scope, key) => records.find(keyOf(scope, key)),
    begin: async (record) => {
      for (;;) {
        if (await records.insertOnce(record, ["_id"])) return { won: true, record };
        const standing = await records.find(keyOf(record.scope, record.key));
        if (standing) return { won: false, record: standing };
        // freed between the two statements: begin again
      }
    },
    takeOver: ({ scope, key, holder, started_at, state }, next) => {
      const { scope: _scope, key: _key, ...rest } = next;
      return records.update(
        { ...keyOf(scope, key), holder, started_at, state },
        { $set: toSet(idempotencyModel, rest) },
      );
    },
    complete: (scope, key, holder, answer, job_id, expires_at) =>
      records.update(held(scope, key, holder), { $set: { state: "done", answer, job_id, expires_at } }),
    release: async (scope, key, holder) => {
      await records.remove(held(scope, key, holder));
    },
    deleteExpired: (now, limit) => records.removeSome({ expires_at: { $lte: now } }, { expires_at: 1 }, limit),
  };
}
