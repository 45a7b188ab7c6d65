import type { ApiKeyRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";
import { toSet } from "./model.ts";
import { apiKeyModel } from "./models.ts";
import { createTable } from "./table.ts";

export function createApiKeyRepository(connection: Connection): ApiKeyRepository {
  const keys = createTable(connection, apiKeyModel);
  return {
    insert: (key) => keys.insert(key),
    findByHash: (key_hash) => keys.find({ key_hash }),
    findById: (user_id, _id) => keys.find({ _id, user_id }),
    listByUser: (user_id) => keys.list({ user_id }, { sort: { created_at: 1, _id: 1 }, limit: 0 }),
    update: (user_id, _id, patch, now) =>
      keys.update({ _id, user_id }, { $set: { ...toSet(apiKeyModel, patch), updated_at: now } }),
    recordUse: async (_id, uses, at) => {
      await keys.update({ _id }, { $inc: { usage_count: uses }, $set: { last_used: at } });
    },
    anyActiveWithOrigin: async (candidates) =>
      (await keys.count({ allowed_origins: { $in: candidates }, is_active: true, kind: "publishable" }, { limit: 1 })) >
      0,
  };
}
