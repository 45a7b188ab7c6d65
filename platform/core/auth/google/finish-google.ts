import type { OAuthState } from "../../auth-model.ts";
import { hashSecret } from "../../crypto/hash-secret.ts";
import { AppError } from "../../errors.ts";
import type { ProvenIdentity } from "../../sign-in-ports.ts";
import type { AuthDeps, Client } from "../deps.ts";
import { noteAuthEvent } from "../note-auth-event.ts";
import type { FirstFactor } from "../sign-in.ts";
import { afterFirstFactor } from "../sign-in.ts";
import { googleCallback } from "./begin-google.ts";
import { findOrOpenAccount } from "./find-or-open-account.ts";

export interface GoogleAnswer {
  state: string | undefined;
  code: string | undefined;
  error: string | undefined;
  iss: string | undefined;
  /** of the browser that the answer came with */
  cookie: string | null;
}

export type GoogleOutcome = { state: OAuthState } & ({ firstFactor: FirstFactor } | { failure: AppError });

/**
 * Ends a sign-in with Google. The state works once, in ten minutes, in the browser that began it; without it this
 * throws forbidden. What fails after that is told with the state, since only it says where the browser wants to go.
 */
export async function finishGoogle(deps: AuthDeps, answer: GoogleAnswer, client: Client): Promise<GoogleOutcome> {
  const { store, clock, identity } = deps;
  if (!identity) throw new AppError("not_found");
  const state =
    answer.state && answer.cookie
      ? await store.oauthStates.take(hashSecret(answer.state), hashSecret(answer.cookie), clock.now())
      : null;
  if (!state) {
    await noteAuthEvent(store, { kind: "google_refused", userId: null, ip: client.ip }, clock.now());
    throw new AppError("forbidden", { details: { state: "begin to sign in again" } });
  }
  try {
    return { state, firstFactor: await signIn(deps, state, answer, client) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await noteAuthEvent(store, { kind: "google_refused", userId: null, ip: client.ip }, clock.now());
    return { state, failure: error };
  }
}

async function signIn(deps: AuthDeps, state: OAuthState, answer: GoogleAnswer, client: Client): Promise<FirstFactor> {
  const { identity, ring, publicUrl } = deps;
  if (answer.error !== undefined || !answer.code)
    throw new AppError("forbidden", { details: { google: "not allowed" } });
  const proven = await identity?.exchange({
    code: answer.code,
    codeVerifier: ring.decrypt(state.sealed_verifier),
    nonce: state.nonce,
    redirectUri: googleCallback(publicUrl),
    iss: answer.iss ?? null,
  });
  if (!proven?.isEmailVerified) throw new AppError("forbidden", { details: { google: "the address is not verified" } });
  return afterFirstFactor(deps, await openOnce(deps, proven, client), client);
}

/** Two answers at once for a new account: the second finds what the first made. */
async function openOnce(deps: AuthDeps, proven: ProvenIdentity, client: Client) {
  try {
    return await findOrOpenAccount(deps, proven, client);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "conflict")) throw error;
    return findOrOpenAccount(deps, proven, client);
  }
}
