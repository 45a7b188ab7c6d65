import type { AccountService } from "../core/accounts/create-account-service.ts";
import type { KeyService } from "../core/api-keys/create-key-service.ts";
import type { AuthService } from "../core/auth/create-auth-service.ts";
import type { Client } from "../core/auth/deps.ts";

/** What the server hands to every loader and action. */
export interface LoadContext {
  nonce: string;
  /** where the demo shop runs, when it does */
  shopUrl: string | null;
  version: string;
  development: boolean;
  publicUrl: string;
  /** who is at the other end */
  client: Client;
  auth: AuthService;
  keys: KeyService;
  accounts: AccountService;
}

declare module "@remix-run/node" {
  interface AppLoadContext extends LoadContext {
    [name: string]: unknown;
  }
}
