// The repositories of signing in.
import type { EmailToken, LoginThrottle, Mfa, OAuthState, RefreshToken, Session } from "../../../core/auth-model.ts";
import type {
  EmailTokenRepository,
  LoginThrottleRepository,
  MfaRepository,
  OAuthStateRepository,
  RefreshTokenRepository,
  SessionRepository,
} from "../../../core/auth-ports.ts";
import type { Connection } from "./connection.ts";
import { isUniqueViolation } from "./errors.ts";

const first = async <T>(rows: Promise<unknown[]>) => ((await rows)[0] ?? null) as T | null;
const isOne = async (result: Promise<{ count: number }>) => (await result).count === 1;
const counted = async (result: Promise<{ count: number }>) => (await result).count;

export function createSessionRepository({ session }: Connection): SessionRepository {
  return {
    insert: async (row) => {
      await session.create({ data: row });
    },
    findById: (id) => session.findUnique({ where: { id } }) as Promise<Session | null>,
    findByTokenHash: (token_hash) => session.findUnique({ where: { token_hash } }) as Promise<Session | null>,
    listLive: (user_id, now) =>
      session.findMany({
        where: { user_id, revoked_at: null, expires_at: { gt: now } },
        orderBy: [{ created_at: "desc" }, { id: "desc" }],
      }) as Promise<Session[]>,
    touch: (id, patch) => isOne(session.updateMany({ where: { id, revoked_at: null }, data: patch })),
    revoke: (user_id, id, now) =>
      isOne(session.updateMany({ where: { id, user_id, revoked_at: null }, data: { revoked_at: now } })),
    revokeAll: (user_id, now, exceptId) =>
      counted(
        session.updateMany({
          where: { user_id, revoked_at: null, ...(exceptId === undefined ? {} : { id: { not: exceptId } }) },
          data: { revoked_at: now },
        }),
      ),
    deleteExpired: (before, limit) => counted(session.deleteMany({ where: { expires_at: { lt: before } }, limit })),
  };
}

export function createRefreshTokenRepository({ refreshToken }: Connection): RefreshTokenRepository {
  return {
    insert: async (row) => {
      await refreshToken.create({ data: row });
    },
    findByHash: (token_hash) => refreshToken.findUnique({ where: { token_hash } }) as Promise<RefreshToken | null>,
    spend: (token_hash, now) =>
      first<RefreshToken>(
        refreshToken.updateManyAndReturn({
          where: { token_hash, spent_at: null, expires_at: { gt: now } },
          data: { spent_at: now },
        }),
      ),
    takeLeeway: (id) =>
      isOne(refreshToken.updateMany({ where: { id, is_leeway_used: false }, data: { is_leeway_used: true } })),
    findLastSpent: (session_id) =>
      refreshToken.findFirst({
        where: { session_id, spent_at: { not: null } },
        orderBy: [{ spent_at: "desc" }, { id: "desc" }],
      }) as Promise<RefreshToken | null>,
    deleteExpired: (before, limit) =>
      counted(refreshToken.deleteMany({ where: { expires_at: { lt: before } }, limit })),
  };
}

export function createEmailTokenRepository({ emailToken }: Connection): EmailTokenRepository {
  return {
    insert: async (row) => {
      await emailToken.create({ data: row });
    },
    findByHash: (token_hash) => emailToken.findUnique({ where: { token_hash } }) as Promise<EmailToken | null>,
    consume: (token_hash, purposes, now) =>
      first<EmailToken>(
        emailToken.updateManyAndReturn({
          where: { token_hash, purpose: { in: purposes }, used_at: null, expires_at: { gt: now } },
          data: { used_at: now },
        }),
      ),
    countAttempt: (id, most) =>
      isOne(emailToken.updateMany({ where: { id, attempts: { lt: most } }, data: { attempts: { increment: 1 } } })),
    voidAll: async (user_id, purposes, now) => {
      await emailToken.updateMany({
        where: { user_id, purpose: { in: purposes }, used_at: null },
        data: { used_at: now },
      });
    },
    deleteExpired: (before, limit) => counted(emailToken.deleteMany({ where: { expires_at: { lt: before } }, limit })),
  };
}

export function createMfaRepository({ mfa, recoveryCode }: Connection): MfaRepository {
  return {
    find: (user_id) => mfa.findUnique({ where: { user_id } }) as Promise<Mfa | null>,
    begin: async (row) => {
      const { user_id, created_at: _made, ...update } = row;
      if (await isOne(mfa.updateMany({ where: { user_id, confirmed_at: null }, data: update }))) return true;
      try {
        await mfa.create({ data: row });
        return true;
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },
    confirm: (user_id, last_step, now) =>
      isOne(
        mfa.updateMany({
          where: { user_id, confirmed_at: null },
          data: { confirmed_at: now, last_step, updated_at: now },
        }),
      ),
    spendStep: (user_id, step, now) =>
      isOne(
        mfa.updateMany({
          where: { user_id, confirmed_at: { not: null }, last_step: { lt: step } },
          data: { last_step: step, updated_at: now },
        }),
      ),
    remove: async (user_id) => {
      await mfa.deleteMany({ where: { user_id } });
    },
    insertCodes: async (codes) => {
      await recoveryCode.createMany({ data: codes });
    },
    deleteCodes: async (user_id) => {
      await recoveryCode.deleteMany({ where: { user_id } });
    },
    spendCode: (user_id, code_hash, now) =>
      isOne(recoveryCode.updateMany({ where: { user_id, code_hash, used_at: null }, data: { used_at: now } })),
    countUnusedCodes: (user_id) => recoveryCode.count({ where: { user_id, used_at: null } }),
  };
}

export function createOAuthStateRepository({ oAuthState }: Connection): OAuthStateRepository {
  return {
    insert: async (row) => {
      await oAuthState.create({ data: row });
    },
    take: async (state_hash, cookie_hash, now) => {
      const row = (await oAuthState.findFirst({ where: { state_hash, cookie_hash } })) as OAuthState | null;
      // who deletes it has it
      if (!row || !(await isOne(oAuthState.deleteMany({ where: { state_hash, cookie_hash } })))) return null;
      return row.expires_at > now ? row : null;
    },
    deleteExpired: (before, limit) => counted(oAuthState.deleteMany({ where: { expires_at: { lt: before } }, limit })),
  };
}

export function createLoginThrottleRepository({ loginThrottle }: Connection): LoginThrottleRepository {
  return {
    find: (subject) => loginThrottle.findUnique({ where: { subject } }) as Promise<LoginThrottle | null>,
    insertOnce: async (row) => {
      try {
        await loginThrottle.create({ data: row });
        return true;
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },
    replace: (seen, next) =>
      isOne(
        loginThrottle.updateMany({
          where: { subject: seen.subject, attempts: seen.attempts, blocked_until: seen.blocked_until },
          data: next,
        }),
      ),
    remove: async (subject) => {
      await loginThrottle.deleteMany({ where: { subject } });
    },
    deleteExpired: (before, limit) =>
      counted(loginThrottle.deleteMany({ where: { expires_at: { lt: before } }, limit })),
  };
}
