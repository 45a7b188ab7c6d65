// One command: in a transaction, as a retryable write, or plain.
import { deserialize } from "bson";
import { ALIAS, HANDLERS } from "./commands.mjs";
import { codeName, fromPg, isDown, MongoError } from "./errors.mjs";
import { opt } from "./options.mjs";
import { DATA_COMMANDS, endTransaction, lsidOf, RETRYABLE, session, TRANSIENT, transactionOf } from "./sessions.mjs";

export async function execute(body, seq) {
  // only inspected: the bytes go to PostgreSQL as they came
  const cmd = deserialize(body, { useBigInt64: true, promoteValues: true });
  let name = Object.keys(cmd)[0];
  name = ALIAS[name] ?? name;
  try {
    if (cmd.autocommit === false) return await commandInTransaction(cmd, name, body, seq);
    if (name === "commitTransaction" || name === "abortTransaction")
      throw new MongoError(251, "no transaction started", {}, TRANSIENT);
    if (!Object.hasOwn(HANDLERS, name)) throw new MongoError(59, `no such command: '${name}'`);
    if (cmd.txnNumber !== undefined && cmd.lsid && RETRYABLE.has(name)) {
      // a retryable write: a repeat gets the first answer
      const s = session(lsidOf(cmd));
      const number = BigInt(cmd.txnNumber);
      if (s.client && number > s.txnNumber) await endTransaction(s, "aborted").catch(() => {});
      if (s.retry?.number === number) return await s.retry.reply;
      const reply = HANDLERS[name](cmd, body, seq, {});
      s.txnNumber = number;
      s.state = "none";
      s.retry = { number, reply };
      reply.catch(() => {
        s.retry = null;
      });
      return await reply;
    }
    return await HANDLERS[name](cmd, body, seq, {});
  } catch (e) {
    if (isDown(e)) throw e; // closes the client's connection, as a mongod that goes away does
    const m = fromPg(e);
    if (opt.verbose || m.code === 8) console.error(name, m.code, m.message, e.code);
    return {
      ok: 0,
      errmsg: m.message,
      code: m.code,
      codeName: codeName(m.code),
      ...m.extra,
      ...(m.labels.length ? { errorLabels: m.labels } : {}),
    };
  }
}

async function commandInTransaction(cmd, name, body, seq) {
  const s = await transactionOf(cmd, name);
  if (name === "commitTransaction") {
    if (s.state !== "committed") {
      try {
        await endTransaction(s, "committed", "COMMIT");
      } catch (e) {
        if (isDown(e)) throw e;
        const m = fromPg(e);
        if (m.code === 112) m.labels = TRANSIENT;
        throw m;
      }
    }
    return { ok: 1 };
  }
  if (name === "abortTransaction") {
    await endTransaction(s, "aborted");
    return { ok: 1 };
  }
  try {
    if (!DATA_COMMANDS.has(name)) throw new MongoError(263, `Cannot run '${name}' in a multi-document transaction.`);
    return await HANDLERS[name](cmd, body, seq, { client: s.client, session: s });
  } catch (e) {
    await endTransaction(s, "aborted").catch(() => {}); // as mongod does: an error ends the transaction
    if (isDown(e)) throw e;
    const m = fromPg(e);
    if (m.code === 112 || m.code === 251) m.labels = TRANSIENT;
    throw m;
  }
}
