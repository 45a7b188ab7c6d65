import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData, useOutletContext } from "@remix-run/react";
import type { Overview } from "../../../../core/analytics/get-overview.ts";
import { formatCount } from "../../../format/format-count.ts";
import { formatDuration, formatPercent } from "../../../format/format-duration.ts";
import { dashboard } from "../../../messages/en/dashboard.ts";
import { homeWords as words } from "../../../messages/en/home.ts";
import { site } from "../../../messages/en/site.ts";
import type { RouteHandle } from "../../../route-handle.ts";
import { requirePage } from "../../../session/require-page.ts";
import { Card } from "../../../ui/card.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { StatCard, StatGrid } from "../../../ui/stat-card.tsx";
import { Switch } from "../../../ui/switch.tsx";
import type { DashboardContext } from "../layout.tsx";
import { Checklist } from "./checklist.tsx";
import styles from "./home.module.css";
import { TrendChart } from "./trend-chart.tsx";

export const handle: RouteHandle = { isStatic: true };

export const meta: MetaFunction = () => [{ title: site.titleOf(dashboard.home.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const { user } = await requirePage(args);
  const { overview } = args.context;
  const keyMode = new URL(args.request.url).searchParams.get("mode") === "test" ? "test" : "live";
  const [figures, steps] = await Promise.all([overview.get(user, keyMode), overview.steps(user)]);
  return { figures, steps, keyMode } as const;
}

function Credits({ credits: { free, paid, allowance } }: Pick<Overview, "credits">) {
  return (
    <StatCard label={words.credits} value={formatCount(free + paid)}>
      <span data-volatile>{words.creditsNote(formatCount(paid), formatCount(free))}</span>
      <br />
      {allowance > 0 ? words.renews(formatCount(allowance)) : words.noAllowance}
    </StatCard>
  );
}

function Figures({ figures }: { figures: Overview }) {
  const { today, successRate, medianMs } = figures;
  const running = today.queued + today.processing;
  const all = running + today.completed + today.failed + today.cancelled;
  return (
    <StatGrid>
      <Credits credits={figures.credits} />
      <StatCard label={words.today} value={formatCount(all)}>
        <span data-volatile>
          {words.todayNote(formatCount(today.completed), formatCount(today.failed))}
          {running > 0 && words.todayRunning(formatCount(running))}
        </span>
      </StatCard>
      <StatCard label={words.rate} value={successRate === null ? words.nothing : formatPercent(successRate)}>
        {words.rateNote}
      </StatCard>
      <StatCard label={words.median} value={medianMs === null ? words.nothing : formatDuration(medianMs)}>
        {words.medianNote}
      </StatCard>
    </StatGrid>
  );
}

const Trend = ({ days }: Pick<Overview, "days">) => {
  const hasJobs = days.some(({ jobs }) => Object.values(jobs).some((count) => count > 0));
  return (
    <Card title={words.trend} note={words.trendNote}>
      {hasJobs ? <TrendChart days={days} /> : <EmptyState title={words.trendEmpty} text={words.trendEmptyText} />}
    </Card>
  );
};

export default function DashboardHome() {
  const { user } = useOutletContext<DashboardContext>();
  const { figures, steps, keyMode } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={dashboard.home.greeting(user.firstName)}>
        <Switch
          label={words.keyModes}
          current={keyMode}
          choices={[
            { value: "live", label: words.live, to: "/dashboard" },
            { value: "test", label: words.test, to: "/dashboard?mode=test" },
          ]}
        />
        <Link className="button" to="/dashboard/try-on">
          {words.tryOn}
        </Link>
      </PageHeader>
      <div className={styles.parts}>
        <Checklist steps={steps} />
        <div>
          <Figures figures={figures} />
          <Trend days={figures.days} />
        </div>
      </div>
    </>
  );
}
