import { Link, useSearchParams } from "@remix-run/react";
import { formatCount } from "../../../format/format-count.ts";
import { creditWords as words } from "../../../messages/en/credits.ts";
import { jobWords } from "../../../messages/en/jobs.ts";
import { Card } from "../../../ui/card.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { FilterForm, FilterInput, FilterSelect } from "../../../ui/filter-form.tsx";
import { Time } from "../../../ui/time.tsx";
import styles from "./credits.module.css";
import type { LedgerRow } from "./credits.tsx";
import { types } from "./read-filter.ts";

const columns: Column<LedgerRow>[] = [
  { label: words.time, cell: ({ createdAt }) => <Time value={createdAt} /> },
  { label: words.type, cell: ({ type }) => words.types[type] },
  {
    label: words.description,
    isFlexible: true,
    cell: ({ jobId, description }) =>
      jobId ? <Link to={`/dashboard/history/${jobId}`}>{words.job}</Link> : description,
  },
  { label: words.bucket, cell: ({ bucket }) => words.buckets[bucket] },
  {
    label: words.change,
    isNumber: true,
    cell: ({ credits }) => (
      <span className={credits > 0 ? styles.plus : undefined}>
        {credits > 0 ? `+${formatCount(credits)}` : formatCount(credits).replace("-", "−")}
      </span>
    ),
  },
  { label: words.balance, isNumber: true, isVolatile: true, cell: ({ balance }) => formatCount(balance) },
];

/** The ledger with its filter. */
export function Ledger({ rows, isFiltered }: { rows: LedgerRow[]; isFiltered: boolean }) {
  const [query] = useSearchParams();
  const value = (name: string) => query.get(name) ?? "";
  const clear = isFiltered ? { text: words.clear, to: "/dashboard/credits" } : null;
  return (
    <>
      <FilterForm label={words.filter} submit={words.filter} clear={clear}>
        <FilterSelect
          name="type"
          label={words.type}
          value={value("type")}
          options={[["", words.any], ...types.map((type) => [type, words.types[type]] as const)]}
        />
        <FilterInput label={words.from} name="from" type="date" defaultValue={value("from")} />
        <FilterInput label={words.to} name="to" type="date" defaultValue={value("to")} />
      </FilterForm>
      {rows.length === 0 ? (
        <EmptyState
          title={isFiltered ? words.noMatch : words.empty}
          text={isFiltered ? words.noMatchText : words.emptyText}
        />
      ) : (
        <Card title={words.ledger} note={jobWords.utc}>
          <DataTable caption={words.ledger} columns={columns} rows={rows} keyOf={({ id }) => id} />
        </Card>
      )}
    </>
  );
}
