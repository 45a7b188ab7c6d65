import { v7 as uuidv7 } from "uuid";
import type { AuthEvent } from "../model.ts";
import type { Repositories } from "../ports.ts";

export type AuthEventKind =
  | "registered"
  | "register_taken"
  | "login_succeeded"
  | "login_failed"
  | "login_throttled"
  | "mfa_failed"
  | "mfa_enabled"
  | "mfa_disabled"
  | "recovery_code_used"
  | "known_ip"
  | "refresh_reused"
  | "password_changed"
  | "password_reset"
  | "email_verified"
  | "email_changed"
  | "google_refused"
  | "google_linked"
  | "google_took_over"
  | "sessions_ended"
  | "account_deleted"
  | "api_key_created"
  | "api_key_revoked";

interface NewAuthEvent {
  kind: AuthEventKind;
  userId: string | null;
  ip: string | null;
  apiKeyId?: string;
  detail?: AuthEvent["detail"];
}

/** The row of an event; never with a key, token or password in it. */
export const authEventRow = ({ kind, userId, ip, apiKeyId, detail }: NewAuthEvent, now: Date): AuthEvent => ({
  id: uuidv7(),
  kind,
  user_id: userId,
  api_key_id: apiKeyId ?? null,
  detail: detail ?? {},
  ip_address: ip,
  created_at: now,
});

/** Puts an event of an account on record. */
export const noteAuthEvent = (tx: Repositories, event: NewAuthEvent, now: Date) =>
  tx.authEvents.insert(authEventRow(event, now));
