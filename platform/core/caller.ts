import type { Session } from "./auth-model.ts";
import type { ApiKey, KeyMode, User } from "./model.ts";

/** Who makes a request, once its credential has been checked. */
export interface Caller {
  kind: "session" | "secret" | "publishable";
  user: User;
  apiKey: ApiKey | null;
  /** the session that a caller of kind session is signed in by */
  session?: Session | null;
  keyMode: KeyMode;
  ip: string;
  origin: string | null;
}
