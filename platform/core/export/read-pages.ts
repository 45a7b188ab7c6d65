import type { RowCursor } from "../ports.ts";

const pageSize = 500;

/** All rows of a list in pages, each begun where the one before it ended: a long list costs no more per row than a short one. */
export async function* readPages<Row extends { id: string; created_at: Date }>(
  read: (page: { limit: number; after?: RowCursor }) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  let after: RowCursor | undefined;
  for (;;) {
    const rows = await read({ limit: pageSize, after });
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = { createdAt: last.created_at, id: last.id };
  }
}
