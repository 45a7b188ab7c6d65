import type { FreeAllowance } from "../credits/allowance.ts";
import type { KeyMode, User } from "../model.ts";
import { listSteps } from "../onboarding/list-steps.ts";
import type { Clock, Store } from "../ports.ts";
import { getCreditOverview, getOverview } from "./get-overview.ts";

interface OverviewServiceDeps {
  store: Store;
  clock: Clock;
  allowance: FreeAllowance;
}

/** What the dashboard's first page reads. */
export function createOverviewService(deps: OverviewServiceDeps) {
  return {
    get: (user: User, keyMode: KeyMode) => getOverview(deps, user, keyMode, deps.clock.now()),
    credits: (user: User) => getCreditOverview(deps, user, deps.clock.now()),
    steps: (user: User) => listSteps(deps.store, user, deps.clock.now()),
  };
}

export type OverviewService = ReturnType<typeof createOverviewService>;
