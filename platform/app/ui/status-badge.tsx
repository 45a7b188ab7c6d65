import type { JobStatus } from "../../core/model.ts";
import { jobWords } from "../messages/en/jobs.ts";
import styles from "./status-badge.module.css";

const looks: Record<JobStatus, string | undefined> = {
  queued: styles.busy,
  processing: styles.busy,
  completed: styles.ok,
  failed: styles.danger,
  cancelled: undefined,
};

/** Where a job stands, in a word and a colour. */
export const StatusBadge = ({ status }: { status: JobStatus }) => (
  <span className={[styles.badge, looks[status]].filter(Boolean).join(" ")}>{jobWords.status[status]}</span>
);
