import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerCore } from "../../../session/answer-core.ts";
import { requirePage } from "../../../session/require-page.ts";
import { toJobState } from "./to-job-state.ts";

/** Where one of the merchant's jobs stands, as JSON. */
export async function loader(args: LoaderFunctionArgs) {
  const { user } = await requirePage(args);
  const { ownTryOns } = args.context;
  const job = await answerCore(ownTryOns.find(user.id, args.params.jobId ?? ""));
  return Response.json(toJobState(job, ownTryOns.etaMs(job)));
}
