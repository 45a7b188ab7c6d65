import { hashSecret } from "../crypto/hash-secret.ts";
import { AppError } from "../errors.ts";
import type { AuthDeps, Client } from "./deps.ts";
import { checkSecondFactor } from "./mfa/check-second-factor.ts";
import type { SignedIn } from "./sign-in.ts";
import { completeSignIn } from "./sign-in.ts";

const attemptsPerToken = 5;

/** The second step of a sign-in: a code of the authenticator, or a recovery code. Throws unauthenticated, session_expired or login_throttled. */
export async function finishMfa(
  deps: AuthDeps,
  { mfaToken, code }: { mfaToken: string; code: string },
  client: Client,
): Promise<SignedIn> {
  const { store, clock } = deps;
  const tokenHash = hashSecret(mfaToken);
  const token = await store.emailTokens.findByHash(tokenHash);
  const isOpen = token?.purpose === "mfa" && token.used_at === null && token.expires_at > clock.now();
  if (!isOpen || !(await store.emailTokens.countAttempt(token.id, attemptsPerToken))) {
    throw new AppError("session_expired", { details: { mfa_token: "sign in again" } });
  }
  const user = await store.users.findById(token.user_id);
  if (!user?.is_active) throw new AppError("session_expired");
  await checkSecondFactor(deps, user, code, client);
  if (!(await store.emailTokens.consume(tokenHash, ["mfa"], clock.now()))) throw new AppError("session_expired");
  return completeSignIn(deps, user, client, clock.now());
}
