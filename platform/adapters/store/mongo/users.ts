import type { UserRepository } from "../../../core/ports.ts";
import type { Connection } from "./connection.ts";
import { toSet } from "./model.ts";
import { userModel } from "./models.ts";
import { createTable } from "./table.ts";

const dueSince = (dayStart: Date) => ({
  $or: [{ last_free_credit_reset: null }, { last_free_credit_reset: { $lt: dayStart } }],
});

export function createUserRepository(connection: Connection): UserRepository {
  const users = createTable(connection, userModel);

  return {
    insert: (user) => users.insert(user),
    findById: (_id) => users.find({ _id }),
    findForUpdate: (_id) => users.change({ _id }, { $inc: { turn: 1 } }),
    findByEmail: (email_normalised) => users.find({ email_normalised }),
    findByGoogleSub: async (google_sub) =>
      (await users.list({ google_sub }, { sort: { _id: 1 }, limit: 1 }))[0] ?? null,
    update: async (_id, patch) => {
      await users.update({ _id }, { $set: toSet(userModel, patch) });
    },
    takeCredits: async (_id, { free, paid }, now) => {
      const enough =
        paid > 0 ? { daily_free_credits: free, credits: { $gte: paid } } : { daily_free_credits: { $gte: free } };
      const row = await users.change(
        { _id, ...enough },
        { $inc: { daily_free_credits: -free, credits: -paid }, $set: { updated_at: now } },
      );
      return row && { free: row.daily_free_credits, paid: row.credits };
    },
    addCredits: async (_id, bucket, credits, now, cap = Number.MAX_SAFE_INTEGER) => {
      if (bucket === "paid") {
        const row = await users.change(
          { _id, credits: { $gte: -credits } },
          { $inc: { credits }, $set: { updated_at: now } },
        );
        return row && { balance: row.credits, added: credits };
      }
      const room = { $max: [0, { $min: [credits, { $subtract: [cap, "$daily_free_credits"] }] }] };
      const before = await users.changeFrom({ _id }, [
        { $set: { daily_free_credits: { $add: ["$daily_free_credits", room] }, updated_at: now } },
      ]);
      if (!before) return null;
      const added = Math.max(0, Math.min(credits, cap - before.daily_free_credits));
      return { balance: before.daily_free_credits + added, added };
    },
    renewFreeCredits: async (_id, allowance, dayStart, now) => {
      const before = await users.changeFrom(
        { _id, ...dueSince(dayStart) },
        { $set: { daily_free_credits: allowance, last_free_credit_reset: now, updated_at: now } },
      );
      return before && { added: allowance - before.daily_free_credits, balance: allowance };
    },
    listDueForRenewal: (dayStart, limit, afterId) =>
      users.list(
        {
          is_active: true,
          is_email_verified: true,
          ...(afterId ? { _id: { $gt: afterId } } : {}),
          ...dueSince(dayStart),
        },
        { sort: { _id: 1 }, limit },
      ),
    countDemo: () => users.count({ is_demo: true }),
  };
}
