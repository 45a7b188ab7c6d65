import type { KeyBudgetRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";

export function createKeyBudgetRepository(connection: Connection): KeyBudgetRepository {
  return {
    find: (api_key_id, day) => connection.keyBudgetDay.findUnique({ where: { api_key_id_day: { api_key_id, day } } }),
    spend: async (apiKeyId, day, budget, credits) => {
      const rows = await connection.$queryRawUnsafe<{ spent: bigint | number; budget: bigint | number }[]>(
        `INSERT INTO KeyBudgetDay (api_key_id, day, budget, spent)
         SELECT ?1, ?2, ?3, ?4 WHERE ?4 <= COALESCE((SELECT budget FROM KeyBudgetDay WHERE api_key_id = ?1 AND day = ?2), ?3)
         ON CONFLICT (api_key_id, day) DO UPDATE SET spent = spent + excluded.spent
         WHERE spent + excluded.spent <= budget
         RETURNING spent, budget`,
        apiKeyId,
        day,
        budget,
        credits,
      );
      const [row] = rows;
      if (!row) return null;
      return { before: Number(row.spent) - credits, after: Number(row.spent), budget: Number(row.budget) };
    },
    giveBack: async (api_key_id, day, credits) => {
      await connection.keyBudgetDay.updateMany({
        where: { api_key_id, day, spent: { gte: credits } },
        data: { spent: { decrement: credits } },
      });
    },
    spentOn: async (api_key_id, days) => {
      const { _sum } = await connection.keyBudgetDay.aggregate({
        where: { api_key_id, day: { in: days } },
        _sum: { spent: true },
      });
      return _sum.spent ?? 0;
    },
  };
}
