import type { Clock, Store } from "../ports.ts";
import type { FreeAllowance } from "./allowance.ts";
import { getBalance } from "./get-balance.ts";

interface CreditDeps {
  store: Store;
  clock: Clock;
  allowance: FreeAllowance;
}

/** What the pages read of an account's credits. */
export function createCreditService({ store, clock, allowance }: CreditDeps) {
  return {
    getBalance: (userId: string) => getBalance(store, userId, allowance, clock.now()),
  };
}

export type CreditService = ReturnType<typeof createCreditService>;
