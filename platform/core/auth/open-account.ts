import { ipBucket } from "../access/ip-bucket.ts";
import { createMerchant } from "../accounts/create-merchant.ts";
import { normaliseEmail } from "../accounts/normalise-email.ts";
import { hasSpentAllowance } from "../credits/spent-allowance.ts";
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

/** What else is made with an account, in its transaction. */
type Also<T> = (tx: Repositories, user: User, now: Date) => Promise<T>;

/**
 * Opens an account and signs in to it. A taken address is a conflict after the same hashing work, and its owner is told
 * by mail. Throws weak_password, rate_limited (5 calls an hour, 3 new accounts a day per IP) or conflict.
 */
export async function openAccount<T>(
  deps: AuthDeps,
  input: Registration,
  client: Client,
  also: Also<T>,
): Promise<SignedIn & { also: T }> {
  const { limiter, authLimits, passwords, store, clock } = deps;
  const bucket = ipBucket(client.ip);
  await count(deps, "registerCalls", bucket);
  assertStrongPassword(input.password, input.email);
  await count(deps, "signUps", bucket);
  const passwordHash = await passwords.hash(input.password);
  const now = clock.now();
  try {
    return await store.transaction(async (tx) => {
      const user = await open(tx, deps, input, passwordHash, client);
      return { user, mfaAt: null, also: await also(tx, user, now) };
    });
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
  { clock, ring }: AuthDeps,
  { email, firstName, lastName }: Registration,
  passwordHash: string,
  client: Client,
): Promise<User> {
  const now = clock.now();
  const user = await createMerchant(tx, {
    email,
    role: "free",
    passwordHash,
    firstName,
    lastName,
    isEmailVerified: false,
    hasSpentAllowance: await hasSpentAllowance(tx, ring, normaliseEmail(email), now),
    now,
  });
  await tx.users.update(user.id, { last_login: now });
  await noteAuthEvent(tx, { kind: "registered", userId: user.id, ip: client.ip }, now);
  await rememberIp(tx, user, client, now);
  await queueMail(tx, { userId: user.id, type: "verify_email", payload: {} }, now);
  return { ...user, last_login: now };
}

async function tellOwner({ store, clock }: AuthDeps, email: string, { ip }: Client) {
  const owner = await store.users.findByEmail(normaliseEmail(email));
  if (!owner) return;
  const now = clock.now();
  await noteAuthEvent(store, { kind: "register_taken", userId: owner.id, ip }, now);
  await queueMail(store, { userId: owner.id, type: "sign_up_taken", payload: {} }, now);
}
