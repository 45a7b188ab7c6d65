import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import type { CreditOverview } from "../../../../core/analytics/get-overview.ts";
import { formatCount } from "../../../format/format-count.ts";
import { creditWords as words } from "../../../messages/en/credits.ts";
import { site } from "../../../messages/en/site.ts";
import type { RouteHandle } from "../../../route-handle.ts";
import { answerCore } from "../../../session/answer-core.ts";
import { requirePage } from "../../../session/require-page.ts";
import { DownloadIcon } from "../../../ui/icons/job-icons.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { StatCard, StatGrid } from "../../../ui/stat-card.tsx";
import { Time } from "../../../ui/time.tsx";
import styles from "./credits.module.css";
import { Ledger } from "./ledger.tsx";
import { filterAddress, filterFields, readFilter } from "./read-filter.ts";

export const handle: RouteHandle = { isStatic: true };

export const meta: MetaFunction = () => [{ title: site.titleOf(words.title) }];

const limit = 25;

export async function loader(args: LoaderFunctionArgs) {
  const { user } = await requirePage(args);
  const { overview, credits, ownTryOns } = args.context;
  const query = new URL(args.request.url).searchParams;
  const page = Math.max(1, Math.trunc(Number(query.get("page"))) || 1);
  const [balance, ledger] = await Promise.all([
    overview.credits(user),
    answerCore(credits.list(user.id, readFilter(query), { page, limit })),
  ]);
  return {
    balance,
    prices: ownTryOns.prices,
    page,
    hasMore: ledger.total > page * limit,
    rows: ledger.transactions.map((row) => ({
      id: row.id,
      type: row.type,
      bucket: row.bucket,
      credits: row.credits,
      balance: row.balance_after,
      description: row.description,
      jobId: row.reference_type === "tryon_job" ? row.reference_id : null,
      createdAt: row.created_at,
    })),
  };
}

export type LedgerRow = Awaited<ReturnType<typeof loader>>["rows"][number];

function Balance({ balance }: { balance: CreditOverview }) {
  const { free, paid, used, allowance, renewsAt } = balance;
  return (
    <StatGrid>
      <StatCard label={words.paid} value={formatCount(paid)}>
        {words.paidNote}
      </StatCard>
      <StatCard label={words.free} value={formatCount(free)}>
        {allowance > 0 ? words.freeNote(formatCount(allowance)) : words.freeUnverified}
      </StatCard>
      <StatCard label={words.used} value={formatCount(used)}>
        {words.usedNote}
      </StatCard>
      <StatCard label={words.renews} value={<Time value={renewsAt} dayOnly />}>
        {words.renewsNote}
      </StatCard>
    </StatGrid>
  );
}

export default function Credits() {
  const { balance, prices, rows, page, hasMore } = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const list = "/dashboard/credits";
  return (
    <>
      <PageHeader title={words.title} lead={words.lead}>
        <a className="button quiet" href={filterAddress(`${list}.csv`, query)}>
          <DownloadIcon />
          {words.csv}
        </a>
      </PageHeader>
      <Balance balance={balance} />
      <section className={styles.price}>
        <h2>{words.price}</h2>
        <p>{words.priceText(prices.top, prices.full)}</p>
        <p>{words.buying}</p>
      </section>
      <Ledger rows={rows} isFiltered={filterFields.some((field) => query.get(field))} />
      <Pager
        label={words.pages}
        links={[
          page > 1 ? { text: words.newer, to: filterAddress(list, query, page - 1), rel: "prev" } : null,
          hasMore ? { text: words.older, to: filterAddress(list, query, page + 1), rel: "next" } : null,
        ]}
      />
    </>
  );
}
