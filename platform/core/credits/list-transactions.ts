import { AppError } from "../errors.ts";
import type { LedgerFilter, Store } from "../ports.ts";

/** Deep pages cost the store as much as they skip: beyond this the request is refused. */
const deepestRow = 10_000;

/** One page of an account's ledger, newest first. Throws invalid_request beyond row 10 000. */
export async function listTransactions(
  store: Store,
  userId: string,
  filter: LedgerFilter,
  { page, limit }: { page: number; limit: number },
) {
  if (page * limit > deepestRow) throw new AppError("invalid_request", { details: { page: "too deep" } });
  const [transactions, total] = await Promise.all([
    store.creditTransactions.list(userId, filter, { offset: (page - 1) * limit, limit }),
    store.creditTransactions.count(userId, filter, deepestRow),
  ]);
  return { transactions, total, page, limit };
}
