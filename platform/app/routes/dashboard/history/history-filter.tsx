import { historyWords as words } from "../../../messages/en/history.ts";
import { jobWords } from "../../../messages/en/jobs.ts";
import { FilterForm, FilterInput, FilterSelect } from "../../../ui/filter-form.tsx";
import { keyModes, modes, statuses } from "./read-filter.ts";

const any = ["", words.any] as const;

interface Props {
  query: URLSearchParams;
  isFiltered: boolean;
}

/** What the history can be narrowed to. */
export function HistoryFilter({ query, isFiltered }: Props) {
  const value = (name: string) => query.get(name) ?? "";
  const clear = isFiltered ? { text: words.clear, to: "/dashboard/history" } : null;
  return (
    <FilterForm label={words.filter} submit={words.filter} clear={clear}>
      <FilterSelect
        name="keys"
        label={words.keys}
        value={value("keys") || "live"}
        options={keyModes.map((mode) => [mode, jobWords.keyMode[mode]])}
      />
      <FilterSelect
        name="status"
        label={words.status}
        value={value("status")}
        options={[any, ...statuses.map((status) => [status, jobWords.status[status]] as const)]}
      />
      <FilterSelect
        name="mode"
        label={words.mode}
        value={value("mode")}
        options={[any, ...modes.map((mode) => [mode, jobWords.mode[mode]] as const)]}
      />
      <FilterInput label={words.product} name="product" defaultValue={value("product")} maxLength={200} />
      <FilterInput label={words.from} name="from" type="date" defaultValue={value("from")} />
      <FilterInput label={words.to} name="to" type="date" defaultValue={value("to")} />
    </FilterForm>
  );
}
