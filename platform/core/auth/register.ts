import { ipBucket } from "../access/ip-bucket.ts";
import { createMerchant } from "../accounts/create-merchant.ts";
import { normaliseEmail } from "../accounts/normalise-email.ts";
import { createApiKey } from "../api-keys/create-api-key.ts";
import { AppError } from "../errors.ts";
import { queueMail } from "../mail/queue-mail.ts";
import type { User } from "../model.ts";
import type { Repositories } from "../ports.ts";
import type { AuthDeps, Client } from "./deps.ts";
import { noteAuthEvent } from "./note-auth-event.ts";
import { assertStrongPassword } from "./password-rules.ts";
import type { SignedIn } from "./sign-in.ts";
import { rememberIp } from "./sign-in.ts";

export interface Registration {
  email: string;
  password: string;
  firstName: string;
  lastName: string;
}

/**
 * Opens an account and signs in to it. A taken address is a conflict after the same hashing work, and its owner is told
 * by mail. Throws weak_password, rate_limited (5 calls an hour, 3 new accounts a day per IP) or conflict.
 */
export async function register(
  deps: AuthDeps,
  input: Registration,
  client: Client,
): Promise<SignedIn & { secretKey: string }> {
  const { limiter, authLimits, passwords, store, clock } = deps;
  const bucket = ipBucket(client.ip);
  await count(deps, "registerCalls", bucket);
  assertStrongPassword(input.password, input.email);
  await count(deps, "signUps", bucket);
  const passwordHash = await passwords.hash(input.password);
  const now = clock.now();
  try {
    const made = await store.transaction((tx) => open(tx, input, passwordHash, client, now));
    return { ...made, mfaAt: null };
  } catch (error) {
    await limiter.refund(authLimits.signUps, bucket);
    if (error instanceof AppError && error.code === "conflict") await tellOwner(deps, input.email, client);
    throw error;
  }
}

async function count({ limiter, authLimits }: AuthDeps, name: "registerCalls" | "signUps", bucket: string) {
  const state = await limiter.consume(authLimits[name], bucket);
  if (!state.allowed) throw new AppError("rate_limited", { retryAfterS: state.resetS });
}

async function open(
  tx: Repositories,
  { email, firstName, lastName }: Registration,
  passwordHash: string,
  client: Client,
  now: Date,
): Promise<{ user: User; secretKey: string }> {
  const user = await createMerchant(tx, {
    email,
    role: "free",
    passwordHash,
    firstName,
    lastName,
    isEmailVerified: false,
    now,
  });
  await tx.users.update(user.id, { last_login: now });
  const { secret } = await createApiKey(tx, { userId: user.id, kind: "secret", mode: "live", name: "First key", now });
  await noteAuthEvent(tx, { kind: "registered", userId: user.id, ip: client.ip }, now);
  await rememberIp(tx, user, client, now);
  await queueMail(tx, { userId: user.id, type: "verify_email", payload: {} }, now);
  return { user: { ...user, last_login: now }, secretKey: secret };
}

async function tellOwner({ store, clock }: AuthDeps, email: string, { ip }: Client) {
  const owner = await store.users.findByEmail(normaliseEmail(email));
  if (!owner) return;
  const now = clock.now();
  await noteAuthEvent(store, { kind: "register_taken", userId: owner.id, ip }, now);
  await queueMail(store, { userId: owner.id, type: "sign_up_taken", payload: {} }, now);
}
