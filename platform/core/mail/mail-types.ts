/** Every mail that the platform sends. */
export const mailTypes = [
  "verify_email",
  "verify_new_address",
  "address_change_requested",
  "address_changed",
  "reset_password",
  "password_changed",
  "sign_up_taken",
  "new_sign_in",
  "refresh_reused",
  "google_linked",
  "google_took_over",
  "mfa_enabled",
  "mfa_disabled",
  "recovery_code_used",
  "key_created",
  "credits_low",
  "credits_empty",
  "key_budget_reached",
  "key_month_reached",
  "account_suspended",
  "account_deleted",
] as const;
export type MailType = (typeof mailTypes)[number] | MailRequest;

/** Requests by people who are not signed in: looked into when they are worked off, so that the request takes the same time for every address. */
export const mailRequests = ["reset_requested", "verification_requested"] as const;
type MailRequest = (typeof mailRequests)[number];
