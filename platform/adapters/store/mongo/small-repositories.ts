// The repositories of one or two methods.
import type { AuthEventRepository, LeaseRepository, OutboxRepository, PromptRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";
import { toSet } from "./model.ts";
import { authEventModel, leaseModel, outboxModel, promptModel } from "./models.ts";
import { createTable, newestFirst } from "./table.ts";

export function createPromptRepository(connection: Connection): PromptRepository {
  const prompts = createTable(connection, promptModel);
  return {
    insert: (prompt) => prompts.insert(prompt),
    insertOnce: (prompt) => prompts.insertOnce(prompt, ["type", "version"]),
    findActive: async (type) =>
      (await prompts.list({ type, is_active: true }, { sort: { version: -1 }, limit: 1 }))[0] ?? null,
  };
}

export function createAuthEventRepository(connection: Connection): AuthEventRepository {
  const events = createTable(connection, authEventModel);
  return {
    insert: (event) => events.insert(event, { subject: event.id }),
    insertOnce: (event, subject) => events.insertOnce(event, ["subject"], { subject }),
    insertNewOrigin: (event) =>
      events.insertOnce(event, ["subject"], { subject: `${event.kind}:${event.api_key_id}:${event.detail.origin}` }),
    hasSubject: async (subject) => (await events.find({ subject })) !== null,
    deleteBefore: (before, limit) => events.removeSome({ created_at: { $lt: before } }, { created_at: 1 }, limit),
    listByUser: (user_id, limit) => events.list({ user_id }, { sort: newestFirst, limit }),
  };
}

export function createOutboxRepository(connection: Connection): OutboxRepository {
  const outbox = createTable(connection, outboxModel);
  return {
    insert: (message) => outbox.insert(message),
    listPending: (now, limit, channel) =>
      outbox.list(
        { state: "pending", next_attempt_at: { $lte: now }, ...(channel && { channel }) },
        { sort: { next_attempt_at: 1, _id: 1 }, limit },
      ),
    claim: ({ id, attempts }, next_attempt_at) =>
      outbox.update({ _id: id, attempts, state: "pending" }, { $inc: { attempts: 1 }, $set: { next_attempt_at } }),
    settle: async (_id, outcome) => {
      await outbox.update({ _id }, { $set: toSet(outboxModel, outcome) });
    },
    deleteSettled: (before, limit) =>
      outbox.removeSome({ state: { $ne: "pending" }, created_at: { $lt: before } }, { created_at: 1 }, limit),
  };
}

export function createLeaseRepository(connection: Connection): LeaseRepository {
  const leases = createTable(connection, leaseModel);
  return {
    acquire: async (name, holder, now, until) => {
      const isFree = { $or: [{ holder }, { until: { $lte: now } }] };
      if (await leases.update({ _id: name, ...isFree }, { $set: { holder, until } })) return true;
      return leases.insertOnce({ name, holder, until }, ["_id"]);
    },
    release: async (name, holder) => {
      await leases.remove({ _id: name, holder });
    },
  };
}
