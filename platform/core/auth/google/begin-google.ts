import { createHash } from "node:crypto";
import { hashSecret } from "../../crypto/hash-secret.ts";
import { AppError } from "../../errors.ts";
import type { AuthDeps } from "../deps.ts";
import { randomToken } from "../random-token.ts";
import { returnPath } from "../return-path.ts";
import { lifetimes } from "../settings.ts";

/** Where Google sends the browser back to; registered there word for word. */
export const googleCallback = (publicUrl: string) => `${publicUrl}/api/v1/auth/google/callback`;

/** Begins a sign-in with Google: where to send the browser, and the cookie that binds the answer to it. Throws not_found where Google is not set up. */
export async function beginGoogle(
  { store, clock, identity, ring, publicUrl }: AuthDeps,
  { wanted, wantsJson }: { wanted: string | undefined; wantsJson: boolean },
) {
  if (!identity) throw new AppError("not_found");
  const now = clock.now();
  const [state, nonce, verifier, cookie] = [randomToken(), randomToken(), randomToken(), randomToken()];
  const codeChallenge = createHash("sha256").update(verifier).digest("base64url");
  const redirectUri = googleCallback(publicUrl);
  const url = await identity.authorizationUrl({ state, nonce, codeChallenge, redirectUri });
  const expiresAt = new Date(now.getTime() + lifetimes.oauthMs);
  await store.oauthStates.insert({
    state_hash: hashSecret(state),
    cookie_hash: hashSecret(cookie),
    nonce,
    sealed_verifier: ring.encrypt(verifier),
    return_path: returnPath(wanted),
    wants_json: wantsJson,
    expires_at: expiresAt,
    created_at: now,
  });
  return { url, cookie, expiresAt };
}
