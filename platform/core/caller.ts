import type { Session } from "./auth-model.ts";
import type { ApiKey, JobKeyMode, User } from "./model.ts";

/** Who makes a request, once its credential has been checked. */
export interface Caller {
  kind: "session" | "secret" | "publishable";
  user: User;
  apiKey: ApiKey | null;
  /** the session that a caller of kind session is signed in by */
  session?: Session | null;
  /** the key's own, or `preview` where the merchant looks at their own button */
  keyMode: JobKeyMode;
  /** the one product that a preview is for */
  previewOf?: string;
  /** the shopper that the merchant's server vouched for, where the key asks for that */
  shopperId?: string;
  ip: string;
  origin: string | null;
}
