import type { User } from "../../../core/model.ts";
import type { UserRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";

/** A compare-and-set that keeps losing against others: bounded, so that a fault cannot spin. */
const maxAttempts = 50;

export function createUserRepository(connection: Connection): UserRepository {
  const find = (id: string) => connection.user.findUnique({ where: { id } }) as Promise<User | null>;

  return {
    insert: async (user) => {
      await connection.user.create({ data: user });
    },
    findById: find,
    findForUpdate: async (id) => {
      // a write that changes nothing takes the file's write lock
      const [row] = await connection.user.updateManyAndReturn({ where: { id }, data: { id } });
      return (row ?? null) as User | null;
    },
    findByEmail: (email_normalised) =>
      connection.user.findUnique({ where: { email_normalised } }) as Promise<User | null>,
    findByGoogleSub: (google_sub) => connection.user.findFirst({ where: { google_sub } }) as Promise<User | null>,
    update: async (id, patch) => {
      await connection.user.updateMany({ where: { id }, data: patch });
    },
    takeCredits: async (id, { free, paid }, now) => {
      const enough =
        paid > 0 ? { daily_free_credits: free, credits: { gte: paid } } : { daily_free_credits: { gte: free } };
      const [row] = await connection.user.updateManyAndReturn({
        where: { id, ...enough },
        data: { daily_free_credits: { decrement: free }, credits: { decrement: paid }, updated_at: now },
      });
      return row ? { free: row.daily_free_credits, paid: row.credits } : null;
    },
    addCredits: async (id, bucket, credits, now, cap) => {
      if (bucket === "paid") {
        const [row] = await connection.user.updateManyAndReturn({
          where: { id, credits: { gte: -credits } },
          data: { credits: { increment: credits }, updated_at: now },
        });
        return row ? { balance: row.credits, added: credits } : null;
      }
      for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
        const seen = await find(id);
        if (!seen) return null;
        const left = seen.daily_free_credits;
        const added = Math.max(0, Math.min(credits, (cap ?? Number.MAX_SAFE_INTEGER) - left));
        const { count } = await connection.user.updateMany({
          where: { id, daily_free_credits: left },
          data: { daily_free_credits: left + added, updated_at: now },
        });
        if (count === 1) return { balance: left + added, added };
      }
      throw new Error("the free balance changed too often to add to it");
    },
    renewFreeCredits: async (id, allowance, dayStart, now) => {
      const due = { OR: [{ last_free_credit_reset: null }, { last_free_credit_reset: { lt: dayStart } }] };
      for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
        const seen = await connection.user.findFirst({ where: { id, ...due } });
        if (!seen) return null;
        const { count } = await connection.user.updateMany({
          where: { id, daily_free_credits: seen.daily_free_credits, ...due },
          data: { daily_free_credits: allowance, last_free_credit_reset: now, updated_at: now },
        });
        if (count === 1) return { added: allowance - seen.daily_free_credits, balance: allowance };
      }
      throw new Error("the free balance changed too often to renew it");
    },
    listDueForRenewal: (dayStart, limit, afterId) =>
      connection.user.findMany({
        where: {
          is_active: true,
          is_email_verified: true,
          id: afterId ? { gt: afterId } : undefined,
          OR: [{ last_free_credit_reset: null }, { last_free_credit_reset: { lt: dayStart } }],
        },
        orderBy: { id: "asc" },
        take: limit,
      }) as Promise<User[]>,
    countDemo: () => connection.user.count({ where: { is_demo: true } }),
  };
}
