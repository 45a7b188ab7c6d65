import { z } from "zod";
import type { AuthLimitSettings } from "../core/auth/settings.ts";
import { defaultAuthLimits } from "../core/auth/settings.ts";

const count = (fallback: number) => z.coerce.number().int().min(0).default(fallback);

/** The part of the environment that accounts and signing in need; spread into the one schema of config.ts. */
export const accountVariables = {
  LIMIT_REGISTER_CALLS_PER_HOUR: count(defaultAuthLimits.registerCallsPerHour),
  LIMIT_SIGN_UPS_PER_DAY: count(defaultAuthLimits.signUpsPerDay),
  LIMIT_MAIL_REQUESTS_PER_HOUR: count(defaultAuthLimits.mailRequestsPerHour),
  LIMIT_MAILS_PER_ADDRESS_PER_HOUR: count(defaultAuthLimits.mailsPerAddressPerHour),
};

const schema = z.object(accountVariables);
type AccountEnvironment = z.infer<typeof schema>;

const toAuthLimits = (env: AccountEnvironment): AuthLimitSettings => ({
  registerCallsPerHour: env.LIMIT_REGISTER_CALLS_PER_HOUR,
  signUpsPerDay: env.LIMIT_SIGN_UPS_PER_DAY,
  mailRequestsPerHour: env.LIMIT_MAIL_REQUESTS_PER_HOUR,
  mailsPerAddressPerHour: env.LIMIT_MAILS_PER_ADDRESS_PER_HOUR,
});

/** What config.ts passes on of it. */
export const toAccountConfig = (env: AccountEnvironment) => ({ authLimits: toAuthLimits(env) });
