import type { NamedLimits } from "../core/access/limits.ts";
import type { AccountService } from "../core/accounts/create-account-service.ts";
import type { KeyService } from "../core/api-keys/create-key-service.ts";
import type { KeyUseRecorder } from "../core/api-keys/record-key-use.ts";
import type { AuthService } from "../core/auth/create-auth-service.ts";
import type { Caller } from "../core/caller.ts";
import type { FreeAllowance } from "../core/credits/allowance.ts";
import type { KeyRing } from "../core/crypto/key-ring.ts";
import type { PreviewTokens } from "../core/crypto/sign-preview.ts";
import type { ResultUrls } from "../core/crypto/sign-result-url.ts";
import type { ErrorCode } from "../core/errors.ts";
import type { TryOnJob } from "../core/model.ts";
import type { Clock, Logger, RateLimiter, RateLimitState, Store } from "../core/ports.ts";
import type { SitePictures } from "../core/site/site-pictures.ts";
import type { TryOnService } from "../core/tryon/create-try-on-service.ts";
import type { BodyLimits } from "./middleware/limit-body.ts";

/** What the API is made of; put together in server/. */
export interface ApiServices {
  store: Store;
  clock: Clock;
  log: Logger;
  limiter: RateLimiter;
  limits: NamedLimits;
  bodyLimits: BodyLimits;
  auth: AuthService;
  keys: KeyService;
  accounts: AccountService;
  uses: KeyUseRecorder;
  ring: KeyRing;
  resultUrls: ResultUrls;
  previewTokens: PreviewTokens;
  tryOns: TryOnService;
  /** the landing page's try-on */
  site?: { pictures: SitePictures };
  allowance: FreeAllowance;
  publicUrl: string;
  version: string;
  /** proxies in front whose X-Forwarded-For entry counts */
  trustProxyHops: number;
  /** aborted when the process shuts down: ends the event streams */
  shutdown: AbortSignal;
  /** told of every answer */
  observe: (request: {
    requestId: string;
    route: string;
    method: string;
    status: number;
    seconds: number;
    code: ErrorCode | null;
  }) => void;
}

/** What middleware leaves for the handlers. */
export interface ApiEnv {
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } };
  /** `caller` is there after authenticate, `job` after findJob */
  Variables: { requestId: string; ip: string; caller: Caller; job: TryOnJob; rateLimit: RateLimitState };
}
