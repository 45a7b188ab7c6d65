/** What the server hands to every loader and action. */
export interface LoadContext {
  nonce: string;
  /** where the demo shop runs, when it does */
  shopUrl: string | null;
  version: string;
  development: boolean;
}

declare module "@remix-run/node" {
  interface AppLoadContext extends LoadContext {
    [name: string]: unknown;
  }
}
