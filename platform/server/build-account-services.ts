import { createGoogleIdentity } from "../adapters/identity/google/create-google-identity.ts";
import { createBcryptHasher, defaultBcryptOptions } from "../adapters/passwords/create-bcrypt-hasher.ts";
import { createSessionTokens } from "../core/access/session-tokens.ts";
import { createAccountService } from "../core/accounts/create-account-service.ts";
import { createKeyService } from "../core/api-keys/create-key-service.ts";
import { createAuthService } from "../core/auth/create-auth-service.ts";
import type { AuthDeps } from "../core/auth/deps.ts";
import { namedAuthLimits } from "../core/auth/settings.ts";
import { createCreditService } from "../core/credits/create-credit-service.ts";
import type { KeyRing } from "../core/crypto/key-ring.ts";
import type { RateLimiter } from "../core/ports.ts";
import type { TryOnDeps } from "../core/tryon/deps.ts";
import type { Config } from "./config.ts";

/** Makes the services of accounts: signing in, API keys, profile, settings and credits. */
export function buildAccountServices(config: Config, deps: TryOnDeps & { limiter: RateLimiter; ring: KeyRing }) {
  const authDeps: AuthDeps = {
    ...deps,
    tokens: createSessionTokens(config.signingKeys, deps.clock),
    passwords: createBcryptHasher(defaultBcryptOptions),
    identity: config.google && createGoogleIdentity(config.google),
    publicUrl: config.publicUrl,
    authLimits: namedAuthLimits(config.authLimits),
  };
  return {
    auth: createAuthService(authDeps),
    keys: createKeyService(deps),
    accounts: createAccountService(deps),
    credits: createCreditService(deps),
  };
}
