import type { RateLimit } from "../ports.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long sessions and tokens of signing in live (spec §6, §7). */
export const lifetimes = {
  sessionMs: 7 * dayMs,
  sessionMostMs: 30 * dayMs,
  /** a session's row is not rewritten for every request */
  touchMs: 5 * minuteMs,
  refreshMs: 7 * dayMs,
  refreshLeewayMs: 10_000,
  verifyEmailMs: 24 * hourMs,
  resetPasswordMs: hourMs,
  mfaMs: 5 * minuteMs,
  oauthMs: 10 * minuteMs,
  /** how fresh a session must be to stand in for a password that the account does not have */
  freshMs: 15 * minuteMs,
} as const;

export interface ThrottleRule {
  /** attempts before the first wait */
  free: number;
  /** the longest wait; the waits double from a second on */
  mostMs: number;
}

/** Waits between attempts to sign in. A lock-out never lasts longer than 15 minutes. */
export const throttleRules = {
  /** one address from one IP */
  pair: { free: 5, mostMs: 15 * minuteMs },
  /** the same from an IP from which this account signed in before */
  knownPair: { free: 5, mostMs: minuteMs },
  /** one IP, whatever the address */
  ip: { free: 20, mostMs: 15 * minuteMs },
  /** one address from IPs that never signed in to it */
  account: { free: 20, mostMs: 15 * minuteMs },
  /** second factors of one account */
  mfa: { free: 10, mostMs: 15 * minuteMs },
} satisfies Record<string, ThrottleRule>;

/** Attempts are forgotten this long after the last one. */
export const throttleMemoryMs = hourMs;

export interface AuthLimits {
  registerCalls: RateLimit;
  signUps: RateLimit;
  mailRequests: RateLimit;
  mailsPerAddress: RateLimit;
}

export interface AuthLimitSettings {
  registerCallsPerHour: number;
  signUpsPerDay: number;
  mailRequestsPerHour: number;
  mailsPerAddressPerHour: number;
}

export const defaultAuthLimits: AuthLimitSettings = {
  registerCallsPerHour: 5,
  signUpsPerDay: 3,
  mailRequestsPerHour: 20,
  mailsPerAddressPerHour: 3,
};

/** The limits by name, as the rate limiter counts them. */
export const namedAuthLimits = (settings: AuthLimitSettings): AuthLimits => ({
  registerCalls: { name: "register", points: settings.registerCallsPerHour, windowS: hourMs / 1000 },
  signUps: { name: "sign-ups", points: settings.signUpsPerDay, windowS: dayMs / 1000 },
  mailRequests: { name: "mail-requests", points: settings.mailRequestsPerHour, windowS: hourMs / 1000 },
  mailsPerAddress: { name: "mails-address", points: settings.mailsPerAddressPerHour, windowS: hourMs / 1000 },
});
