import { createApiKey } from "../api-keys/create-api-key.ts";
import type { AuthDeps, Client } from "./deps.ts";
import type { Registration } from "./open-account.ts";
import { openAccount } from "./open-account.ts";
import type { SignedIn } from "./sign-in.ts";

/** Opens an account over the API: with a first secret key, which is told once. Throws as openAccount does. */
export async function register(
  deps: AuthDeps,
  input: Registration,
  client: Client,
): Promise<SignedIn & { secretKey: string }> {
  const { user, mfaAt, also } = await openAccount(deps, input, client, (tx, { id: userId }, now) =>
    createApiKey(tx, { userId, kind: "secret", mode: "live", name: "First key", now }),
  );
  return { user, mfaAt, secretKey: also.secret };
}
