import { Form, useNavigation } from "@remix-run/react";
import { jobPageWords as words } from "../../../messages/en/job.ts";
import { jobWords } from "../../../messages/en/jobs.ts";
import { CsrfField } from "../../../ui/csrf-field.tsx";
import { DownloadResult } from "../../../ui/download-result.tsx";
import { AgainIcon, BinIcon } from "../../../ui/icons/job-icons.tsx";
import styles from "./job.module.css";
import type { JobView } from "./job.tsx";
import { picturePath } from "./picture-path.ts";

const Intent = ({ name, formId }: { name: string; formId: string }) => (
  <>
    <CsrfField />
    <input type="hidden" name="intent" value={name} />
    <input type="hidden" name="form_id" value={formId} />
  </>
);

/** What can be done with a job. */
export function JobActions({ job, formId }: { job: JobView; formId: string }) {
  const isBusy = useNavigation().state === "submitting";
  const retry = job.price > 0 ? words.retry(jobWords.credits(job.price)) : words.retryFree;
  return (
    <>
      {job.pictures.includes("output") && <DownloadResult url={picturePath(job.id, "output")} />}
      {job.canRetry && (
        <Form method="post" title={words.retryNote}>
          <Intent name="retry" formId={formId} />
          <button type="submit" className="button quiet" disabled={isBusy}>
            <AgainIcon />
            {retry}
          </button>
        </Form>
      )}
      {job.isRunning && (
        <Form method="post">
          <Intent name="cancel" formId={formId} />
          <button type="submit" className="button quiet" disabled={isBusy}>
            {words.cancel}
          </button>
        </Form>
      )}
      <details className={styles.sure}>
        <summary className="button quiet">
          <BinIcon />
          {words.delete}
        </summary>
        <Form method="post">
          <Intent name="delete" formId={formId} />
          <p>{words.deleteSure}</p>
          <button type="submit" className={`button ${styles.danger}`} disabled={isBusy}>
            {words.deleteNow}
          </button>
        </Form>
      </details>
    </>
  );
}
