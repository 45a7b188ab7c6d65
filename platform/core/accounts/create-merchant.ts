import { v7 as uuidv7 } from "uuid";
import { AppError } from "../errors.ts";
import type { MerchantSettings, Role, User } from "../model.ts";
import type { Repositories } from "../ports.ts";
import { normaliseEmail } from "./normalise-email.ts";

export interface NewMerchant {
  /** for an account that the platform itself must find again */
  id?: string;
  email: string;
  role: Role;
  passwordHash: string | null;
  firstName?: string;
  lastName?: string;
  google?: { sub: string; picture: string | null };
  company?: string;
  isEmailVerified: boolean;
  isDemo?: boolean;
  /** the address has had the day's free credits: the next are tomorrow's */
  hasSpentAllowance?: boolean;
  now: Date;
}

/** Retention and limits that a new account starts with (spec §1, MerchantSettings). */
const defaultSettings = (user_id: string, now: Date): MerchantSettings => ({
  user_id,
  photo_retention_hours: 24,
  result_retention_hours: 24,
  shopper_daily_cap: 10,
  allowed_modes: ["top", "full"],
  widget_texts: {},
  widget_look: {},
  allow_garment_bytes: false,
  show_shopper_results: false,
  monthly_key_budget: null,
  daily_key_budget: null,
  created_at: now,
  updated_at: now,
});

const blankUser = {
  credits: 0,
  daily_free_credits: 0,
  gstin: null,
  address: null,
  state_code: null,
  is_active: true,
  is_suspended: false,
  last_login: null,
} as const;

/** Makes an account with empty buckets and default settings. Runs inside a transaction. Throws conflict when the address is taken. */
export async function createMerchant(tx: Repositories, merchant: NewMerchant): Promise<User> {
  const { email, role, passwordHash, isEmailVerified, now } = merchant;
  const email_normalised = normaliseEmail(email);
  if (await tx.users.findByEmail(email_normalised)) throw new AppError("conflict");
  const user: User = {
    ...blankUser,
    id: merchant.id ?? uuidv7(),
    email: email.trim().toLowerCase(),
    email_normalised,
    password_hash: passwordHash,
    role,
    auth_provider: merchant.google ? "google" : "email",
    google_sub: merchant.google?.sub ?? null,
    profile_picture: merchant.google?.picture ?? null,
    first_name: merchant.firstName ?? null,
    last_name: merchant.lastName ?? null,
    company: merchant.company ?? null,
    is_email_verified: isEmailVerified,
    last_free_credit_reset: merchant.hasSpentAllowance ? now : null,
    is_demo: merchant.isDemo ?? false,
    created_at: now,
    updated_at: now,
  };
  await tx.users.insert(user);
  await tx.settings.upsert(defaultSettings(user.id, now));
  return user;
}
