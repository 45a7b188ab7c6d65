import type { MerchantSettings } from "../../../core/model.ts";
import type { SettingsRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";

export function createSettingsRepository(connection: Connection): SettingsRepository {
  return {
    find: (user_id) =>
      connection.merchantSettings.findUnique({ where: { user_id } }) as unknown as Promise<MerchantSettings | null>,
    upsert: async (settings) => {
      const { created_at: _made, ...update } = settings;
      await connection.merchantSettings.upsert({ where: { user_id: settings.user_id }, create: settings, update });
    },
  };
}
