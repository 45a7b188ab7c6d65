import type { NamedLimits } from "../access/limits.ts";
import type { Caller } from "../caller.ts";
import { AppError } from "../errors.ts";
import type { RateLimiter } from "../ports.ts";
import type { TryOnService } from "../tryon/create-try-on-service.ts";
import type { CheckInput } from "../tryon/service-types.ts";
import type { PageCheckDeps } from "./check-page.ts";
import { checkPage } from "./check-page.ts";

interface CheckDeps extends Omit<PageCheckDeps, "checkPicture"> {
  tryOns: TryOnService;
  limiter: RateLimiter;
  limits: NamedLimits;
}

/** a page is fetched from elsewhere: it counts as several pictures */
const pageCost = 5;

/** "Check my page" and "check my product picture", for a merchant who is signed in; both count as their own checks. */
export function createCheckService(deps: CheckDeps) {
  const count =
    ({ user }: Caller, cost: number) =>
    async () => {
      const state = await deps.limiter.consume(deps.limits.checkByKey, user.id, cost);
      if (!state.allowed) throw new AppError("rate_limited", { retryAfterS: state.resetS });
    };
  const checkPicture = (caller: Caller, input: CheckInput) => deps.tryOns.check(caller, input, count(caller, 1));
  return {
    /** Throws rate_limited or engine_unavailable. */
    page: async (caller: Caller, address: string) => {
      await count(caller, pageCost)();
      return checkPage({ ...deps, checkPicture }, caller, address);
    },
    /** The engine's verdict with its reason and hint. Throws as POST /tryon/check does. */
    picture: checkPicture,
  };
}

export type CheckService = ReturnType<typeof createCheckService>;
