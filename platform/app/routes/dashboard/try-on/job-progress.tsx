import { tryOnWords as words } from "../../../messages/en/try-on.ts";
import styles from "./job-progress.module.css";
import type { JobProgress as Progress } from "./use-job.ts";

const least = 3;

/** What the server says of a job under way, and nothing that it did not say. */
export function JobProgress({ job }: { job: Progress }) {
  return (
    <div className={styles.working}>
      <p role="status">{words.stages[job.stage]}</p>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label={words.working}
        aria-valuenow={job.progress}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div style={{ width: `${Math.max(least, job.progress)}%` }} />
      </div>
      <p className={styles.note} data-volatile>
        {job.etaMs !== null && job.status === "processing" && words.left(Math.ceil(job.etaMs / 1000))}
      </p>
    </div>
  );
}
