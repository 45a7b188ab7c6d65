import { createResultShrinker } from "../adapters/images/create-result-shrinker.ts";
import { namedLimits } from "../core/access/limits.ts";
import { createOverviewService } from "../core/analytics/create-overview-service.ts";
import type { KeyRing } from "../core/crypto/key-ring.ts";
import { createResultUrls } from "../core/crypto/sign-result-url.ts";
import type { RateLimiter } from "../core/ports.ts";
import { createTryOnService } from "../core/tryon/create-try-on-service.ts";
import type { TryOnDeps } from "../core/tryon/deps.ts";
import { createOwnTryOns } from "../core/tryon/own/create-own-try-ons.ts";
import type { Config } from "./config.ts";

/** Makes the services of try-on jobs: for the API and workers, for the merchant's own pages, and what tells of them. */
export function buildTryOnServices(config: Config, deps: TryOnDeps & { limiter: RateLimiter; ring: KeyRing }) {
  const limits = namedLimits(config.limits);
  const resultUrls = createResultUrls({ keys: config.signingKeys, publicUrl: config.publicUrl });
  const tryOns = createTryOnService(deps);
  return {
    limits,
    resultUrls,
    tryOns,
    ownTryOns: createOwnTryOns({ ...deps, tryOns, limits, resultUrls, shrinker: createResultShrinker() }),
    overview: createOverviewService(deps),
  };
}
