import { setTimeout as wait } from "node:timers/promises";
import { createPrisma, migrate } from "@trailroom/db";
import { AppError } from "../../../core/errors.ts";
import type { Repositories, Store } from "../../../core/ports.ts";
import { createApiKeyRepository } from "./api-keys.ts";
import {
  createEmailTokenRepository,
  createLoginThrottleRepository,
  createMfaRepository,
  createOAuthStateRepository,
  createRefreshTokenRepository,
  createSessionRepository,
} from "./auth-repositories.ts";
import type { Connection } from "./connection.ts";
import { createCreditTransactionRepository } from "./credit-transactions.ts";
import { createEngineCostRepository } from "./engine-costs.ts";
import { isBusy, toStoreError } from "./errors.ts";
import { createIdempotencyRepository } from "./idempotency.ts";
import { createKeyBudgetRepository } from "./key-budgets.ts";
import { createSealedRepository } from "./sealed.ts";
import { createSettingsRepository } from "./settings.ts";
import {
  createAuthEventRepository,
  createLeaseRepository,
  createOutboxRepository,
  createPromptRepository,
} from "./small-repositories.ts";
import { createTryOnJobRepository } from "./try-on-jobs.ts";
import { createUserRepository } from "./users.ts";

const transactionMs = 10_000;

type Method = (...args: never[]) => Promise<unknown>;

type Guard = <T>(act: () => Promise<T>) => Promise<T>;

/** Runs every method of a repository under the guard. */
function guardAll<T extends object>(repository: T, guarded: Guard): T {
  const wrapped = Object.entries(repository as Record<string, Method>).map(([name, method]) => [
    name,
    (...args: never[]) => guarded(() => method(...args)),
  ]);
  return Object.fromEntries(wrapped) as T;
}

function createRepositories(connection: Connection, wrap: <T extends object>(repository: T) => T): Repositories {
  return {
    users: wrap(createUserRepository(connection)),
    settings: wrap(createSettingsRepository(connection)),
    creditTransactions: wrap(createCreditTransactionRepository(connection)),
    apiKeys: wrap(createApiKeyRepository(connection)),
    keyBudgets: wrap(createKeyBudgetRepository(connection)),
    tryOnJobs: wrap(createTryOnJobRepository(connection)),
    idempotency: wrap(createIdempotencyRepository(connection)),
    engineCosts: wrap(createEngineCostRepository(connection)),
    prompts: wrap(createPromptRepository(connection)),
    authEvents: wrap(createAuthEventRepository(connection)),
    outbox: wrap(createOutboxRepository(connection)),
    leases: wrap(createLeaseRepository(connection)),
    sessions: wrap(createSessionRepository(connection)),
    refreshTokens: wrap(createRefreshTokenRepository(connection)),
    emailTokens: wrap(createEmailTokenRepository(connection)),
    mfa: wrap(createMfaRepository(connection)),
    oauthStates: wrap(createOAuthStateRepository(connection)),
    loginThrottles: wrap(createLoginThrottleRepository(connection)),
    sealed: wrap(createSealedRepository(connection)),
  };
}

/**
 * The embedded store: one SQLite file at `url` (`file:/absolute/path`), migrated at start.
 * Within a process the driver lets one transaction run at a time; between processes a busy one is tried again.
 */
export async function createSqliteStore({ url }: { url: string }): Promise<Store> {
  try {
    await migrate(url);
  } catch (error) {
    throw toStoreError(error);
  }
  const database = createPrisma(url);
  let closed = false;

  const guarded: Guard = async (act) => {
    // the driver would quietly open the file again
    if (closed) throw new AppError("store_unavailable", { log: "the store is closed" });
    try {
      return await act();
    } catch (error) {
      throw toStoreError(error);
    }
  };

  const attempt = <T>(fn: (tx: Repositories) => Promise<T>) =>
    database.$transaction((tx) => fn(createRepositories(tx, (repository) => repository)), {
      maxWait: transactionMs,
      timeout: transactionMs,
    });

  return {
    ...createRepositories(database, (repository) => guardAll(repository, guarded)),
    transaction: (fn) =>
      guarded(async () => {
        const giveUpAt = Date.now() + transactionMs;
        for (let tries = 1; ; tries += 1) {
          try {
            return await attempt(fn);
          } catch (error) {
            if (!isBusy(error) || Date.now() > giveUpAt) throw error;
            await wait(Math.random() * 20 * tries);
          }
        }
      }),
    ping: () =>
      guarded(async () => {
        await database.lease.upsert({
          where: { name: "ping" },
          create: { name: "ping", holder: "", until: new Date(0) },
          update: { until: new Date(0) },
        });
      }),
    close: async () => {
      closed = true;
      await database.$disconnect();
    },
  };
}
