import type { Caller } from "../caller.ts";
import type { TryOnMode } from "../model.ts";
import { isSiteUser } from "../site/site-account.ts";
import type { TryOnSettings } from "./settings.ts";

/** What a try-on takes of the account: nothing with test keys, in a merchant's own preview and on the platform's own page. */
export const priceOf = ({ credits }: TryOnSettings, { keyMode, user }: Caller, mode: TryOnMode) =>
  keyMode === "live" && !isSiteUser(user.id) ? credits[mode] : 0;
