import type { EmailTokenPurpose } from "../auth-model.ts";
import type { mailTypes } from "./mail-types.ts";

type Type = (typeof mailTypes)[number];

/** The page behind a mail's button. Every one of them asks with a button of its own before anything changes. */
export const mailPaths: Partial<Record<Type, string>> = {
  verify_email: "/verify-email",
  verify_new_address: "/verify-email",
  reset_password: "/reset-password",
  password_changed: "/forgot-password",
  sign_up_taken: "/login",
  address_change_requested: "/dashboard/settings",
  new_sign_in: "/dashboard/settings",
  refresh_reused: "/dashboard/settings",
  google_linked: "/dashboard/settings",
  google_took_over: "/dashboard",
  mfa_enabled: "/dashboard/settings",
  mfa_disabled: "/dashboard/settings",
  recovery_code_used: "/dashboard/settings",
  key_created: "/dashboard/keys",
  key_budget_reached: "/dashboard/keys",
  key_month_reached: "/dashboard/settings/try-on",
  credits_low: "/dashboard/credits",
  credits_empty: "/dashboard/credits",
};

/** Mails whose link carries a token, made when the mail is sent. */
export const mailTokens: Partial<Record<Type, Exclude<EmailTokenPurpose, "mfa">>> = {
  verify_email: "verify_email",
  verify_new_address: "change_email",
  reset_password: "reset_password",
};
