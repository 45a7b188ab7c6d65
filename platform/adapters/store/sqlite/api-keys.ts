import type { ApiKey } from "../../../core/model.ts";
import type { ApiKeyRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";

export function createApiKeyRepository(connection: Connection): ApiKeyRepository {
  return {
    insert: async (key) => {
      await connection.aPIKey.create({ data: key });
    },
    findByHash: (key_hash) => connection.aPIKey.findUnique({ where: { key_hash } }) as Promise<ApiKey | null>,
    findById: (user_id, id) => connection.aPIKey.findUnique({ where: { id, user_id } }) as Promise<ApiKey | null>,
    listByUser: (user_id) =>
      connection.aPIKey.findMany({ where: { user_id }, orderBy: [{ created_at: "asc" }, { id: "asc" }] }) as Promise<
        ApiKey[]
      >,
    update: async (user_id, id, patch, now) => {
      const { count } = await connection.aPIKey.updateMany({
        where: { id, user_id },
        data: { ...patch, updated_at: now },
      });
      return count === 1;
    },
    recordUse: async (id, uses, at) => {
      await connection.aPIKey.updateMany({
        where: { id },
        data: { usage_count: { increment: uses }, last_used: at },
      });
    },
    anyActiveWithOrigin: async (candidates) => {
      if (candidates.length === 0) return false;
      const marks = candidates.map(() => "?").join(", ");
      const rows = await connection.$queryRawUnsafe<unknown[]>(
        `SELECT 1 FROM APIKey, json_each(APIKey.allowed_origins) AS origin
         WHERE APIKey.is_active = 1 AND APIKey.kind = 'publishable' AND origin.value IN (${marks}) LIMIT 1`,
        ...candidates,
      );
      return rows.length > 0;
    },
  };
}
