import { ipBucket } from "../../core/access/ip-bucket.ts";
import type { Caller } from "../../core/caller.ts";
import { AppError } from "../../core/errors.ts";
import type { ApiServices } from "../services.ts";

/** Counts a check that is really run: shoppers by address, everybody else by key or session. */
export const countCheck =
  ({ limiter, limits }: ApiServices, caller: Caller) =>
  async () => {
    const byIp = caller.kind === "publishable";
    const state = byIp
      ? await limiter.consume(limits.checkByIp, ipBucket(caller.ip))
      : await limiter.consume(limits.checkByKey, caller.apiKey?.id ?? caller.user.id);
    if (!state.allowed) throw new AppError("rate_limited", { retryAfterS: state.resetS });
  };

/** Counts a shopper's job by address and by shopper; not for J and S. */
export async function countShopperJob({ limiter, limits }: ApiServices, caller: Caller, shopperId: string | null) {
  if (caller.kind !== "publishable") return;
  const ip = ipBucket(caller.ip);
  const counted = [await limiter.consume(limits.shopperHour, ip), await limiter.consume(limits.shopperDay, ip)];
  if (shopperId) counted.push(await limiter.consume(limits.shopperId, `${caller.apiKey?.id}:${shopperId}`));
  const refused = counted.filter((state) => !state.allowed);
  if (refused.length === 0) return;
  const retryAfterS = Math.max(...refused.map((state) => state.resetS));
  throw new AppError("daily_generation_limit", { retryAfterS });
}
