import type { ReactNode } from "react";
import { formatDuration, formatPercent } from "../../../format/format-duration.ts";
import { jobPageWords as words } from "../../../messages/en/job.ts";
import { jobWords } from "../../../messages/en/jobs.ts";
import { Card } from "../../../ui/card.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { Time } from "../../../ui/time.tsx";
import styles from "./job.module.css";
import type { JobView } from "./job.tsx";

type Fact = [label: string, value: ReactNode];

const Facts = ({ facts }: { facts: Fact[] }) => (
  <dl className={styles.facts}>
    {facts
      .filter(([, value]) => value !== null)
      .map(([label, value]) => (
        <Fact key={label} label={label} value={value} />
      ))}
  </dl>
);

const Fact = ({ label, value }: { label: string; value: ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </>
);

const time = (value: Date | null) => value && <Time value={value} />;
const span = (ms: number | null) => ms !== null && <span data-volatile>{formatDuration(ms)}</span>;

function chargeOf({ charged, credits }: JobView) {
  const parts = [
    charged.free > 0 && words.chargedFree(charged.free),
    charged.paid > 0 && words.chargedPaid(charged.paid),
    charged.free + charged.paid > 0 && credits === 0 && words.given,
  ].filter(Boolean);
  return parts.length > 0 ? `${credits} (${parts.join(", ")})` : String(credits);
}

/** What a job was, what it cost and how long it took. */
export function JobFacts({ job }: { job: JobView }) {
  return (
    <>
      <Card title={words.facts}>
        <Facts
          facts={[
            [words.status, <StatusBadge key="status" status={job.status} />],
            [words.product, job.productId],
            [words.garment, jobWords.mode[job.mode]],
            [words.source, jobWords.source[job.source]],
            [words.keys, jobWords.keyMode[job.keyMode]],
            [words.credits, chargeOf(job)],
            [words.engine, job.engine],
            [words.confidence, job.confidence === null ? null : formatPercent(job.confidence)],
            [words.warnings, job.warnings.length > 0 ? job.warnings.join(", ") : null],
            [words.tries, job.tries > 1 ? job.tries : null],
            [
              words.id,
              <code key="id" data-volatile>
                {job.id}
              </code>,
            ],
          ]}
        />
      </Card>
      <Card title={words.times} note={words.utc}>
        <Facts
          facts={[
            [words.asked, time(job.createdAt)],
            [words.started, time(job.startedAt)],
            [words.ended, time(job.endedAt)],
            [words.waited, job.startedAt && span(job.startedAt.getTime() - job.createdAt.getTime())],
            [words.took, job.tookMs === null ? null : span(job.tookMs)],
            [words.photoGoes, time(job.photoGoesAt)],
            [words.resultGoes, time(job.resultGoesAt)],
          ]}
        />
      </Card>
    </>
  );
}
