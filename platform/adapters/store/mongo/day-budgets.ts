// What may be spent on one UTC day: by a publishable key, by an engine.
import type { EngineCostRepository, KeyBudgetRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";
import { idOf } from "./model.ts";
import { engineCostModel, keyBudgetModel } from "./models.ts";
import { createTable } from "./table.ts";

export function createKeyBudgetRepository(connection: Connection): KeyBudgetRepository {
  const days = createTable(connection, keyBudgetModel);
  const keyOf = (api_key_id: string, day: string) => ({ _id: idOf(keyBudgetModel, { api_key_id, day }) });
  return {
    find: (apiKeyId, day) => days.find(keyOf(apiKeyId, day)),
    spend: async (api_key_id, day, budget, credits) => {
      const add = () =>
        days.change(
          { ...keyOf(api_key_id, day), $expr: { $lte: [{ $add: ["$spent", credits] }, "$budget"] } },
          { $inc: { spent: credits } },
        );
      let row = await add();
      // the day begins with its first spend, and only with one that fits
      if (!row && credits <= budget) {
        const first = { api_key_id, day, budget, spent: credits };
        row = (await days.insertOnce(first, ["_id"])) ? first : await add();
      }
      return row && { before: row.spent - credits, after: row.spent, budget: row.budget };
    },
    giveBack: async (apiKeyId, day, credits) => {
      await days.update({ ...keyOf(apiKeyId, day), spent: { $gte: credits } }, { $inc: { spent: -credits } });
    },
    spentOn: async (api_key_id, names) => {
      const ids = names.map((day) => idOf(keyBudgetModel, { api_key_id, day }));
      const rows = await days.list({ _id: { $in: ids } }, { sort: { _id: 1 }, limit: 0 });
      return rows.reduce((sum, { spent }) => sum + spent, 0);
    },
  };
}

export function createEngineCostRepository(connection: Connection): EngineCostRepository {
  const days = createTable(connection, engineCostModel);
  const keyOf = (engine: string, day: string) => ({ _id: idOf(engineCostModel, { engine, day }) });
  return {
    find: (engine, day) => days.find(keyOf(engine, day)),
    reserve: async (engine, day, cap, microUsd) => {
      const add = () =>
        days.change(
          { ...keyOf(engine, day), spent_micro_usd: { $lte: cap - microUsd } },
          { $inc: { spent_micro_usd: microUsd } },
        );
      let row = await add();
      if (!row && microUsd <= cap) {
        const first = { engine, day, spent_micro_usd: microUsd, refused: 0 };
        row = (await days.insertOnce(first, ["_id"])) ? first : await add();
      }
      return row && { spent: row.spent_micro_usd };
    },
    settle: async (engine, day, differenceMicroUsd) => {
      await days.update(keyOf(engine, day), { $inc: { spent_micro_usd: differenceMicroUsd } });
    },
    noteRefusal: async (engine, day) => {
      const add = () => days.change(keyOf(engine, day), { $inc: { refused: 1 } });
      const row = await add();
      if (row) return row.refused;
      const isFirst = await days.insertOnce({ engine, day, spent_micro_usd: 0, refused: 1 }, ["_id"]);
      return isFirst ? 1 : ((await add())?.refused ?? 1);
    },
  };
}
