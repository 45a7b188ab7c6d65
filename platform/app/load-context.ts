import type { AccountService } from "../core/accounts/create-account-service.ts";
import type { OverviewService } from "../core/analytics/create-overview-service.ts";
import type { KeyService } from "../core/api-keys/create-key-service.ts";
import type { AuthService } from "../core/auth/create-auth-service.ts";
import type { Client } from "../core/auth/deps.ts";
import type { PageSession } from "../core/auth/sessions/page-session.ts";
import type { CreditService } from "../core/credits/create-credit-service.ts";
import type { CheckService } from "../core/page-check/create-check-service.ts";
import type { PreviewService } from "../core/previews/create-preview-service.ts";
import type { OwnTryOns } from "../core/tryon/own/create-own-try-ons.ts";
import type { ApiDocument } from "./docs/api/open-api.ts";

/** What the server hands to every loader and action. */
export interface LoadContext {
  nonce: string;
  /** the text of a built file of the pages, by its address */
  readAsset: (href: string) => string;
  /** where the demo shop runs, when it does */
  shopUrl: string | null;
  version: string;
  /** aborted when the process shuts down: ends the streams */
  shutdown: AbortSignal;
  development: boolean;
  publicUrl: string;
  /** the API's own document */
  openApi: () => ApiDocument;
  /** the key of the try-on on the landing page */
  siteKey: string;
  /** who is at the other end */
  client: Client;
  /** whose session the browser's cookie is; looked up once a request, however many loaders ask */
  pageSession: () => Promise<PageSession | null>;
  /** signs the rest of this request in by a new cookie: the page that answers a form must carry the new session's token */
  enterSession: (cookie: string) => void;
  /** Set-Cookie lines that the answer will carry */
  cookies: string[];
  auth: AuthService;
  keys: KeyService;
  accounts: AccountService;
  credits: CreditService;
  overview: OverviewService;
  ownTryOns: OwnTryOns;
  previews: PreviewService;
  checks: CheckService;
}

declare module "@remix-run/node" {
  interface AppLoadContext extends LoadContext {
    [name: string]: unknown;
  }
}
