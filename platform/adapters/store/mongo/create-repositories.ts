import type { Repositories } from "../../../core/ports.ts";
import { createApiKeyRepository } from "./api-keys.ts";
import * as authModels from "./auth-models.ts";
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
import { createEngineCostRepository, createKeyBudgetRepository } from "./day-budgets.ts";
import { createIdempotencyRepository } from "./idempotency.ts";
import type { Model } from "./model.ts";
import * as models from "./models.ts";
import { createSealedRepository } from "./sealed.ts";
import { createSettingsRepository } from "./settings.ts";
import {
  createAuthEventRepository,
  createLeaseRepository,
  createOutboxRepository,
  createPromptRepository,
} from "./small-repositories.ts";
import { tryOnJobModel } from "./try-on-job-model.ts";
import { createTryOnJobRepository } from "./try-on-jobs.ts";
import { createUserRepository } from "./users.ts";

/** Every collection of the store, for what is done to all: validators and indexes, the copy from another store. */
export const allModels = [...Object.values(models), ...Object.values(authModels), tryOnJobModel] as unknown as Model<
  Record<string, unknown>
>[];

export function createRepositories(connection: Connection): Repositories {
  return {
    users: createUserRepository(connection),
    settings: createSettingsRepository(connection),
    creditTransactions: createCreditTransactionRepository(connection),
    apiKeys: createApiKeyRepository(connection),
    keyBudgets: createKeyBudgetRepository(connection),
    tryOnJobs: createTryOnJobRepository(connection),
    idempotency: createIdempotencyRepository(connection),
    engineCosts: createEngineCostRepository(connection),
    prompts: createPromptRepository(connection),
    authEvents: createAuthEventRepository(connection),
    outbox: createOutboxRepository(connection),
    sessions: createSessionRepository(connection),
    refreshTokens: createRefreshTokenRepository(connection),
    emailTokens: createEmailTokenRepository(connection),
    mfa: createMfaRepository(connection),
    oauthStates: createOAuthStateRepository(connection),
    loginThrottles: createLoginThrottleRepository(connection),
    sealed: createSealedRepository(connection),
    leases: createLeaseRepository(connection),
  };
}
