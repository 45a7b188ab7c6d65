import { v7 as uuidv7 } from "uuid";
import { ipBucket } from "../../core/access/ip-bucket.ts";
import type { Caller } from "../../core/caller.ts";
import { dayName } from "../../core/credits/day.ts";
import { AppError } from "../../core/errors.ts";
import type { RateLimit } from "../../core/ports.ts";
import type { ApiServices } from "../services.ts";

/** What counts a shopper's job: the address by hour and day, and the shopper by the merchant's cap. */
async function countersOf({ store, limits }: ApiServices, caller: Caller, shopperId: string | null) {
  const ip = ipBucket(caller.ip);
  const counters: { limit: RateLimit; key: string }[] = [
    { limit: limits.shopperHour, key: ip },
    { limit: limits.shopperDay, key: ip },
  ];
  if (shopperId === null) return counters;
  const merchant = await store.settings.find(caller.user.id);
  const points = merchant?.shopper_daily_cap ?? limits.shopperId.points;
  return [...counters, { limit: { ...limits.shopperId, points }, key: `${caller.apiKey?.id}:${shopperId}` }];
}

/** A burst is noted once a day per key and address: the security page shows it. */
async function noteBurst({ store, clock }: ApiServices, { user, apiKey, ip }: Caller, limit: RateLimit) {
  const now = clock.now();
  const event = {
    id: uuidv7(),
    kind: "burst",
    user_id: user.id,
    api_key_id: apiKey?.id ?? null,
    detail: { limit: limit.name },
    ip_address: ip,
    created_at: now,
  };
  await store.authEvents.insertOnce(event, `burst:${apiKey?.id}:${ipBucket(ip)}:${dayName(now)}`);
}

/**
 * Counts a shopper's job before it is made; not for J and S. Returns what takes the count back when no job was made
 * after all. Throws daily_generation_limit.
 */
export async function countShopperJob(services: ApiServices, caller: Caller, shopperId: string | null) {
  const { limiter } = services;
  const counted: { limit: RateLimit; key: string }[] = [];
  const takeBack = async () => {
    await Promise.all(counted.map(({ limit, key }) => limiter.refund(limit, key)));
  };
  if (caller.kind !== "publishable") return takeBack;
  for (const counter of await countersOf(services, caller, shopperId)) {
    const state = await limiter.consume(counter.limit, counter.key);
    if (!state.allowed) {
      await takeBack();
      await noteBurst(services, caller, counter.limit);
      throw new AppError("daily_generation_limit", { retryAfterS: state.resetS });
    }
    counted.push(counter);
  }
  return takeBack;
}
