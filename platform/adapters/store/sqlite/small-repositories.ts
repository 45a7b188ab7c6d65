// The repositories of one or two methods.
import type { AuthEvent, OutboxMessage, Prompt } from "../../../core/model.ts";
import type { AuthEventRepository, LeaseRepository, OutboxRepository, PromptRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";
import { sqlTime } from "./connection.ts";
import { isUniqueViolation } from "./errors.ts";

export function createPromptRepository(connection: Connection): PromptRepository {
  return {
    insert: async (prompt) => {
      await connection.prompt.create({ data: prompt });
    },
    insertOnce: async (prompt) => {
      try {
        await connection.prompt.create({ data: prompt });
        return true;
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },
    findActive: (type) =>
      connection.prompt.findFirst({
        where: { type, is_active: true },
        orderBy: { version: "desc" },
      }) as Promise<Prompt | null>,
  };
}

export function createAuthEventRepository(connection: Connection): AuthEventRepository {
  const insertOnce = async (event: AuthEvent, subject: string) => {
    try {
      await connection.authEvent.create({ data: { ...event, subject } });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  };
  return {
    insert: async (event) => {
      await connection.authEvent.create({ data: { ...event, subject: event.id } });
    },
    insertOnce,
    insertNewOrigin: (event) => insertOnce(event, `${event.kind}:${event.api_key_id}:${event.detail.origin}`),
    hasSubject: async (subject) => (await connection.authEvent.findUnique({ where: { subject } })) !== null,
    listByUser: async (user_id, take) => {
      const rows = await connection.authEvent.findMany({
        where: { user_id },
        orderBy: [{ created_at: "desc" }, { id: "desc" }],
        take,
      });
      return rows.map(({ subject: _subject, ...event }) => event as AuthEvent);
    },
    deleteBefore: async (before, limit) => {
      const { count } = await connection.authEvent.deleteMany({ where: { created_at: { lt: before } }, limit });
      return count;
    },
  };
}

export function createOutboxRepository(connection: Connection): OutboxRepository {
  return {
    insert: async (message) => {
      await connection.outbox.create({ data: { ...message, payload: message.payload as object } });
    },
    listPending: (now, take, channel) =>
      connection.outbox.findMany({
        where: { state: "pending", next_attempt_at: { lte: now }, channel },
        orderBy: [{ next_attempt_at: "asc" }, { id: "asc" }],
        take,
      }) as unknown as Promise<OutboxMessage[]>,
    claim: async ({ id, attempts }, next_attempt_at) => {
      const { count } = await connection.outbox.updateMany({
        where: { id, attempts, state: "pending" },
        data: { attempts: attempts + 1, next_attempt_at },
      });
      return count === 1;
    },
    settle: async (id, outcome) => {
      await connection.outbox.updateMany({ where: { id }, data: outcome });
    },
    deleteSettled: async (before, limit) => {
      const { count } = await connection.outbox.deleteMany({
        where: { state: { not: "pending" }, created_at: { lt: before } },
        limit,
      });
      return count;
    },
  };
}

export function createLeaseRepository(connection: Connection): LeaseRepository {
  return {
    acquire: async (name, holder, now, until) => {
      const rows = await connection.$queryRawUnsafe<unknown[]>(
        `INSERT INTO Lease (name, holder, until) VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
         WHERE holder = excluded.holder OR until <= ?4 RETURNING name`,
        name,
        holder,
        sqlTime(until),
        sqlTime(now),
      );
      return rows.length === 1;
    },
    release: async (name, holder) => {
      await connection.lease.deleteMany({ where: { name, holder } });
    },
  };
}
