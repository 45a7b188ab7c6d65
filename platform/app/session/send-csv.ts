import { streamOf } from "./stream-of.ts";

/** A CSV file, sent as it is written: nobody waits for the end of a long one, and it is never whole in memory. */
export const sendCsv = (name: string, pieces: AsyncIterable<string>) =>
  new Response(streamOf(pieces), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
