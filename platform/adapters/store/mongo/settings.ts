import type { SettingsRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";
import { toSet } from "./model.ts";
import { settingsModel } from "./models.ts";
import { createTable } from "./table.ts";

export function createSettingsRepository(connection: Connection): SettingsRepository {
  const settings = createTable(connection, settingsModel);
  return {
    find: (_id) => settings.find({ _id }),
    upsert: async ({ user_id, created_at, ...rest }) => {
      const update = { $set: toSet(settingsModel, rest), $setOnInsert: { created_at } };
      await settings.update({ _id: user_id }, update, { upsert: true });
    },
  };
}
