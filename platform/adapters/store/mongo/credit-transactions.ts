import type { CreditTransactionRepository, LedgerFilter } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";
import { creditTransactionModel } from "./models.ts";
import { createTable, newestFirst } from "./table.ts";

const unique = ["user_id", "reference_type", "reference_id", "type", "bucket"];

const matching = (user_id: string, { type, dateFrom, dateTo }: LedgerFilter) => ({
  user_id,
  ...(type && { type }),
  ...((dateFrom || dateTo) && {
    created_at: { ...(dateFrom && { $gte: dateFrom }), ...(dateTo && { $lt: dateTo }) },
  }),
});

export function createCreditTransactionRepository(connection: Connection): CreditTransactionRepository {
  const ledger = createTable(connection, creditTransactionModel);
  return {
    insertOnce: (row) => ledger.insertOnce(row, unique),
    list: (userId, filter, { offset, limit }) =>
      ledger.list(matching(userId, filter), { sort: newestFirst, skip: offset, limit, hint: "account" }),
    count: (userId, filter, atMost) => ledger.count(matching(userId, filter), { limit: atMost, hint: "account" }),
    sums: async (user_id) => {
      const rows = await ledger.aggregate<{ _id: string; credits: number }>([
        { $match: { user_id } },
        { $group: { _id: "$bucket", credits: { $sum: "$credits" } } },
      ]);
      const sum = (bucket: string) => rows.find(({ _id }) => _id === bucket)?.credits ?? 0;
      return { free: sum("free"), paid: sum("paid") };
    },
  };
}
