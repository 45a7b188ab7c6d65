import type { LoaderFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { answerCore } from "../../../session/answer-core.ts";
import { choiceOf } from "../../../session/read-query.ts";
import { requirePage } from "../../../session/require-page.ts";

const kinds = ["person", "top", "bottom", "output"] as const;

const headers = {
  "Cache-Control": "private, no-store",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "sandbox; default-src 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** A picture of a job that its merchant may look at; the result goes out by its signed address, as all results do. */
export async function loader(args: LoaderFunctionArgs) {
  const { user } = await requirePage(args);
  const { ownTryOns } = args.context;
  const { jobId = "", kind: wanted = "" } = args.params;
  const kind = choiceOf(kinds, wanted);
  if (!kind) throw new Response("not found", { status: 404 });
  if (kind === "output") {
    const { pathname, search } = new URL(await answerCore(ownTryOns.resultUrl(user.id, jobId)));
    return redirect(pathname + search, { headers: { "Cache-Control": "private, no-store" } });
  }
  const { bytes, contentType } = await answerCore(ownTryOns.picture(user.id, jobId, kind));
  return new Response(new Uint8Array(bytes), { headers: { ...headers, "Content-Type": contentType } });
}
