import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { formatDuration } from "../../../format/format-duration.ts";
import { historyWords as words } from "../../../messages/en/history.ts";
import { jobWords } from "../../../messages/en/jobs.ts";
import { site } from "../../../messages/en/site.ts";
import type { RouteHandle } from "../../../route-handle.ts";
import { answerCore } from "../../../session/answer-core.ts";
import { requirePage } from "../../../session/require-page.ts";
import { Card } from "../../../ui/card.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { DownloadIcon } from "../../../ui/icons/job-icons.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { Time } from "../../../ui/time.tsx";
import styles from "./history.module.css";
import { HistoryFilter } from "./history-filter.tsx";
import { filterAddress, filterFields, readFilter } from "./read-filter.ts";

export const handle: RouteHandle = { isStatic: true };

export const meta: MetaFunction = () => [{ title: site.titleOf(words.title) }];

const limit = 25;

export async function loader(args: LoaderFunctionArgs) {
  const { user } = await requirePage(args);
  const { ownTryOns, client } = args.context;
  const query = new URL(args.request.url).searchParams;
  const { keyMode, filter } = readFilter(query);
  const cursor = query.get("cursor") ?? undefined;
  const list = ownTryOns.list({ user, ip: client.ip }, keyMode, { filter, limit, cursor });
  const { jobs, nextCursor } = await answerCore(list);
  return {
    nextCursor,
    jobs: jobs.map(({ job, source, fault }) => ({
      id: job.id,
      status: job.status,
      mode: job.mode,
      productId: job.product_id,
      credits: job.credits_used,
      tookMs: job.processing_time_ms,
      createdAt: job.created_at,
      source,
      fault: fault?.message ?? null,
    })),
  };
}

type Row = Awaited<ReturnType<typeof loader>>["jobs"][number];

const columns: Column<Row>[] = [
  { label: words.time, cell: ({ createdAt }) => <Time value={createdAt} /> },
  {
    label: words.productColumn,
    isFlexible: true,
    cell: ({ id, productId }) => (
      <Link to={`/dashboard/history/${id}`} className={styles.product}>
        {productId ?? words.noProduct}
      </Link>
    ),
  },
  {
    label: words.status,
    isFlexible: true,
    cell: ({ status, fault }) => (
      <div className={styles.status}>
        <StatusBadge status={status} />
        {fault && <span className={styles.fault}>{fault}</span>}
      </div>
    ),
  },
  { label: words.mode, cell: ({ mode }) => jobWords.mode[mode] },
  { label: words.source, cell: ({ source }) => jobWords.source[source] },
  { label: words.credits, isNumber: true, cell: ({ credits }) => credits },
  {
    label: words.took,
    isNumber: true,
    isVolatile: true,
    cell: ({ tookMs }) => (tookMs === null ? jobWords.none : formatDuration(tookMs)),
  },
];

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <EmptyState title={words.noMatch} text={words.noMatchText} />;
  return (
    <EmptyState title={words.empty} text={words.emptyText}>
      <Link className="button" to="/dashboard/try-on">
        {words.emptyLink}
      </Link>
    </EmptyState>
  );
}

export default function History() {
  const { jobs, nextCursor } = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const isFiltered = filterFields.some((field) => query.get(field));
  const list = "/dashboard/history";
  return (
    <>
      <PageHeader title={words.title} lead={words.lead}>
        <a className="button quiet" href={filterAddress(`${list}.csv`, query)}>
          <DownloadIcon />
          {words.csv}
        </a>
      </PageHeader>
      <HistoryFilter query={query} isFiltered={isFiltered} />
      {jobs.length === 0 ? (
        <Nothing isFiltered={isFiltered} />
      ) : (
        <Card title={words.table} note={jobWords.utc}>
          <DataTable caption={words.table} columns={columns} rows={jobs} keyOf={({ id }) => id} />
        </Card>
      )}
      <Pager
        label={words.pages}
        links={[
          query.has("cursor") ? { text: words.newest, to: filterAddress(list, query) } : null,
          nextCursor ? { text: words.older, to: filterAddress(list, query, nextCursor), rel: "next" } : null,
        ]}
      />
    </>
  );
}
