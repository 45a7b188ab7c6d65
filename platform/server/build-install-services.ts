import { createPageFetcher } from "../adapters/outbound/create-page-fetcher.ts";
import type { NamedLimits } from "../core/access/limits.ts";
import { createPreviewTokens } from "../core/crypto/sign-preview.ts";
import { createCheckService } from "../core/page-check/create-check-service.ts";
import type { RateLimiter } from "../core/ports.ts";
import { createPreviewService } from "../core/previews/create-preview-service.ts";
import type { TryOnService } from "../core/tryon/create-try-on-service.ts";
import type { TryOnDeps } from "../core/tryon/deps.ts";
import type { Config } from "./config.ts";
import type { outboundSettings } from "./outbound-settings.ts";

/** of a page nothing more is read: scripts and policies stand at its beginning */
const pageBytes = 2_000_000;

interface InstallParts extends TryOnDeps {
  tryOns: TryOnService;
  limiter: RateLimiter;
  limits: NamedLimits;
  outbound: ReturnType<typeof outboundSettings>;
}

/** Makes what helps a merchant to put the button on their page: free previews and the checks of page and picture. */
export function buildInstallServices({ publicUrl, signingKeys }: Config, parts: InstallParts) {
  const pages = createPageFetcher({ ...parts.outbound, maxBytes: pageBytes });
  const previewTokens = createPreviewTokens(signingKeys);
  const { previewsPerDay } = parts.settings;
  return {
    pages,
    previewTokens,
    previews: createPreviewService({ ...parts, tokens: previewTokens, publicUrl, previewsPerDay }),
    checks: createCheckService({ ...parts, pages, publicUrl }),
  };
}
