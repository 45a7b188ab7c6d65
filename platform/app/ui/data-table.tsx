import type { ReactNode } from "react";
import styles from "./data-table.module.css";

export interface Column<Row> {
  label: string;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
  /** long words of its own: the one that gives way where it is narrow */
  isFlexible?: boolean;
  /** for what differs from run to run, so that pictures of the page can leave it out */
  isVolatile?: boolean;
}

interface Props<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
}

/** A table; where it is narrow each row becomes a list of its cells with their labels. The roles say that it stays a table. */
export function DataTable<Row>({ caption, columns, rows, keyOf }: Props<Row>) {
  return (
    <table className={styles.table} aria-label={caption}>
      <thead>
        <tr>
          {columns.map(({ label, isNumber }) => (
            <th key={label} scope="col" className={isNumber ? styles.number : undefined}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ label, cell, isNumber, isFlexible, isVolatile }) => (
              <td
                key={label}
                data-label={label}
                data-volatile={isVolatile || undefined}
                className={isNumber ? styles.number : isFlexible ? styles.flexible : undefined}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
