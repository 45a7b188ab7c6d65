import { ipBucket } from "../access/ip-bucket.ts";
import { normaliseEmail } from "../accounts/normalise-email.ts";
import { hashSecret } from "../crypto/hash-secret.ts";
import { AppError } from "../errors.ts";
import type { mailRequests } from "../mail/mail-types.ts";
import { queueMail } from "../mail/queue-mail.ts";
import type { AuthDeps, Client } from "./deps.ts";

/**
 * Asks for a mail to an address by somebody who is not signed in. The address is looked up when the mail is worked off:
 * the request does the same for every address. Throws rate_limited by IP.
 */
export async function requestMail(
  { limiter, authLimits, store, clock }: AuthDeps,
  type: (typeof mailRequests)[number],
  address: string,
  client: Client,
) {
  const state = await limiter.consume(authLimits.mailRequests, ipBucket(client.ip));
  if (!state.allowed) throw new AppError("rate_limited", { retryAfterS: state.resetS });
  const email = normaliseEmail(address);
  // a flooded mailbox is told nothing more, and neither is the one who asks
  const perAddress = await limiter.consume(authLimits.mailsPerAddress, hashSecret(`${type}:${email}`));
  if (perAddress.allowed) await queueMail(store, { userId: "", type, payload: { email } }, clock.now());
}
