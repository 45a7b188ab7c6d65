import { randomUUID } from "node:crypto";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useRevalidator } from "@remix-run/react";
import { AppError } from "../../../../core/errors.ts";
import { jobPageWords as words } from "../../../messages/en/job.ts";
import { site } from "../../../messages/en/site.ts";
import { answerCore } from "../../../session/answer-core.ts";
import { pageAction } from "../../../session/page-action.ts";
import { requirePage } from "../../../session/require-page.ts";
import { Card } from "../../../ui/card.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { JobProgress } from "../try-on/job-progress.tsx";
import { useJob } from "../try-on/use-job.ts";
import styles from "./job.module.css";
import { JobActions } from "./job-actions.tsx";
import { JobFacts } from "./job-facts.tsx";
import { JobPictures } from "./job-pictures.tsx";
import { jobPath } from "./picture-path.ts";
import { toJobView } from "./to-job-view.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: site.titleOf(words.title(data?.job.productId ?? null)) },
];

export async function loader(args: LoaderFunctionArgs) {
  const { user } = await requirePage(args);
  const { ownTryOns } = args.context;
  const seen = await answerCore(ownTryOns.see(user.id, args.params.jobId ?? ""));
  const small = await ownTryOns.smallResult(seen);
  return {
    job: toJobView(seen, ownTryOns.prices[seen.job.mode]),
    // in the page itself: painted with it, while the full picture is on its way
    smallResult: small && `data:${small.contentType};base64,${Buffer.from(small.bytes).toString("base64")}`,
    formId: randomUUID(),
  };
}

export type JobView = ReturnType<typeof toJobView>;

export const action = pageAction(async ({ page: { user }, params, context, form }) => {
  const { ownTryOns, client } = context;
  const jobId = params.jobId ?? "";
  const intent = form.get("intent");
  if (intent === "retry") {
    const formId = String(form.get("form_id"));
    const madeId = await ownTryOns.retry({ user, ip: client.ip }, jobId, formId);
    return redirect(jobPath(madeId), 303);
  }
  if (intent === "cancel") await ownTryOns.cancel(user.id, jobId);
  else if (intent === "delete") await ownTryOns.remove(user.id, jobId);
  else throw new AppError("invalid_request");
  return redirect(jobPath(jobId), 303);
});

function UnderWay({ job }: { job: JobView }) {
  const { revalidate } = useRevalidator();
  const progress = useJob(job.id, () => revalidate());
  return (
    <Card title={words.underWay}>
      <JobProgress job={progress} />
      <noscript>
        <a href={jobPath(job.id)}>{words.lookAgain}</a>
      </noscript>
    </Card>
  );
}

function Fault({ fault }: Pick<JobView, "fault">) {
  if (!fault) return null;
  return (
    <div className={styles.fault}>
      <Notice kind="warn" title={fault.message}>
        {fault.hint} <a href={`/docs/errors#${fault.code}`}>{words.about}</a>
      </Notice>
    </div>
  );
}

export default function Job() {
  const { job, smallResult, formId } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <>
      <Link to="/dashboard/history" className={styles.back}>
        ‹ {words.back}
      </Link>
      <PageHeader title={words.title(job.productId)}>
        <JobActions job={job} formId={formId} />
      </PageHeader>
      {refused && (
        <div className={styles.fault}>
          <Notice kind="danger">{refused.message}</Notice>
        </div>
      )}
      <Fault fault={job.fault} />
      <div className={styles.parts}>
        <div className={styles.column}>
          {job.isRunning && <UnderWay key={job.id} job={job} />}
          <JobPictures job={job} smallResult={smallResult} />
        </div>
        <div className={styles.column}>
          <JobFacts job={job} />
        </div>
      </div>
    </>
  );
}
