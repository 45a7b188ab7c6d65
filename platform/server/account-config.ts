import { z } from "zod";
import { isEmailAddress } from "../core/accounts/parse-email.ts";
import { isPlainLine } from "../core/accounts/plain-text.ts";
import type { AuthLimitSettings } from "../core/auth/settings.ts";
import { defaultAuthLimits } from "../core/auth/settings.ts";
import { isStandInAddress } from "./stand-in-address.ts";

const count = (fallback: number) => z.coerce.number().int().min(0).default(fallback);

/** "Name <address>" or an address alone. */
const sender = z.string().transform((text, context) => {
  const [, name = "", bare = ""] = /^(?:"?([^"<>]*?)"?\s*<([^<>]+)>|[^<>]+)$/.exec(text.trim()) ?? [];
  const from = { name: bare ? name : "TrailRoom", address: bare || text.trim() };
  if (isEmailAddress(from.address) && isPlainLine(from.name)) return from;
  context.addIssue({ code: "custom", message: "MAIL_FROM must be an address or Name <address>" });
  return z.NEVER;
});

/** The part of the environment that accounts and signing in need; spread into the one schema of config.ts. */
export const accountVariables = {
  LIMIT_REGISTER_CALLS_PER_HOUR: count(defaultAuthLimits.registerCallsPerHour),
  LIMIT_SIGN_UPS_PER_DAY: count(defaultAuthLimits.signUpsPerDay),
  LIMIT_MAIL_REQUESTS_PER_HOUR: count(defaultAuthLimits.mailRequestsPerHour),
  LIMIT_MAILS_PER_ADDRESS_PER_HOUR: count(defaultAuthLimits.mailsPerAddressPerHour),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "SMTP_URL must be smtp://… or smtps://…" }).optional(),
  MAIL_FROM: sender.optional(),
  MAIL_OUTBOX: z.enum(["on", "off"]).optional(),
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  GOOGLE_BASE_URL: z.url({ protocol: /^https?$/ }).default("https://accounts.google.com"),
};

const schema = z.object(accountVariables);
type AccountEnvironment = z.infer<typeof schema>;

const toAuthLimits = (env: AccountEnvironment): AuthLimitSettings => ({
  registerCallsPerHour: env.LIMIT_REGISTER_CALLS_PER_HOUR,
  signUpsPerDay: env.LIMIT_SIGN_UPS_PER_DAY,
  mailRequestsPerHour: env.LIMIT_MAIL_REQUESTS_PER_HOUR,
  mailsPerAddressPerHour: env.LIMIT_MAILS_PER_ADDRESS_PER_HOUR,
});

type Mode = "production" | "development" | "test";
type MailConfig = { kind: "smtp"; url: string; from: z.infer<typeof sender> } | { kind: "outbox" } | { kind: "off" };

/** What stands against it: half-configured is refused, and the outbox is for development alone. */
export function accountFaults(env: AccountEnvironment, mode: Mode): string[] {
  const faults: string[] = [];
  if (env.SMTP_URL && !env.MAIL_FROM) faults.push("MAIL_FROM is missing beside SMTP_URL");
  if (env.MAIL_FROM && !env.SMTP_URL) faults.push("SMTP_URL is missing beside MAIL_FROM");
  if (env.MAIL_OUTBOX === "on" && mode !== "development") faults.push("MAIL_OUTBOX is for development only");
  if (Boolean(env.GOOGLE_CLIENT_ID) !== Boolean(env.GOOGLE_CLIENT_SECRET)) {
    faults.push("GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET go together");
  }
  if (mode === "production" && isStandInAddress(env.GOOGLE_BASE_URL)) {
    faults.push("GOOGLE_BASE_URL must be the vendor's own https address in production, not loopback or a sandbox");
  }
  return faults;
}

const toGoogle = ({ GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_BASE_URL }: AccountEnvironment) =>
  GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
    ? { clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET, baseUrl: GOOGLE_BASE_URL.replace(/\/$/, "") }
    : null;

function toMail({ SMTP_URL, MAIL_FROM, MAIL_OUTBOX }: AccountEnvironment, mode: Mode): MailConfig {
  if (SMTP_URL && MAIL_FROM) return { kind: "smtp", url: SMTP_URL, from: MAIL_FROM };
  return { kind: mode === "development" && MAIL_OUTBOX !== "off" ? "outbox" : "off" };
}

/** What config.ts passes on of it. */
export const toAccountConfig = (env: AccountEnvironment, mode: Mode) => ({
  authLimits: toAuthLimits(env),
  mail: toMail(env, mode),
  google: toGoogle(env),
});
