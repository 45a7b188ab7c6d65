import type { SealedField, SealedValue } from "../../../core/model.ts";
import type { SealedRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";

/** Both come from the fixed list of fields: never a caller's text. */
const placeOf = (field: SealedField) => {
  const [table, column] = field.split(".");
  return { table: `"${table}"`, column: `"${column}"` };
};

export function createSealedRepository(connection: Connection): SealedRepository {
  return {
    listNotUnder: async (field, kid, { skip, limit }) => {
      const { table, column } = placeOf(field);
      // no LIKE: it folds case and reads % in a key's name as a wildcard
      const rows = await connection.$queryRawUnsafe<SealedValue[]>(
        `SELECT CAST(rowid AS TEXT) AS "row", ${column} AS sealed FROM ${table}
         WHERE ${column} IS NOT NULL AND substr(${column}, 1, length(?1)) <> ?1 ORDER BY rowid LIMIT ?2 OFFSET ?3`,
        `${kid}.`,
        limit,
        skip,
      );
      return rows;
    },
    replace: async (field, { row, sealed: seen }, sealed) => {
      const { table, column } = placeOf(field);
      const changed = await connection.$executeRawUnsafe(
        `UPDATE ${table} SET ${column} = ? WHERE rowid = CAST(? AS INTEGER) AND ${column} = ?`,
        sealed,
        row,
        seen,
      );
      return changed === 1;
    },
  };
}
