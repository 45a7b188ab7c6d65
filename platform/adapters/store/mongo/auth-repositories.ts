// The repositories of signing in.
import type {
  EmailTokenRepository,
  LoginThrottleRepository,
  MfaRepository,
  OAuthStateRepository,
  RefreshTokenRepository,
  SessionRepository,
} from "../../../core/auth-ports.ts";
import {
  emailTokenModel,
  loginThrottleModel,
  mfaModel,
  oauthStateModel,
  recoveryCodeModel,
  refreshTokenModel,
  sessionModel,
} from "./auth-models.ts";
import type { Connection } from "./connection.ts";
import { toSet } from "./model.ts";
import { createTable, newestFirst } from "./table.ts";

const expired = (before: Date) => ({ expires_at: { $lt: before } });
const oldest = { expires_at: 1 } as const;

export function createSessionRepository(connection: Connection): SessionRepository {
  const sessions = createTable(connection, sessionModel);
  return {
    insert: sessions.insert,
    findById: (_id) => sessions.find({ _id }),
    findByTokenHash: (token_hash) => sessions.find({ token_hash }),
    listLive: (user_id, now) =>
      sessions.list({ user_id, revoked_at: null, expires_at: { $gt: now } }, { sort: newestFirst, limit: 0 }),
    touch: (_id, patch) => sessions.update({ _id, revoked_at: null }, { $set: toSet(sessionModel, patch) }),
    revoke: (user_id, _id, now) => sessions.update({ _id, user_id, revoked_at: null }, { $set: { revoked_at: now } }),
    revokeAll: (user_id, now, exceptId) =>
      sessions.updateAll(
        { user_id, revoked_at: null, ...(exceptId !== undefined && { _id: { $ne: exceptId } }) },
        { $set: { revoked_at: now } },
      ),
    deleteExpired: (before, limit) => sessions.removeSome(expired(before), oldest, limit),
  };
}

export function createRefreshTokenRepository(connection: Connection): RefreshTokenRepository {
  const tokens = createTable(connection, refreshTokenModel);
  return {
    insert: tokens.insert,
    findByHash: (token_hash) => tokens.find({ token_hash }),
    spend: (token_hash, now) =>
      tokens.change({ token_hash, spent_at: null, expires_at: { $gt: now } }, { $set: { spent_at: now } }),
    takeLeeway: (_id) => tokens.update({ _id, is_leeway_used: false }, { $set: { is_leeway_used: true } }),
    findLastSpent: async (session_id) => {
      const spent = { session_id, spent_at: { $ne: null } };
      return (await tokens.list(spent, { sort: { spent_at: -1, _id: -1 }, limit: 1 }))[0] ?? null;
    },
    deleteExpired: (before, limit) => tokens.removeSome(expired(before), oldest, limit),
  };
}

export function createEmailTokenRepository(connection: Connection): EmailTokenRepository {
  const tokens = createTable(connection, emailTokenModel);
  return {
    insert: tokens.insert,
    findByHash: (token_hash) => tokens.find({ token_hash }),
    consume: (token_hash, purposes, now) =>
      tokens.change(
        { token_hash, purpose: { $in: purposes }, used_at: null, expires_at: { $gt: now } },
        { $set: { used_at: now } },
      ),
    countAttempt: (_id, most) => tokens.update({ _id, attempts: { $lt: most } }, { $inc: { attempts: 1 } }),
    voidAll: async (user_id, purposes, now) => {
      await tokens.updateAll({ user_id, purpose: { $in: purposes }, used_at: null }, { $set: { used_at: now } });
    },
    deleteExpired: (before, limit) => tokens.removeSome(expired(before), oldest, limit),
  };
}

export function createMfaRepository(connection: Connection): MfaRepository {
  const secrets = createTable(connection, mfaModel);
  const codes = createTable(connection, recoveryCodeModel);
  return {
    find: (_id) => secrets.find({ _id }),
    begin: async (row) => {
      const { user_id, created_at: _made, ...rest } = row;
      const isUpdated = await secrets.update({ _id: user_id, confirmed_at: null }, { $set: toSet(mfaModel, rest) });
      return isUpdated || secrets.insertOnce(row, ["_id"]);
    },
    confirm: (_id, last_step, now) =>
      secrets.update({ _id, confirmed_at: null }, { $set: { confirmed_at: now, last_step, updated_at: now } }),
    spendStep: (_id, step, now) =>
      secrets.update(
        { _id, confirmed_at: { $ne: null }, last_step: { $lt: step } },
        { $set: { last_step: step, updated_at: now } },
      ),
    remove: async (_id) => {
      await secrets.remove({ _id });
    },
    insertCodes: codes.insertAll,
    deleteCodes: async (user_id) => {
      await codes.remove({ user_id });
    },
    spendCode: (user_id, code_hash, now) =>
      codes.update({ user_id, code_hash, used_at: null }, { $set: { used_at: now } }),
    countUnusedCodes: (user_id) => codes.count({ user_id, used_at: null }),
  };
}

export function createOAuthStateRepository(connection: Connection): OAuthStateRepository {
  const states = createTable(connection, oauthStateModel);
  return {
    insert: states.insert,
    take: async (_id, cookie_hash, now) => {
      const state = await states.take({ _id, cookie_hash });
      return state && state.expires_at > now ? state : null;
    },
    deleteExpired: (before, limit) => states.removeSome(expired(before), oldest, limit),
  };
}

export function createLoginThrottleRepository(connection: Connection): LoginThrottleRepository {
  const throttles = createTable(connection, loginThrottleModel);
  return {
    find: (_id) => throttles.find({ _id }),
    insertOnce: (row) => throttles.insertOnce(row, ["_id"]),
    replace: ({ subject, attempts, blocked_until }, { subject: _same, ...next }) =>
      throttles.update({ _id: subject, attempts, blocked_until }, { $set: toSet(loginThrottleModel, next) }),
    remove: async (_id) => {
      await throttles.remove({ _id });
    },
    deleteExpired: (before, limit) => throttles.removeSome(expired(before), oldest, limit),
  };
}
