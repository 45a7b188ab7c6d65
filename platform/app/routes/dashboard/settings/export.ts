import { Readable } from "node:stream";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { requirePage } from "../../../session/require-page.ts";

/** GET /dashboard/settings/export: everything that is kept about the account, streamed, as a file. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePage({ request, context });
  const body = createReadableStreamFromReadable(Readable.from(context.accounts.export(user.id)));
  return new Response(body, {
    headers: {
      "Content-Type": "application/json",
      "Content-Disposition": 'attachment; filename="trailroom-account.json"',
    },
  });
}
