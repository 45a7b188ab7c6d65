import type { Client } from "../auth/deps.ts";
import { AppError } from "../errors.ts";
import type { User } from "../model.ts";
import type { AccountDeps } from "./delete-account.ts";
import { deleteAccount } from "./delete-account.ts";
import { exportAccount } from "./export-account.ts";
import type { ProfilePatch } from "./update-profile.ts";
import { updateProfile } from "./update-profile.ts";
import type { SettingsPatch } from "./update-settings.ts";
import { updateSettings } from "./update-settings.ts";

/** What a merchant does with their own account. */
export function createAccountService(deps: AccountDeps) {
  return {
    updateProfile: (user: User, patch: ProfilePatch) => updateProfile(deps, user, patch),
    /** Throws not_found. */
    getSettings: async (userId: string) => {
      const settings = await deps.store.settings.find(userId);
      if (!settings) throw new AppError("not_found");
      return settings;
    },
    updateSettings: (userId: string, patch: SettingsPatch) => updateSettings(deps, userId, patch),
    export: (userId: string) => exportAccount(deps.store, userId, deps.clock.now()),
    delete: (user: User, client: Client) => deleteAccount(deps, user, client),
  };
}

export type AccountService = ReturnType<typeof createAccountService>;
