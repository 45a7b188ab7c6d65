import type { SessionTokens } from "../access/session-tokens.ts";
import type { FreeAllowance } from "../credits/allowance.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import type { Clock, Logger, RateLimiter, Store } from "../ports.ts";
import type { IdentityProvider, PasswordHasher } from "../sign-in-ports.ts";
import type { AuthLimits } from "./settings.ts";

/** What signing in is made of. */
export interface AuthDeps {
  store: Store;
  clock: Clock;
  log: Logger;
  limiter: RateLimiter;
  tokens: SessionTokens;
  ring: KeyRing;
  passwords: PasswordHasher;
  /** null where the operator has not set Google up */
  identity: IdentityProvider | null;
  allowance: FreeAllowance;
  publicUrl: string;
  authLimits: AuthLimits;
}

/** Who is at the other end: for the session list, the events and the throttles. */
export interface Client {
  ip: string;
  userAgent: string;
}
