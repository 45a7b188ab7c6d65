import { v7 as uuidv7 } from "uuid";
import type { EmailTokenPurpose } from "../auth-model.ts";
import { hashSecret } from "../crypto/hash-secret.ts";
import type { Repositories } from "../ports.ts";
import { randomToken } from "./random-token.ts";
import { lifetimes } from "./settings.ts";

const lifetimeOf = {
  verify_email: lifetimes.verifyEmailMs,
  change_email: lifetimes.verifyEmailMs,
  reset_password: lifetimes.resetPasswordMs,
} as const;

/** Makes the token of a link, when its mail is sent; kept as a hash. */
export async function issueEmailToken(
  tx: Repositories,
  { userId, purpose, email }: { userId: string; purpose: Exclude<EmailTokenPurpose, "mfa">; email: string },
  now: Date,
): Promise<string> {
  const token = randomToken();
  await tx.emailTokens.insert({
    id: uuidv7(),
    user_id: userId,
    purpose,
    token_hash: hashSecret(token),
    email,
    attempts: 0,
    used_at: null,
    expires_at: new Date(now.getTime() + lifetimeOf[purpose]),
    created_at: now,
  });
  return token;
}
