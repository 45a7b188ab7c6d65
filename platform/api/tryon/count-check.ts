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
