import { createMemoryRateLimiter } from "../adapters/limits/create-memory-rate-limiter.ts";
import { createBcryptHasher } from "../adapters/passwords/create-bcrypt-hasher.ts";
import { createSessionTokens } from "../core/access/session-tokens.ts";
import { createAccountService } from "../core/accounts/create-account-service.ts";
import { createKeyService } from "../core/api-keys/create-key-service.ts";
import { createAuthService } from "../core/auth/create-auth-service.ts";
import type { AuthDeps, Client } from "../core/auth/deps.ts";
import type { AuthLimitSettings } from "../core/auth/settings.ts";
import { defaultAuthLimits, namedAuthLimits } from "../core/auth/settings.ts";
import { createKeyRing } from "../core/crypto/key-ring.ts";
import type { TryOnDeps } from "../core/tryon/deps.ts";

export const secret = { kid: "a", secret: "0123456789abcdefghijklmnopqrstuv" };
export const testClient: Client = { ip: "203.0.113.9", userAgent: "test" };
export const platformUrl = "https://platform.example";

const roomy = Object.fromEntries(
  Object.keys(defaultAuthLimits).map((name) => [name, 1_000_000]),
) as unknown as AuthLimitSettings;

/** The account services over the given store; hashes are real ones of the lowest cost, limits out of the way unless a test sets them. */
export function makeAuth(deps: TryOnDeps, over: Partial<AuthDeps> = {}) {
  const passwords = createBcryptHasher({ cost: 4, atOnce: 4, waiting: 10_000 });
  const authDeps: AuthDeps = {
    ...deps,
    limiter: createMemoryRateLimiter(),
    ring: createKeyRing([secret]),
    tokens: createSessionTokens([secret], deps.clock),
    passwords,
    identity: null,
    publicUrl: platformUrl,
    authLimits: namedAuthLimits(roomy),
    ...over,
  };
  return {
    authDeps,
    limiter: authDeps.limiter,
    ring: authDeps.ring,
    auth: createAuthService(authDeps),
    keys: createKeyService(authDeps),
    accounts: createAccountService({ ...deps, ring: authDeps.ring }),
    /** how many passwords were hashed */
    hashes: passwords.count,
  };
}

export type AuthForTest = ReturnType<typeof makeAuth>;
