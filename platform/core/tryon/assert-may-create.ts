import type { Caller } from "../caller.ts";
import { dayStart } from "../credits/day.ts";
import { AppError } from "../errors.ts";
import type { JobKeyMode, MerchantSettings, TryOnMode, User } from "../model.ts";
import type { Repositories } from "../ports.ts";
import { isSiteUser } from "../site/site-account.ts";
import type { TryOnDeps } from "./deps.ts";
import type { TryOnSettings } from "./settings.ts";

const dayMs = 86_400_000;
const queueRetryS = 30;

/** What stands against a new job of this account whatever its pictures: state, mode, limits. */
export async function assertMayCreate(
  { store, clock, settings }: TryOnDeps,
  { user, keyMode }: Caller,
  mode: TryOnMode,
  merchant: MerchantSettings | null,
) {
  if (user.is_suspended) throw new AppError("account_suspended");
  if (!user.is_email_verified && keyMode !== "test") throw new AppError("email_not_verified");
  if (merchant && !merchant.allowed_modes.includes(mode)) throw new AppError("mode_not_allowed");
  await assertWithinLimits(store, { user, keyMode, settings, now: clock.now() });
}

interface LimitsOf {
  user: User;
  keyMode: JobKeyMode;
  settings: TryOnSettings;
  now: Date;
}

/** The landing page has limits of its own, by address and in all. */
const dailyLimit = ({ user, keyMode, settings }: LimitsOf) =>
  isSiteUser(user.id)
    ? null
    : { live: settings.dailyGenerations[user.role], preview: settings.previewsPerDay, test: null }[keyMode];

/** The queue's length and the day's generations: looked at before the work starts, decided in the transaction. */
export async function assertWithinLimits({ tryOnJobs }: Repositories, limits: LimitsOf) {
  const { user, keyMode, settings, now } = limits;
  const active = await tryOnJobs.countActive(user.id);
  if (active.queued >= settings.queuedPerAccount) throw new AppError("rate_limited", { retryAfterS: queueRetryS });
  const limit = dailyLimit(limits);
  if (limit === null) return;
  const today = dayStart(now);
  if ((await tryOnJobs.countSince(user.id, today, keyMode)) < limit) return;
  const retryAfterS = Math.ceil((today.getTime() + dayMs - now.getTime()) / 1000);
  throw new AppError("daily_generation_limit", { retryAfterS });
}

/** Whether the balance would pay for the job: told before the photo check, decided again when the credits are taken. */
export function assertCanPay(credits: number, free: number, price: number) {
  if (credits + free < price) throw new AppError("insufficient_credits");
}
