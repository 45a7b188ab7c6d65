import { randomUUID } from "node:crypto";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData, useFetcher, useLoaderData } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { describeProblem, isErrorCode } from "../../../../core/errors.ts";
import { site } from "../../../messages/en/site.ts";
import { tryOnWords as words } from "../../../messages/en/try-on.ts";
import { pageAction } from "../../../session/page-action.ts";
import { requirePage } from "../../../session/require-page.ts";
import { Card } from "../../../ui/card.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { jobPath } from "../history/picture-path.ts";
import { readTryOnForm } from "./read-try-on-form.ts";
import styles from "./try-on.module.css";
import { TryOnForm } from "./try-on-form.tsx";
import { TryOnResult } from "./try-on-result.tsx";
import type { JobProgress } from "./use-job.ts";
import { useJob } from "./use-job.ts";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.title) }];

const models = [1, 2, 3, 4, 5, 6].map((number) => `/v1/models/person-${number}.jpg`);

export async function loader(args: LoaderFunctionArgs) {
  const { user } = await requirePage(args);
  const { accounts, ownTryOns } = args.context;
  const { allowed_modes: modes } = await accounts.getSettings(user.id);
  return { modes, models, prices: ownTryOns.prices, formId: randomUUID() };
}

export type TryOnData = Awaited<ReturnType<typeof loader>>;

export const action = pageAction(async ({ page: { user }, context, form }) => {
  const { ownTryOns, client } = context;
  const formId = String(form.get("form_id") ?? "");
  const jobId = await ownTryOns.start({ user, ip: client.ip }, await readTryOnForm(form), formId);
  // a script shows the job on this page; without one the job's own page does
  return form.has("stay") ? { jobId } : redirect(jobPath(jobId), 303);
});

/** How a job ended, in words for this page. */
export interface Ending {
  kind: "completed" | "failed" | "cancelled" | "lost";
  fault: { message: string; hint: string } | null;
}

function endingOf(last: JobProgress | null): Ending {
  const { status, errorCode } = last ?? {};
  if (status === "completed" || status === "cancelled") return { kind: status, fault: null };
  if (status !== "failed") return { kind: "lost", fault: null };
  return { kind: "failed", fault: errorCode && isErrorCode(errorCode) ? describeProblem(errorCode) : null };
}

export default function TryOn() {
  const data = useLoaderData<typeof loader>();
  const fetcher = useFetcher<typeof action>();
  const withoutScript = useActionData<typeof action>();
  const answer = fetcher.data ?? withoutScript;
  const jobId = answer && "jobId" in answer ? answer.jobId : null;
  const fault = answer && "fields" in answer ? answer : null;
  const [ending, setEnding] = useState<Ending | null>(null);
  const [photo, setPhoto] = useState<string | null>(null);
  const panel = useRef<HTMLDivElement>(null);
  const job = useJob(jobId, (last) => setEnding(endingOf(last)));
  useEffect(() => {
    if (!jobId) return;
    setEnding(null);
    panel.current?.scrollIntoView({ block: "nearest" });
  }, [jobId]);
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <div className={styles.parts}>
        <TryOnForm
          data={data}
          fault={fault}
          fetcher={fetcher}
          isBusy={fetcher.state !== "idle" || (jobId !== null && ending === null)}
          onPhoto={setPhoto}
        />
        <div className={styles.result} ref={panel}>
          <Card title={words.result}>
            <TryOnResult jobId={jobId} job={job} ending={ending} photo={photo} />
          </Card>
        </div>
      </div>
    </>
  );
}
