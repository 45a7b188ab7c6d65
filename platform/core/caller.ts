import type { ApiKey, KeyMode, User } from "./model.ts";

/** Who makes a request, once its credential has been checked. */
export interface Caller {
  kind: "session" | "secret" | "publishable";
  user: User;
  apiKey: ApiKey | null;
  keyMode: KeyMode;
  ip: string;
  origin: string | null;
}
