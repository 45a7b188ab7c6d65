import { v7 as uuidv7 } from "uuid";
import { ipBucket } from "../../core/access/ip-bucket.ts";
import type { Caller } from "../../core/caller.ts";
import { dayName } from "../../core/credits/day.ts";
import { AppError } from "../../core/errors.ts";
import type { RateLimit } from "../../core/ports.ts";
import { isSiteUser } from "../../core/site/site-account.ts";
import type { ImageInput, RequestTryOnInput } from "../../core/tryon/service-types.ts";
import type { ApiServices } from "../services.ts";
import { isSamplePerson } from "./site-photo.ts";

interface Counter {
  limit: RateLimit;
  key: string;
}

type Asked = Pick<RequestTryOnInput, "person" | "shopperId">;

/** On the landing page: own photos by address and in all; sample people, whose pictures are soon at hand, by address. */
function siteCounters({ limits, site }: ApiServices, { ip }: Caller, person: ImageInput): Counter[] {
  const key = ipBucket(ip);
  if (isSamplePerson(site, person)) return [{ limit: limits.siteSamples, key }];
  return [
    { limit: limits.siteOwnPhotos, key },
    { limit: limits.siteOwnPhotosInAll, key: "all" },
  ];
}

/** What counts a shopper's job: the address by hour and day, and the shopper by the merchant's cap. */
async function countersOf(services: ApiServices, caller: Caller, { person, shopperId }: Asked): Promise<Counter[]> {
  if (isSiteUser(caller.user.id)) return siteCounters(services, caller, person);
  const { store, limits } = services;
  const ip = ipBucket(caller.ip);
  const counters = [
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
 * Counts a shopper's job before it is made; not for J and S, nor a merchant's own preview. Returns what takes the
 * count back when no job was made after all. Throws daily_generation_limit.
 */
export async function countShopperJob(services: ApiServices, caller: Caller, asked: Asked) {
  const { limiter } = services;
  const counted: Counter[] = [];
  const takeBack = async () => {
    await Promise.all(counted.map(({ limit, key }) => limiter.refund(limit, key)));
  };
  if (caller.kind !== "publishable" || caller.keyMode === "preview") return takeBack;
  for (const counter of await countersOf(services, caller, asked)) {
    const state = await limiter.consume(counter.limit, counter.key);
    // what was refused was counted too: it must not stand in the way of a place that is given back
    counted.push(counter);
    if (!state.allowed) {
      await takeBack();
      // three of one's own are few: on the landing page that is no burst
      if (!isSiteUser(caller.user.id)) await noteBurst(services, caller, counter.limit);
      throw new AppError("daily_generation_limit", { retryAfterS: state.resetS });
    }
  }
  return takeBack;
}
