import type { LoaderFunctionArgs } from "@remix-run/node";
import type { TryOnJob } from "../../../../core/model.ts";
import type { LoadContext } from "../../../load-context.ts";
import { answerCore } from "../../../session/answer-core.ts";
import { requirePage } from "../../../session/require-page.ts";
import { streamOf } from "../../../session/stream-of.ts";
import { toJobState } from "./to-job-state.ts";

const headers = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

async function* eventsOf(states: AsyncIterable<TryOnJob>, { ownTryOns }: Pick<LoadContext, "ownTryOns">) {
  for await (const job of states) {
    const data = JSON.stringify(toJobState(job, ownTryOns.etaMs(job)));
    yield `event: progress\nid: ${job.version}\ndata: ${data}\n\n`;
  }
}

/** Each state of one of the merchant's jobs until it has ended. A silence is no fault: the page then asks instead. */
export async function loader(args: LoaderFunctionArgs) {
  const { user } = await requirePage(args);
  const { ownTryOns, shutdown } = args.context;
  const left = new AbortController();
  const signal = AbortSignal.any([left.signal, args.request.signal, shutdown]);
  const states = await answerCore(ownTryOns.watch(user.id, args.params.jobId ?? "", signal));
  return new Response(
    streamOf(eventsOf(states, args.context), () => left.abort()),
    { headers },
  );
}
