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
    findActive: (type) => connection.prompt.findFirst({ where: { type, is_active: true } }) as Promise<Prompt | null>,
  };
}

export function createAuthEventRepository(connection: Connection): AuthEventRepository {
  return {
    insert: async (event) => {
      await connection.authEvent.create({ data: { ...event, subject: event.id } });
    },
    insertNewOrigin: async (event) => {
      try {
        const subject = `${event.kind}:${event.api_key_id}:${event.detail.origin}`;
        await connection.authEvent.create({ data: { ...event, subject } });
        return true;
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },
    listByUser: async (user_id, take) => {
      const rows = await connection.authEvent.findMany({ where: { user_id }, orderBy: { created_at: "desc" }, take });
      return rows.map(({ subject: _subject, ...event }) => event as AuthEvent);
    },
  };
}

export function createOutboxRepository(connection: Connection): OutboxRepository {
  return {
    insert: async (message) => {
      await connection.outbox.create({ data: { ...message, payload: message.payload as object } });
    },
    listPending: (now, take) =>
      connection.outbox.findMany({
        where: { state: "pending", next_attempt_at: { lte: now } },
        orderBy: [{ next_attempt_at: "asc" }, { id: "asc" }],
        take,
      }) as unknown as Promise<OutboxMessage[]>,
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
