import { scaleBand, scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";
import type { DaySummary } from "../../../../core/analytics/summarise-days.ts";
import { formatCount } from "../../../format/format-count.ts";
import { formatShortDay } from "../../../format/format-time.ts";
import { homeWords as words } from "../../../messages/en/home.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { Time } from "../../../ui/time.tsx";
import styles from "./trend-chart.module.css";

const width = 600;
const height = 176;
const ticks = 4;

/** Whole numbers at the ends of the scale and between, never fewer than one to a step. */
const niceTop = (most: number) => {
  const step = Math.max(1, Math.ceil(most / ticks));
  const magnitude = 10 ** Math.floor(Math.log10(step));
  return Math.ceil(step / magnitude) * magnitude * ticks;
};

const partsOf = ({ jobs }: DaySummary) => ({
  completed: jobs.completed,
  failed: jobs.failed,
  other: jobs.cancelled + jobs.queued + jobs.processing,
});
const kinds = ["completed", "failed", "other"] as const;
const totalOf = (day: DaySummary) => Object.values(partsOf(day)).reduce((sum, part) => sum + part, 0);

function Plot({ days, top }: { days: DaySummary[]; top: number }) {
  const x = scaleBand({ domain: days.map(({ day }) => day), range: [0, width], padding: 0.3 });
  const y = scaleLinear({ domain: [0, top], range: [height, 0] });
  return (
    <svg className={styles.plot} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {Array.from({ length: ticks + 1 }, (_, index) => (top / ticks) * index).map((tick) => (
        <line key={tick} className={styles.grid} x1={0} x2={width} y1={y(tick)} y2={y(tick)} />
      ))}
      {days.map((day) => {
        let below = 0;
        const parts = partsOf(day);
        return kinds.map((kind) => {
          const from = below;
          below += parts[kind];
          if (parts[kind] === 0) return null;
          return (
            <Bar
              key={`${day.day} ${kind}`}
              className={styles[kind]}
              x={x(day.day)}
              width={x.bandwidth()}
              y={y(below)}
              height={y(from) - y(below)}
            />
          );
        });
      })}
    </svg>
  );
}

const Legend = () => (
  <ul className={styles.legend}>
    {kinds.map((kind) => (
      <li key={kind}>
        <svg width="12" height="12" aria-hidden="true">
          <rect width="12" height="12" rx="3" className={styles[kind]} />
        </svg>
        {words[kind]}
      </li>
    ))}
  </ul>
);

const columns = [
  { label: words.day, cell: ({ day }: DaySummary) => <Time value={day} dayOnly /> },
  ...kinds.map((kind) => ({
    label: words[kind],
    isNumber: true,
    isVolatile: true,
    cell: (day: DaySummary) => formatCount(partsOf(day)[kind]),
  })),
  {
    label: words.creditsUsed,
    isNumber: true,
    isVolatile: true,
    cell: ({ credits }: DaySummary) => formatCount(credits),
  },
];

/** Try-ons by day, drawn on the server; the words and the table say the same. */
export function TrendChart({ days }: { days: DaySummary[] }) {
  const best = days.reduce((most, day) => (totalOf(day) > totalOf(most) ? day : most));
  const total = days.reduce((sum, day) => sum + totalOf(day), 0);
  const top = niceTop(totalOf(best));
  const shown = [0, 10, 20, days.length - 1].flatMap((index) => days[index] ?? []);
  return (
    <figure className={styles.figure}>
      <div className={styles.chart} data-volatile>
        <div className={styles.scale} aria-hidden="true">
          {Array.from({ length: ticks + 1 }, (_, index) => top - (top / ticks) * index).map((tick) => (
            <span key={tick}>{formatCount(tick)}</span>
          ))}
        </div>
        <Plot days={days} top={top} />
        <div className={styles.days} aria-hidden="true">
          {shown.map(({ day }) => (
            <span key={day}>{formatShortDay(day)}</span>
          ))}
        </div>
      </div>
      <Legend />
      <figcaption data-volatile>
        {words.trendSummary(formatCount(total), formatCount(totalOf(best)), formatShortDay(best.day))}
      </figcaption>
      <details>
        <summary>{words.trendTable}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className={styles.table} tabIndex={0} aria-label={words.trend}>
          <DataTable caption={words.trend} columns={columns} rows={[...days].reverse()} keyOf={({ day }) => day} />
        </section>
      </details>
    </figure>
  );
}
