import type { CreditTransactionRepository, LedgerFilter, RowCursor } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";
import { creditTransactionModel } from "./models.ts";
import { createTable, newestFirst } from "./table.ts";

const unique = ["user_id", "reference_type", "reference_id", "type", "bucket"];

function matching(user_id: string, { type, dateFrom, dateTo }: LedgerFilter, after?: RowCursor) {
  const bounds = {
    ...(dateFrom && { $gte: dateFrom }),
    ...(dateTo && { $lt: dateTo }),
    ...(after && { $lte: after.createdAt }),
  };
  return {
    user_id,
    ...(type && { type }),
    ...((dateFrom || dateTo || after) && { created_at: bounds }),
    ...(after && { $or: [{ created_at: { $lt: after.createdAt } }, { _id: { $lt: after.id } }] }),
  };
}

export function createCreditTransactionRepository(connection: Connection): CreditTransactionRepository {
  const ledger = createTable(connection, creditTransactionModel);
  return {
    insertOnce: (row) => ledger.insertOnce(row, unique),
    list: (userId, filter, { offset, limit, after }) =>
      ledger.list(matching(userId, filter, after), { sort: newestFirst, skip: offset, limit, hint: "account" }),
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
