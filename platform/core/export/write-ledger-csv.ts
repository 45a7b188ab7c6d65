import type { CreditTransaction } from "../model.ts";
import type { LedgerFilter, Store } from "../ports.ts";
import { writeCsv } from "./csv.ts";
import { readPages } from "./read-pages.ts";

const columns = {
  time_utc: (row: CreditTransaction) => row.created_at,
  type: (row: CreditTransaction) => row.type,
  bucket: (row: CreditTransaction) => row.bucket,
  credits: (row: CreditTransaction) => row.credits,
  balance_after: (row: CreditTransaction) => row.balance_after,
  description: (row: CreditTransaction) => row.description,
  reference_type: (row: CreditTransaction) => row.reference_type,
  reference_id: (row: CreditTransaction) => row.reference_id,
};

/** An account's ledger as CSV, newest first, in pieces. */
export const writeLedgerCsv = (store: Store, userId: string, filter: LedgerFilter) =>
  writeCsv(
    columns,
    readPages((page) => store.creditTransactions.list(userId, filter, page)),
  );
