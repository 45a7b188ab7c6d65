// The cursors that are open.
import { pool, run } from "./postgres.mjs";

const CURSOR_TIMEOUT_MS = 600_000;
export const cursors = new Map(); // id (BigInt) -> { db, ns, continuation, client, own, session, timer }
export function dropCursor(id) {
  const c = cursors.get(id);
  if (!c) return false;
  cursors.delete(id);
  clearTimeout(c.timer);
  if (c.own)
    c.client.query("CLOSE ALL").then(
      () => c.client.release(),
      () => c.client.release(true),
    );
  else if (!c.client && c.continuation) run(pool, "deleteCursors", [[String(id)]]).catch(() => {}); // its file, if it has one
  return true;
}
export function keepCursor(id, c) {
  clearTimeout(c.timer);
  c.timer = setTimeout(() => dropCursor(id), CURSOR_TIMEOUT_MS);
  c.timer.unref();
  cursors.set(id, c);
}
