// The first and further pages of an answer.
import { cursors, dropCursor, keepCursor } from "./cursor-table.mjs";
import { MongoError } from "./errors.mjs";
import { bytes, run } from "./postgres.mjs";
import { lsidOf, onConnection } from "./sessions.mjs";

export const firstPage = (name) => (cmd, body, _seq, ctx) =>
  onConnection(cmd, ctx, async (client, keep) => {
    const row = await run(client, name, [cmd.$db, body]);
    const continuation = bytes(row.continuation);
    if (continuation) {
      const held = row.persistconnection;
      if (held && keep) keep();
      if (held && ctx.session) ctx.session.held = true;
      keepCursor(BigInt(row.cursorid), {
        db: cmd.$db,
        continuation,
        client: held || ctx.client ? client : null,
        own: held && !ctx.client,
        lsid: lsidOf(cmd),
      });
    }
    return bytes(row.cursorpage);
  });
export async function getMore(cmd, body, _seq, ctx) {
  const id = BigInt(cmd.getMore);
  const c = cursors.get(id);
  if (!c) throw new MongoError(43, `cursor id ${id} not found`);
  clearTimeout(c.timer);
  const next = async (client) => {
    const row = await run(client, "getMore", [c.db, body, c.continuation]);
    c.continuation = bytes(row.continuation);
    return bytes(row.cursorpage);
  };
  try {
    const reply = await (c.client ? next(c.client) : onConnection(cmd, ctx, next));
    if (c.continuation) keepCursor(id, c);
    else dropCursor(id);
    return reply;
  } catch (e) {
    dropCursor(id);
    throw e;
  }
}
