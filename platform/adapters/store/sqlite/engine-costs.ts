import type { EngineCostRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";

export function createEngineCostRepository(connection: Connection): EngineCostRepository {
  return {
    reserve: async (engine, day, cap, microUsd) => {
      const [row] = await connection.$queryRawUnsafe<{ spent: bigint | number }[]>(
        `INSERT INTO EngineCostDay (engine, day, spent_micro_usd, refused)
         SELECT ?1, ?2, ?4, 0 WHERE ?4 <= ?3
         ON CONFLICT (engine, day) DO UPDATE SET spent_micro_usd = spent_micro_usd + excluded.spent_micro_usd
         WHERE spent_micro_usd + excluded.spent_micro_usd <= ?3
         RETURNING spent_micro_usd AS spent`,
        engine,
        day,
        cap,
        microUsd,
      );
      return row ? { spent: Number(row.spent) } : null;
    },
    settle: async (engine, day, differenceMicroUsd) => {
      await connection.engineCostDay.updateMany({
        where: { engine, day },
        data: { spent_micro_usd: { increment: differenceMicroUsd } },
      });
    },
    noteRefusal: async (engine, day) => {
      const row = await connection.engineCostDay.upsert({
        where: { engine_day: { engine, day } },
        create: { engine, day, spent_micro_usd: 0, refused: 1 },
        update: { refused: { increment: 1 } },
      });
      return row.refused;
    },
    find: async (engine, day) => {
      const row = await connection.engineCostDay.findUnique({ where: { engine_day: { engine, day } } });
      return row && { ...row, spent_micro_usd: Number(row.spent_micro_usd) };
    },
  };
}
