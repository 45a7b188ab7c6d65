import { ipBucket } from "../../access/ip-bucket.ts";
import { createMerchant } from "../../accounts/create-merchant.ts";
import { normaliseEmail } from "../../accounts/normalise-email.ts";
import { isEmailAddress } from "../../accounts/parse-email.ts";
import { renewFreeCredits } from "../../credits/renew-free-credits.ts";
import { hasSpentAllowance } from "../../credits/spent-allowance.ts";
import { AppError } from "../../errors.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import type { User } from "../../model.ts";
import type { Repositories } from "../../ports.ts";
import type { ProvenIdentity } from "../../sign-in-ports.ts";
import type { AuthDeps, Client } from "../deps.ts";
import { evictFormerHolder } from "../evict-former-holder.ts";
import { noteAuthEvent } from "../note-auth-event.ts";
import { rememberIp } from "../sign-in.ts";

/** The account of a Google identity: by what Google calls it (never by address alone), else linked, taken over or opened. */
export async function findOrOpenAccount(deps: AuthDeps, proven: ProvenIdentity, client: Client): Promise<User> {
  const { store, clock } = deps;
  const known = await store.users.findByGoogleSub(proven.sub);
  if (known?.is_active) return known;
  if (!isEmailAddress(proven.email))
    throw new AppError("forbidden", { details: { google: "the address cannot be used" } });
  const now = clock.now();
  const holder = await store.users.findByEmail(normaliseEmail(proven.email));
  if (!holder) return openAccount(deps, proven, client);
  // another Google account holds this address: that one keeps it
  if (holder.google_sub !== null && holder.google_sub !== proven.sub) throw new AppError("forbidden");
  return store.transaction((tx) =>
    holder.is_email_verified ? link(tx, holder, proven, client, now) : takeOver(deps, tx, holder, proven, client),
  );
}

async function openAccount(deps: AuthDeps, proven: ProvenIdentity, client: Client): Promise<User> {
  const { store, clock, allowance, limiter, authLimits, ring } = deps;
  const bucket = ipBucket(client.ip);
  const state = await limiter.consume(authLimits.signUps, bucket);
  if (!state.allowed) throw new AppError("rate_limited", { retryAfterS: state.resetS });
  const now = clock.now();
  return store.transaction(async (tx) => {
    const user = await createMerchant(tx, {
      email: proven.email,
      role: "free",
      passwordHash: null,
      firstName: proven.firstName ?? undefined,
      lastName: proven.lastName ?? undefined,
      google: { sub: proven.sub, picture: proven.picture },
      isEmailVerified: true,
      hasSpentAllowance: await hasSpentAllowance(tx, ring, normaliseEmail(proven.email), now),
      now,
    });
    await renewFreeCredits(tx, user, allowance, now);
    await noteAuthEvent(tx, { kind: "registered", userId: user.id, ip: client.ip, detail: { by: "google" } }, now);
    await rememberIp(tx, user, client, now);
    return (await tx.users.findById(user.id)) ?? user;
  });
}

/** Both sides have proved the address: it is one person. */
async function link(tx: Repositories, user: User, { sub, picture }: ProvenIdentity, { ip }: Client, now: Date) {
  const patch = { google_sub: sub, profile_picture: user.profile_picture ?? picture, updated_at: now };
  await tx.users.update(user.id, patch);
  await noteAuthEvent(tx, { kind: "google_linked", userId: user.id, ip }, now);
  await queueMail(tx, { userId: user.id, type: "google_linked", payload: {} }, now);
  return { ...user, ...patch };
}

/** The account was opened on an address that its maker never proved; Google's word that it is somebody's wins. */
async function takeOver(
  { allowance, clock }: AuthDeps,
  tx: Repositories,
  user: User,
  { sub, picture }: ProvenIdentity,
  { ip }: Client,
) {
  const now = clock.now();
  await evictFormerHolder(tx, user, now);
  const patch = {
    auth_provider: "google" as const,
    google_sub: sub,
    password_hash: null,
    is_email_verified: true,
    profile_picture: picture,
    updated_at: now,
  };
  await tx.users.update(user.id, patch);
  const owned = { ...user, ...patch };
  await renewFreeCredits(tx, owned, allowance, now);
  await noteAuthEvent(tx, { kind: "google_took_over", userId: user.id, ip }, now);
  await queueMail(tx, { userId: user.id, type: "google_took_over", payload: {} }, now);
  return (await tx.users.findById(user.id)) ?? owned;
}
