import type { RowTarget } from "../adapters/store/mongo/open-row-target.ts";
import type { RowSource } from "../adapters/store/sqlite/open-row-source.ts";

const batchSize = 500;

/** How far one model has come. */
export interface CopyProgress {
  model: string;
  done: number;
  total: number;
}

/**
 * Copies every row of `source` to `target`, going on where an earlier run was cut off; then compares counts and the
 * ledger, and only then opens the target to the platform. Throws when they differ. Tells how many rows there are.
 */
export async function copyStore(source: RowSource, target: RowTarget, onProgress: (progress: CopyProgress) => void) {
  const missing = source.models.filter((model) => !target.models.includes(model));
  if (missing.length > 0) throw new Error(`the target does not know ${missing.join(", ")}`);
  let rows = 0;
  for (const model of source.models) rows += await copyModel(source, target, model, onProgress);
  await verify(source, target);
  await target.finish(new Date());
  return rows;
}

async function copyModel(
  source: RowSource,
  target: RowTarget,
  model: string,
  onProgress: (progress: CopyProgress) => void,
) {
  const total = await source.count(model);
  const key = target.keyOf(model);
  let last = target.position(model);
  // what an earlier run wrote counts as done, up to what it noted
  let done = last ? Math.min(total, await target.count(model)) : 0;
  onProgress({ model, done, total });
  for (;;) {
    const rows = await source.read(model, key, last, batchSize);
    if (rows.length === 0) break;
    await target.write(model, rows);
    last = key.map((field) => String(rows.at(-1)?.[field]));
    done = Math.min(total, done + rows.length);
    onProgress({ model, done, total });
  }
  return total;
}

async function verify(source: RowSource, target: RowTarget) {
  const faults: string[] = [];
  for (const model of source.models) {
    const [here, there] = [await source.count(model), await target.count(model)];
    if (here !== there) faults.push(`${model}: ${here} rows, ${there} in the copy`);
  }
  const [sums, copied] = [await source.ledgerSums(), await target.ledgerSums()];
  const differing = [...sums].filter(([account, sum]) => copied.get(account) !== sum);
  if (differing.length > 0 || copied.size !== sums.size) {
    faults.push(`the ledger: ${differing.length} sums of ${sums.size} differ, ${copied.size} in the copy`);
  }
  if (faults.length > 0) throw new Error(`The copy is not the source:\n- ${faults.join("\n- ")}`);
}
