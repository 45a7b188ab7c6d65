import { writeLedgerCsv } from "../export/write-ledger-csv.ts";
import type { Clock, LedgerFilter, Store } from "../ports.ts";
import type { FreeAllowance } from "./allowance.ts";
import { getBalance } from "./get-balance.ts";
import { listTransactions } from "./list-transactions.ts";

interface CreditDeps {
  store: Store;
  clock: Clock;
  allowance: FreeAllowance;
}

/** What the pages read of an account's credits. */
export function createCreditService({ store, clock, allowance }: CreditDeps) {
  return {
    getBalance: (userId: string) => getBalance(store, userId, allowance, clock.now()),
    /** One page of the ledger, newest first. Throws invalid_request beyond row 10 000. */
    list: (userId: string, filter: LedgerFilter, page: { page: number; limit: number }) =>
      listTransactions(store, userId, filter, page),
    csv: (userId: string, filter: LedgerFilter) => writeLedgerCsv(store, userId, filter),
  };
}

export type CreditService = ReturnType<typeof createCreditService>;
