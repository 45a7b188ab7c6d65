import { Form, Link } from "@remix-run/react";
import { jobPageWords } from "../../../messages/en/job.ts";
import { tryOnWords as words } from "../../../messages/en/try-on.ts";
import { Compare } from "../../../ui/compare.tsx";
import { CsrfField } from "../../../ui/csrf-field.tsx";
import { DownloadResult } from "../../../ui/download-result.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { jobPath, picturePath } from "../history/picture-path.ts";
import { JobProgress } from "./job-progress.tsx";
import styles from "./try-on.module.css";
import type { Ending } from "./try-on.tsx";
import type { JobProgress as Progress } from "./use-job.ts";

/** Posts to the job's own page, which then shows what became of it. */
const JobButton = ({ jobId, intent, text }: { jobId: string; intent: string; text: string }) => (
  <Form method="post" action={jobPath(jobId)}>
    <CsrfField />
    <input type="hidden" name="intent" value={intent} />
    <button type="submit" className="button quiet">
      {text}
    </button>
  </Form>
);

function Ended({ jobId, ending, photo }: { jobId: string; ending: Ending; photo: string | null }) {
  const output = picturePath(jobId, "output");
  if (ending.kind === "lost") return <Notice kind="warn">{words.lost}</Notice>;
  if (ending.kind === "cancelled") return <Notice kind="info">{words.cancelled}</Notice>;
  if (ending.kind === "failed") {
    return (
      <Notice kind="warn" title={ending.fault?.message ?? words.failed}>
        {[ending.fault?.hint, words.creditsBack].filter(Boolean).join(" ")}
      </Notice>
    );
  }
  return (
    <>
      {photo ? <Compare before={photo} after={output} /> : <img src={output} alt={words.after} />}
      <p className={styles.quiet}>{words.preview}</p>
      <div className="row">
        <DownloadResult url={output} />
        <JobButton jobId={jobId} intent="delete" text={jobPageWords.delete} />
      </div>
    </>
  );
}

interface Props {
  jobId: string | null;
  job: Progress;
  ending: Ending | null;
  photo: string | null;
}

/** What becomes of the try-on, beside its form. */
export function TryOnResult({ jobId, job, ending, photo }: Props) {
  if (!jobId) {
    return (
      <div className={styles.blank}>
        <strong>{words.resultEmpty}</strong>
        <span>{words.resultEmptyText}</span>
      </div>
    );
  }
  return (
    <div className={styles.form}>
      {ending ? (
        <Ended jobId={jobId} ending={ending} photo={photo} />
      ) : (
        <div className={styles.busy}>
          {photo && <img src={photo} alt="" />}
          <JobProgress job={job} />
          <JobButton jobId={jobId} intent="cancel" text={words.cancel} />
        </div>
      )}
      <Link to={jobPath(jobId)}>{words.open}</Link>
    </div>
  );
}
