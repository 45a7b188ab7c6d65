import type { Caller } from "../caller.ts";
import { dayStart } from "../credits/day.ts";
import { AppError } from "../errors.ts";
import type { MerchantSettings, TryOnMode } from "../model.ts";
import type { TryOnDeps } from "./deps.ts";

/** What stands against a new job of this account whatever its pictures: state, mode, daily limit, queue length. */
export async function assertMayCreate(
  { store, clock, settings }: TryOnDeps,
  { user, keyMode }: Caller,
  mode: TryOnMode,
  merchant: MerchantSettings | null,
) {
  if (user.is_suspended) throw new AppError("account_suspended");
  if (!user.is_email_verified && keyMode === "live") throw new AppError("email_not_verified");
  if (merchant && !merchant.allowed_modes.includes(mode)) throw new AppError("mode_not_allowed");
  const active = await store.tryOnJobs.countActive(user.id);
  if (active.queued >= settings.queuedPerAccount) throw new AppError("rate_limited", { retryAfterS: 30 });
  const limit = keyMode === "test" ? null : settings.dailyGenerations[user.role];
  if (limit === null) return;
  const today = dayStart(clock.now());
  if ((await store.tryOnJobs.countSince(user.id, today)) >= limit) {
    const retryAfterS = Math.ceil((today.getTime() + 86_400_000 - clock.now().getTime()) / 1000);
    throw new AppError("daily_generation_limit", { retryAfterS });
  }
}

/** Whether the balance would pay for the job: told before the photo check, decided again when the credits are taken. */
export function assertCanPay(credits: number, free: number, price: number) {
  if (credits + free < price) throw new AppError("insufficient_credits");
}
