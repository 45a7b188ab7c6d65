import { v7 as uuidv7 } from "uuid";
import type { Caller } from "../caller.ts";
import { hashSecret } from "../crypto/hash-secret.ts";
import type { PreviewGrant, PreviewTokens } from "../crypto/sign-preview.ts";
import { AppError } from "../errors.ts";
import type { ApiKey, KeyKind, User } from "../model.ts";
import type { Clock, Store } from "../ports.ts";
import { isOriginAllowed } from "./match-origin.ts";
import type { KeyUseRecorder } from "./record-key-use.ts";

const keyForm = /^(sk|pk)_(live|test)_[0-9A-Za-z]{32}$/;

export interface KeyCredential {
  key: string;
  kind: KeyKind;
  ip: string;
  origin: string | null;
  /** a publishable key that writes needs an allowed Origin; one that reads is held to it when the browser sends one */
  needsOrigin: boolean;
  /** leave for a merchant's own preview, signed by us */
  previewToken: string | null;
}

interface KeyAuthDeps {
  store: Store;
  clock: Clock;
  uses: KeyUseRecorder;
  previewTokens: PreviewTokens;
  publicUrl: string;
}

/** A preview is of the account whose key it comes with, and of pages of its own origin. Throws forbidden, token_expired or key_not_permitted. */
function readPreview({ previewTokens, clock }: KeyAuthDeps, { previewToken, origin }: KeyCredential, key: ApiKey) {
  if (previewToken === null) return null;
  if (key.kind !== "publishable" || key.mode !== "live") throw new AppError("key_not_permitted");
  const grant = previewTokens.read(previewToken, clock.now());
  if (grant.userId !== key.user_id || (origin !== null && origin !== grant.origin)) throw new AppError("forbidden");
  return grant;
}

/** The dashboard shows the button too, on the platform's own pages: with a preview, and only so. */
const isDashboard = (origin: string | null, preview: PreviewGrant | null, publicUrl: string) =>
  preview !== null && origin === new URL(publicUrl).origin;

async function assertOrigin({ store, clock }: KeyAuthDeps, { origin, ip }: KeyCredential, user: User, key: ApiKey) {
  if (origin !== null && isOriginAllowed(origin, key.allowed_origins)) return;
  await store.authEvents.insertNewOrigin({
    id: uuidv7(),
    kind: "origin_refused",
    user_id: user.id,
    api_key_id: key.id,
    detail: { origin: (origin ?? "none").slice(0, 200) },
    ip_address: ip,
    created_at: clock.now(),
  });
  throw new AppError("origin_not_allowed");
}

/** The caller behind an API key, read from the store each time so that a revoked key ends at once. Throws invalid_api_key, key_not_permitted or origin_not_allowed. */
export async function authenticateKey(deps: KeyAuthDeps, credential: KeyCredential): Promise<Caller> {
  const { store, clock, uses, publicUrl } = deps;
  const { key, kind, ip, origin, needsOrigin } = credential;
  if (!keyForm.test(key)) throw new AppError("invalid_api_key");
  const apiKey = await store.apiKeys.findByHash(hashSecret(key));
  const now = clock.now();
  if (!apiKey?.is_active || (apiKey.expires_at && apiKey.expires_at <= now)) throw new AppError("invalid_api_key");
  if (apiKey.kind !== kind) throw new AppError("key_not_permitted");
  const user = await store.users.findById(apiKey.user_id);
  if (!user?.is_active) throw new AppError("invalid_api_key");
  const preview = readPreview(deps, credential, apiKey);
  const isHeldToOrigin = kind === "publishable" && (origin !== null || needsOrigin);
  if (isHeldToOrigin && !isDashboard(origin, preview, publicUrl)) await assertOrigin(deps, credential, user, apiKey);
  const caller = { kind, user, apiKey, ip, origin };
  // the merchant's own looks are no use of the key
  if (preview) return { ...caller, keyMode: "preview", previewOf: preview.productId };
  uses.note(apiKey, origin, ip);
  return { ...caller, keyMode: apiKey.mode };
}
