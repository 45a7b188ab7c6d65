import { createMerchant } from "../accounts/create-merchant.ts";
import { createApiKey } from "../api-keys/create-api-key.ts";
import type { MerchantSettings } from "../model.ts";
import type { Store } from "../ports.ts";
import { siteKeyId, sitePublishableKey, siteUserId } from "./site-account.ts";

/** Nobody owns this address, so nobody can sign in by it. */
const email = "landing-page@trailroom.invalid";
/** It has no free credits to renew. */
const never = new Date("9999-01-01T00:00:00.000Z");

/** The shortest that the rules allow: the photo goes with the end of its job, the picture an hour later. */
const settings: Partial<MerchantSettings> = {
  photo_retention_hours: 0,
  result_retention_hours: 1,
  widget_texts: { brand: "This page", cart: "Put it on my shop" },
  allow_garment_bytes: false,
  show_shopper_results: false,
};

/** Makes the landing page's account and key, or brings them up to date with the platform's address. */
export async function ensureSiteAccount(store: Store, publicUrl: string, now: Date): Promise<void> {
  const { origin, host } = new URL(publicUrl);
  if (!(await store.users.findById(siteUserId))) {
    // another process may have been first
    await create(store, now).catch(async (error: unknown) => {
      if (!(await store.users.findById(siteUserId))) throw error;
    });
  }
  const known = await store.settings.find(siteUserId);
  if (known) await store.settings.upsert({ ...known, ...settings, updated_at: now });
  const bounds = { allowed_origins: [origin], garment_hosts: [host] };
  await store.apiKeys.update(siteUserId, siteKeyId, bounds, now);
}

async function create(store: Store, now: Date) {
  await store.transaction(async (tx) => {
    const account = { id: siteUserId, email, role: "free" as const, passwordHash: null, isEmailVerified: true, now };
    await createMerchant(tx, account);
    await tx.users.update(siteUserId, { last_free_credit_reset: never, updated_at: now });
    const key = { userId: siteUserId, kind: "publishable" as const, mode: "live" as const, name: "Landing page", now };
    await createApiKey(tx, { ...key, known: { id: siteKeyId, secret: sitePublishableKey } });
  });
}
