import { Prisma } from "@trailroom/db";
import type { CreditTransaction } from "../../../core/model.ts";
import type { CreditTransactionRepository, LedgerFilter, RowCursor } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";
import { isUniqueViolation } from "./errors.ts";

const newestFirst: { created_at?: "desc"; id?: "desc" }[] = [{ created_at: "desc" }, { id: "desc" }];

function matching(user_id: string, { type, dateFrom, dateTo }: LedgerFilter, after?: RowCursor) {
  const created_at = { gte: dateFrom, lt: dateTo, lte: after?.createdAt };
  return {
    user_id,
    type,
    ...((dateFrom || dateTo || after) && { created_at }),
    ...(after && { NOT: { created_at: after.createdAt, id: { gte: after.id } } }),
  };
}

export function createCreditTransactionRepository(connection: Connection): CreditTransactionRepository {
  return {
    insertOnce: async (row) => {
      try {
        const metadata = (row.metadata as Prisma.InputJsonObject | null) ?? Prisma.DbNull;
        await connection.creditTransaction.create({ data: { ...row, metadata } });
        return true;
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },
    list: (userId, filter, { offset, limit, after }) =>
      connection.creditTransaction.findMany({
        where: matching(userId, filter, after),
        orderBy: newestFirst,
        skip: offset,
        take: limit,
      }) as Promise<CreditTransaction[]>,
    count: (userId, filter, atMost) =>
      // the order is the index's: left to itself Prisma sorts all rows by id before it stops at `atMost`
      connection.creditTransaction.count({ where: matching(userId, filter), orderBy: newestFirst, take: atMost }),
    sums: async (user_id) => {
      const rows = await connection.creditTransaction.groupBy({
        by: ["bucket"],
        where: { user_id },
        _sum: { credits: true },
      });
      const sum = (bucket: string) => rows.find((row) => row.bucket === bucket)?._sum.credits ?? 0;
      return { free: sum("free"), paid: sum("paid") };
    },
  };
}
