import type { LoaderFunctionArgs } from "@remix-run/node";
import { requirePage } from "../../../session/require-page.ts";
import { sendCsv } from "../../../session/send-csv.ts";
import { readFilter } from "./read-filter.ts";

/** The filtered history as a file. */
export async function loader(args: LoaderFunctionArgs) {
  const { user } = await requirePage(args);
  const { keyMode, filter } = readFilter(new URL(args.request.url).searchParams);
  return sendCsv("try-ons.csv", args.context.ownTryOns.csv(user.id, { ...filter, keyMode }));
}
